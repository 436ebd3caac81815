package import ClusterSimulation

/// Where the lines of a produced text come from: a rendered chart template keeps the places of the template.
package struct LineMap: Sendable {
    /// The source of one line.
    package struct Line: Sendable {
        /// The first byte of the source line; `.none` for a line that comes from nowhere.
        package var origin: Origin
        /// Whether the produced line is the source line, byte for byte, so that columns can be kept too.
        package var isVerbatim: Bool

        package init(origin: Origin, isVerbatim: Bool) {
            self.origin = origin
            self.isVerbatim = isVerbatim
        }
    }

    /// One element for each line of the produced text, first line first. Lines beyond the last have no source.
    package var lines: [Line]

    package init(lines: [Line]) { self.lines = lines }
}

/// Turns byte offsets of a text into origins.
struct OriginMap {
    private let base: UInt32?
    /// Whether the text was made, from a template, and not written.
    var isProduced: Bool { lineMap != nil }
    private let lineMap: LineMap?
    private var lineStarts: [Int] = []

    /// `base` is the registered position of the text's first byte, nil where it has none.
    init(base: UInt32?, lineMap: LineMap?, source: [UInt8]) {
        self.base = base
        self.lineMap = lineMap
        guard lineMap != nil else { return }
        lineStarts = [0]
        for (index, byte) in source.enumerated() where byte == UInt8(ascii: "\n") { lineStarts.append(index + 1) }
    }

    @inline(__always)
    func origin(at offset: Int) -> Origin {
        if lineMap == nil, let base { return Origin(position: base + UInt32(truncatingIfNeeded: offset)) }
        return mappedOrigin(at: offset)
    }

    private func mappedOrigin(at offset: Int) -> Origin {
        if let lineMap {
            var low = 0
            var high = lineStarts.count
            while low < high {
                let middle = (low + high) / 2
                if lineStarts[middle] <= offset { low = middle + 1 } else { high = middle }
            }
            if low - 1 < lineMap.lines.count {
                let line = lineMap.lines[low - 1]
                if !line.origin.isNone {
                    let column = line.isVerbatim ? UInt32(offset - lineStarts[low - 1]) : 0
                    return Origin(position: line.origin.position + column)
                }
            }
        }
        guard let base else { return .none }
        return Origin(position: base + UInt32(truncatingIfNeeded: offset))
    }
}
