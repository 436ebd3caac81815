import ClusterSimulation
import Manifests

/// A document in the flat form that the sandbox makes tables of.
struct DocumentBytes {
    private(set) var bytes: [UInt8] = []

    private enum Kind: UInt8 {
        case null, no, yes, number, string, array, object
    }

    init(_ document: Value) {
        bytes.reserveCapacity(4096)
        append(document)
    }

    private mutating func append(_ value: Value) {
        switch value.content {
        case .null: append(.null)
        case .boolean(let flag): append(flag ? .yes : .no)
        case .integer(let number): append(Double(number))
        case .double(let number): append(number)
        case .string(let symbol):
            append(.string)
            append(shown(symbol))
        case .array(let elements):
            append(.array)
            append(count: elements.count)
            for element in elements { append(element) }
        case .object(let fields):
            append(.object)
            append(count: fields.count)
            for field in fields {
                append(field.key)
                append(field.value)
            }
        }
    }

    /// What a script may say of a value of a Secret: a status that depends on more would differ between processes.
    private func shown(_ symbol: Symbol) -> Symbol {
        SecretFingerprint.isFingerprint(symbol.utf8) ? Symbol(SecretFingerprint.redacted(symbol.text)) : symbol
    }

    private mutating func append(_ kind: Kind) { bytes.append(kind.rawValue) }

    private mutating func append(_ number: Double) {
        append(.number)
        withUnsafeBytes(of: number.bitPattern) { bytes.append(contentsOf: $0) }
    }

    private mutating func append(_ symbol: Symbol) {
        let text = symbol.utf8
        append(count: text.count)
        bytes.append(contentsOf: text)
    }

    private mutating func append(count: Int) {
        withUnsafeBytes(of: UInt32(count)) { bytes.append(contentsOf: $0) }
    }
}
