package import ClusterSimulation

/// Manifests as files hold them, of a chosen size.
package enum ManifestText {
    /// A multi-document YAML text of at least `bytes` bytes.
    package static func yaml(bytes: Int) -> [UInt8] {
        var text = ""
        for index in 0... where text.utf8.count < bytes || index == 0 {
            for manifest in BenchmarkManifests.application(index, of: 1 << 20) {
                text += "---\n"
                append(manifest, indent: 0, to: &text)
            }
            if text.utf8.count >= bytes { break }
        }
        return Array(text.utf8)
    }

    /// A `List` as JSON, as `kubectl get -o json` prints it but for the spaces, of at least `bytes` bytes.
    package static func json(bytes: Int) -> [UInt8] {
        var text = #"{"apiVersion":"v1","kind":"List","items":["#
        for index in 0... {
            for manifest in BenchmarkManifests.application(index, of: 1 << 20) { text += manifest.jsonText + "," }
            if text.utf8.count >= bytes { break }
        }
        text.removeLast()
        text += "]}"
        return Array(text.utf8)
    }

    private static func append(_ value: Value, indent: Int, to text: inout String) {
        let margin = String(repeating: " ", count: indent)
        switch value.content {
        case .object(let fields):
            for field in fields {
                text += margin + field.key.text + ":"
                appendNested(field.value, indent: indent, to: &text)
            }
        case .array(let elements):
            for element in elements {
                if element.fields.isEmpty {
                    text += margin + "- " + scalar(element) + "\n"
                } else {
                    var item = ""
                    append(element, indent: indent + 2, to: &item)
                    text += margin + "- " + item.dropFirst(indent + 2)
                }
            }
        default: text += margin + scalar(value) + "\n"
        }
    }

    private static func appendNested(_ value: Value, indent: Int, to text: inout String) {
        switch value.content {
        case .object, .array:
            text += "\n"
            append(value, indent: indent + (value.elements.isEmpty ? 2 : 0), to: &text)
        default: text += " " + scalar(value) + "\n"
        }
    }

    /// Plain where nothing can be taken for something else, else in double quotes.
    private static func scalar(_ value: Value) -> String {
        guard let text = value.text else { return value.jsonText }
        let isPlain = text.utf8.allSatisfy {
            (97...122).contains($0) || (65...90).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/")
        }
        return isPlain && !text.isEmpty && !text.hasPrefix("-") ? text : value.jsonText
    }
}
