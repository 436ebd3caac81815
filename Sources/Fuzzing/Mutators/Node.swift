import ClusterSimulation
import Manifests

/// A document as a fuzzer has it: what `Value` cannot be, it can: keys that come twice, scalars that are no values,
/// anchors and aliases.
package indirect enum Node: Sendable {
    /// Text that is written as it is: numbers that fit no type, tags, nonsense.
    case raw(String)
    case string(String)
    case array([Node])
    case object([(key: String, value: Node)])
    case anchored(String, Node)
    case alias(String)

    /// A document that was read. Facts that the reader adds are left out.
    init(_ value: Value) {
        switch value.content {
        case .null, .boolean, .integer, .double: self = .raw(value.jsonText)
        case .string(let symbol): self = .string(symbol.text)
        case .array(let elements): self = .array(elements.map(Node.init))
        case .object(let fields):
            let added = [CertificateFacts.secretField, CertificateFacts.bundleField]
            self = .object(fields.filter { !added.contains($0.key) }.map { ($0.key.text, Node($0.value)) })
        }
    }

    /// The documents of a file, or nil where it holds what cannot be read. Values of Secrets stay: the reader is shown
    /// another kind.
    package static func documents(_ bytes: [UInt8], isJSON: Bool) -> [Node]? {
        let hidden = replaced(bytes, "Secret", "Zecret")
        let diagnostics = DiagnosticCollector()
        let values = DocumentReader(diagnostics: diagnostics).read(
            bytes: hidden, path: "seed", format: isJSON ? .json : .yaml)
        return diagnostics.hasErrors || values.isEmpty ? nil : values.map { Node($0).unhidden }
    }

    private var unhidden: Node {
        func shown(_ text: String) -> String {
            text.split(separator: "Zecret", omittingEmptySubsequences: false).joined(separator: "Secret")
        }
        return switch self {
        case .string(let text): .string(shown(text))
        case .array(let elements): .array(elements.map(\.unhidden))
        case .object(let fields): .object(fields.map { (shown($0.key), $0.value.unhidden) })
        default: self
        }
    }

    /// Bytes with one text in place of another of the same length.
    private static func replaced(_ bytes: [UInt8], _ old: StaticString, _ new: StaticString) -> [UInt8] {
        var bytes = bytes
        let old = Array(old.description.utf8)
        let new = Array(new.description.utf8)
        var index = 0
        while index + old.count <= bytes.count {
            if bytes[index] == old[0], bytes[index..<(index + old.count)].elementsEqual(old) {
                bytes.replaceSubrange(index..<(index + old.count), with: new)
            }
            index += 1
        }
        return bytes
    }

    /// The value under a key; nil where this is no object or has no such key.
    package subscript(key: String) -> Node? {
        guard case .object(let fields) = self else { return nil }
        return fields.first { $0.key == key }?.value
    }

    /// The text of a string.
    package var text: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    /// Whether another node is written alike: both text, both without quotes, both a list, both an object.
    func isLike(_ other: Node) -> Bool {
        switch (self, other) {
        case (.raw, .raw), (.string, .string), (.array, .array), (.object, .object): true
        default: false
        }
    }

    /// How many nodes there are, this one included.
    package var count: Int {
        switch self {
        case .array(let elements): elements.reduce(1) { $0 + $1.count }
        case .object(let fields): fields.reduce(1) { $0 + $1.value.count }
        case .anchored(_, let node): 1 + node.count
        default: 1
        }
    }
}
