extension Value {
    /// The number of an integer or floating-point value.
    package var number: Double? {
        switch content {
        case .integer(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }

    /// Compact JSON as Go writes it, keys in the order they have here.
    package var jsonText: String {
        var text = ""
        write(into: &text)
        return text
    }

    private func write(into text: inout String) {
        switch content {
        case .null: text += "null"
        case .boolean(let flag): text += flag ? "true" : "false"
        case .integer(let number): text += "\(number)"
        case .double(let number):
            if number == 0, number.sign == .minus { text += "-" }
            text += number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
        case .string(let symbol): symbol.text.writeQuoted(into: &text)
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                element.write(into: &text)
            }
            text += "]"
        case .object(let fields):
            text += "{"
            for (index, field) in fields.enumerated() {
                if index > 0 { text += "," }
                field.key.text.writeQuoted(into: &text)
                text += ":"
                field.value.write(into: &text)
            }
            text += "}"
        }
    }
}

extension String {
    /// This text as a JSON string.
    package var quoted: String {
        var text = ""
        writeQuoted(into: &text)
        return text
    }

    fileprivate func writeQuoted(into text: inout String) {
        text += "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default:
                if scalar.value < 0x20 {
                    let digits = String(scalar.value, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }
}
