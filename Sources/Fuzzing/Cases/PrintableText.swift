/// What text for people may not hold, whatever the input held.
package enum PrintableText {
    /// What is wrong with a text, and the line; nil where nothing is.
    package struct Fault: Equatable, Sendable {
        package var what: String
        package var line: String
    }

    /// The first fault of a text: no UTF-8, a control character other than a line break or a tab, or a line that CI
    /// takes for a command. GitHub's runner skips white space before `::`.
    ///
    /// - Parameter isForPrograms: whether it is JSON or XML, where only the control characters of ASCII are faults.
    package static func fault(in bytes: [UInt8], isForPrograms: Bool = false) -> Fault? {
        for line in bytes.split(separator: 0x0A) {
            guard let text = String(validating: line, as: UTF8.self) else {
                return Fault(what: "no UTF-8", line: String(decoding: line, as: UTF8.self))
            }
            if let scalar = text.unicodeScalars.first(where: { isControl($0) && !(isForPrograms && $0.value >= 0x7F) })
            {
                return Fault(
                    what: "control character U+" + String(scalar.value, radix: 16, uppercase: true), line: text)
            }
            let start = text.unicodeScalars.drop { $0.properties.isWhitespace }
            if start.starts(with: "::".unicodeScalars) { return Fault(what: "CI command", line: text) }
        }
        return nil
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09: false
        case 0..<0x20, 0x7F..<0xA0: true
        // Line and paragraph separators, and what turns the direction of text around.
        case 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
