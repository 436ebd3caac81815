import ClusterSimulation

/// Writes the JSON of a row in `content`: arrays of texts, numbers, null and arrays. Compact, and the same for the
/// same rows, so that equal content is stored once.
struct ContentWriter {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    mutating func array(_ body: (inout ContentWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "["))
        needsComma = false
        body(&self)
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    mutating func text(_ text: String?) {
        separate()
        guard let text else {
            bytes.append(contentsOf: "null".utf8)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                bytes.append(byte)
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            } else {
                bytes.append(contentsOf: (byte < 16 ? "\\u000" : "\\u00").utf8)
                bytes.append(contentsOf: String(byte, radix: 16).utf8)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func time(_ time: SimulationTime?) {
        separate()
        bytes.append(contentsOf: (time.map { String($0.milliseconds) } ?? "null").utf8)
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }
}
