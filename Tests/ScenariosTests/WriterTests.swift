import ClusterSimulation
import Foundation
import Testing

@testable import Manifests
@testable import Scenarios

/// What is written reads back as the same: JSON, and YAML as `toYaml` writes it.
@Suite struct WriterTests {
    private static func read(_ text: String, _ path: String) -> (value: Value?, problems: String) {
        let collector = DiagnosticCollector()
        let values = DocumentReader(diagnostics: collector).read(text: text, path: path)
        return (values.first, collector.text)
    }

    private static func expectRoundTrip(_ value: Value, _ place: String) {
        let json = read(value.jsonText, "written.json")
        #expect(json.value == value && json.problems == "", "\(place) as JSON: \(json.problems)")
        let yaml = read((YAMLText.block(value)?.text ?? "") + "\n", "written.yaml")
        #expect(yaml.value == value && yaml.problems == "", "\(place) as YAML: \(yaml.problems)")
    }

    @Test func `every committed document`() throws {
        let root = TestFiles.scenarios
        let found = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        for path in found.sorted()
        where [".yaml", ".json"].contains(where: path.hasSuffix) && !path.contains("/templates/") {
            let collector = DiagnosticCollector()
            let documents = DocumentReader(diagnostics: collector).read(path: "\(root)/\(path)")
            for document in documents where !document.isNull { Self.expectRoundTrip(document, path) }
        }
    }

    private static let texts = [
        "", " ", "a", "a b", " a", "a ", "a: b", "a:", "a #b", "#a", "- a", "-", "--- a", "...", "? a", "*a", "&a",
        "!a", "%a",
        "@a", "`a", "'a'", "\"a\"", "a'b", "{a}", "[a]", "a, b", ">", "|", "=", "<<", "~", "null", "Null", "true",
        "Yes", "n",
        "on", "1", "-1", "+1", "1.5", "1e3", ".5", ".inf", "-.inf", ".nan", ".NaN", "0x1f", "0o17", "017", "1_000",
        "0b1",
        "12:30:45", "2026-01-12", "2026-01-12T09:00:00Z", "1Gi", "100m", "a\nb", "a\nb\n", "a\n\nb\n\n", "\na",
        "a\n b\n", "\n",
        "a\tb", "\ta", "a\r\nb", "\u{0}", "\u{1B}[31m", "\u{7F}", "\u{85}", "a\u{2028}b", "\u{FEFF}a", "é", "日本", "🔒",
        "\\", "a\\n",
    ]

    @Test(arguments: texts) func `text that looks like something else`(text: String) {
        Self.expectRoundTrip(
            .object([Symbol(text.isEmpty ? "key" : text): .string(text), "list": Value(.array([.string(text)]))]),
            "\(text.debugDescription)")
    }

    @Test func `numbers`() {
        for number in [0, -0.0, 0.1, 1e15, 1e21, 1e22, 1e300, 5e-324, 1.5, -2.25, 1e-7] {
            Self.expectRoundTrip(.object(["a": Value(.double(number))]), "\(number)")
        }
        for number in [Int64.min, -1, 0, 1, Int64.max] {
            Self.expectRoundTrip(.object(["a": Value(.integer(number))]), "\(number)")
        }
    }

    @Test func `values made at random`() {
        var random = TestRandom(state: 7)
        for round in 0..<300 { Self.expectRoundTrip(.object(["a": Self.value(&random, depth: 0)]), "round \(round)") }
    }

    private static func value(_ random: inout TestRandom, depth: Int) -> Value {
        func text(_ random: inout TestRandom) -> String {
            texts[Int.random(in: 0..<texts.count, using: &random)]
        }
        switch Int.random(in: 0..<(depth < 4 ? 8 : 5), using: &random) {
        case 0: return Value(.null)
        case 1: return Value(.boolean(Bool.random(using: &random)))
        case 2: return Value(.integer(Int64.random(in: -1000...1000, using: &random)))
        case 3, 4: return .string(text(&random))
        case 5:
            let count = Int.random(in: 0...3, using: &random)
            return Value(.array((0..<count).map { _ in value(&random, depth: depth + 1) }))
        default:
            var fields: [Field] = []
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let key = Symbol(text(&random))
                if fields.contains(where: { $0.key == key }) { continue }
                fields.append(Field(key, value(&random, depth: depth + 1)))
            }
            return Value(.object(fields))
        }
    }
}
