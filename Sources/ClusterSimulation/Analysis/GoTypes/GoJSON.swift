/// JSON as Go's `json.Marshal` writes a map: keys in byte order, and `<`, `>` and `&` escaped.
struct GoJSON {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ value: Value) {
        switch value.content {
        case .string(let text): write(text)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(element)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let fields):
            bytes.append(UInt8(ascii: "{"))
            for (index, field) in fields.sorted(by: { $0.key.precedes($1.key) }).enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(field.key)
                bytes.append(UInt8(ascii: ":"))
                write(field.value)
            }
            bytes.append(UInt8(ascii: "}"))
        case .null, .boolean, .integer, .double: bytes += value.jsonText.utf8
        }
    }

    private mutating func write(_ text: Symbol) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.text.unicodeScalars {
            switch scalar {
            case "\"": bytes += #"\""#.utf8
            case "\\": bytes += #"\\"#.utf8
            case "\u{8}": bytes += #"\b"#.utf8
            case "\u{C}": bytes += #"\f"#.utf8
            case "\n": bytes += #"\n"#.utf8
            case "\r": bytes += #"\r"#.utf8
            case "\t": bytes += #"\t"#.utf8
            case "\0"..."\u{1F}", "<", ">", "&", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                bytes += #"\u"#.utf8
                bytes += repeatElement(UInt8(ascii: "0"), count: 4 - digits.count)
                bytes += digits.utf8
            default: bytes += Unicode.UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
