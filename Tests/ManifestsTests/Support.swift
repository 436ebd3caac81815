import ClusterSimulation
@_exported import RehearseTestSupport
import Testing

@testable import Manifests

/// What one reading gave: the documents and what was reported.
struct Reading {
    var values: [Value]
    var collector: DiagnosticCollector

    var codes: [String] { collector.diagnostics.map(\.code) }
    var text: String { collector.text }

    init(
        _ text: String, path: String = "test.yaml", format: DocumentReader.Format = .detected,
        limits: ParseLimits = ParseLimits()
    ) {
        self.init(bytes: Array(text.utf8), path: path, format: format, limits: limits)
    }

    init(
        bytes: [UInt8], path: String = "test.yaml", format: DocumentReader.Format = .detected,
        limits: ParseLimits = ParseLimits()
    ) {
        collector = DiagnosticCollector()
        var reader = DocumentReader(diagnostics: collector)
        reader.limits = limits
        values = reader.read(bytes: bytes, path: path, format: format)
    }
}

extension Value {
    /// Every string of a value: keys and texts.
    var allTexts: [String] {
        switch content {
        case .string(let symbol): [symbol.text]
        case .array(let elements): elements.flatMap(\.allTexts)
        case .object(let fields): fields.flatMap { [$0.key.text] + $0.value.allTexts }
        default: []
        }
    }

    /// A value and everything below it with the place it was written at, in order.
    var places: [String] {
        let here = "\(typeName) \(origin.location.map { "\($0.line):\($0.column)" } ?? "-")"
        switch content {
        case .array(let elements): return [here] + elements.flatMap(\.places)
        case .object(let fields):
            return [here]
                + fields.flatMap { field in
                    let place = field.keyOrigin.location.map { "\($0.line):\($0.column)" } ?? "-"
                    return ["'\(field.key)' \(place)"] + field.value.places
                }
        default: return [here]
        }
    }
}
