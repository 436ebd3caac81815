import ClusterSimulation
import Testing

@testable import Manifests

/// Input that is broken, absurd or made to hurt: read or refused with its place, never a crash.
@Suite struct HostileInputTests {
    /// A text, and the diagnostics it gives as `line:column code`; none where it is read.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var path = "test.yaml"
        var expected: [String]
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "an empty file", text: "", expected: []),
        Case(name: "white space and comments", text: "\n  \n# nothing\n---\n...\n", expected: []),
        Case(name: "an empty JSON file", text: "", path: "a.json", expected: []),
        Case(name: "CRLF", text: "a: 1\r\nb:\r\n  - c\r\n", expected: []),
        Case(name: "an anchor and a merge key", text: "a: &x {b: 1}\nc: {<<: *x, d: 2}\n", expected: []),
        Case(name: "a key written twice", text: "a: 1\nb: 2\na: 3\n", expected: ["3:1 duplicate-key"]),
        Case(
            name: "a key written twice in JSON", text: #"{"a": 1, "a": 2}"#, path: "a.json",
            expected: ["1:10 duplicate-key"]),
        Case(name: "a tab as indentation", text: "a:\n\tb: 1\n", expected: ["2:1 yaml-tab"]),
        Case(name: "NUL", text: "a: 1\nb: \u{0}\n", expected: ["2:4 control-character"]),
        Case(name: "NUL in JSON", text: "{\"a\": \"\u{0}\"}", path: "a.json", expected: ["1:8 control-character"]),
        Case(name: "an escape character", text: "a: \u{1B}[31m\n", expected: ["1:4 control-character"]),
        Case(name: "an open bracket", text: "a: [1, 2\nb: 3\n", expected: ["2:2 yaml-syntax"]),
        Case(name: "an open bracket in JSON", text: "{\"a\": [1, 2", path: "a.json", expected: ["1:11 json-syntax"]),
        Case(name: "an open quote", text: "a: \"b\n", expected: ["2:1 yaml-syntax"]),
        Case(name: "an alias without anchor", text: "a: *b\n", expected: ["1:4 unknown-anchor"]),
        Case(name: "an alias in what it stands for", text: "a: &x [*x]\n", expected: ["1:8 unknown-anchor"]),
        Case(name: "a merge of a text", text: "a: {<<: b}\n", expected: ["1:5 merge-key"]),
        Case(name: "a mapping as key", text: "? {a: 1}\n: 2\n", expected: ["1:3 unsupported-key"]),
        Case(name: "null as key", text: "~: 1\n", expected: ["1:1 unsupported-key"]),
        Case(name: "infinity", text: "a: .inf\nb: .nan\n", expected: ["1:4 number-range", "2:4 number-range"]),
        Case(
            name: "a number too large for JSON", text: "{\"a\": 1e999}", path: "a.json", expected: ["1:7 number-range"]),
        Case(name: "binary", text: "a: !!binary aGk=\n", expected: ["1:13 unsupported-tag"]),
        Case(name: "a tag that does not fit", text: "a: !!int b\n", expected: ["1:10 unsupported-tag"]),
        Case(name: "an unknown tag", text: "a: !Ref b\n", expected: []),
        Case(
            name: "problems of all documents", text: "a: [\n---\nb: 1\n---\nc: 1\nc: 2\n---\n\td: 1\n",
            expected: ["2:1 yaml-syntax", "6:1 duplicate-key", "8:1 yaml-tab"]),
    ]

    private static func problems(_ reading: Reading) -> [String] {
        reading.collector.diagnostics.map { diagnostic in
            "\(diagnostic.location.map { "\($0.line):\($0.column)" } ?? "-") \(diagnostic.code)"
        }
    }

    @Test(arguments: cases) func `is read or refused`(_ hostile: Case) {
        #expect(Self.problems(Reading(hostile.text, path: hostile.path)) == hostile.expected)
    }

    @Test(arguments: ["test.yaml", "test.json"]) func `invalid UTF-8 is refused at its place`(path: String) {
        let reading = Reading(bytes: Array("{\"a\":\n  \"b".utf8) + [0xC3, 0x28] + Array("\"}".utf8), path: path)
        #expect(Self.problems(reading) == ["2:5 invalid-utf8"])
    }

    @Test(arguments: [
        [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF, 0xD8], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80],
    ])
    func `marks and broken characters alone are no crash`(bytes: [UInt8]) {
        for path in ["a.yaml", "a.json"] { _ = Reading(bytes: bytes, path: path).text }
    }

    // MARK: Size

    @Test func `nesting has a bound`() {
        for (text, path) in [
            (String(repeating: "[", count: 10_000), "a.yaml"), (String(repeating: "{\"a\":", count: 10_000), "a.json"),
            (String(repeating: "- ", count: 10_000) + "a", "a.yaml"),
        ] {
            let reading = Reading(text, path: path)
            #expect(reading.codes == ["nesting-too-deep"], "\(path)")
            #expect(reading.values.isEmpty)
        }
    }

    @Test func `nesting up to the bound is read`() {
        let text = String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)
        #expect(Reading(text, path: "a.json").values.first?.jsonText == text)
        #expect(Reading(text, path: "a.yaml").values.first?.jsonText == text)
    }

    @Test func `aliases cannot stand for more than can be held`() {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            bomb += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(Reading(bomb).codes == ["alias-expansion"])
        // As much in each document as one may have is too much in all of them.
        let half = (0...4).map { bomb.split(separator: "\n")[$0] }.joined(separator: "\n")
        let documents = Array(repeating: half + "\nb: [*a4, *a4, *a4]\n", count: 20).joined(separator: "---\n")
        #expect(Reading(documents).codes.allSatisfy { $0 == "alias-expansion" })
        #expect(!Reading(documents).codes.isEmpty)
    }

    @Test func `merge keys cannot stand for more than can be held`() {
        var bomb = "a0: &a0 {x: 1}\n"
        for level in 1...30 { bomb += "a\(level): &a\(level) {<<: [*a\(level - 1), *a\(level - 1)], k\(level): 1}\n" }
        #expect(Reading(bomb).codes.contains("alias-expansion"))
    }

    @Test func `a huge text has a bound`() {
        var limits = ParseLimits()
        limits.scalarSizeMax = 1000
        for (text, path) in [
            ("a: " + String(repeating: "x", count: 1001), "a.yaml"),
            ("{\"a\": \"" + String(repeating: "x", count: 1001) + "\"}", "a.json"),
        ] {
            #expect(Reading(bytes: Array(text.utf8), path: path, limits: limits).codes == ["scalar-too-large"])
        }
    }

    @Test func `a line of a megabyte is shown in part`() throws {
        let text = "{" + (0..<60_000).map { "\"key\($0)\": 1" }.joined(separator: ", ") + ", \"key0\": 2}"
        let reading = Reading(text, path: "a.json")
        let diagnostic = try #require(reading.collector.diagnostics.first)
        #expect(diagnostic.code == "duplicate-key")
        #expect((diagnostic.snippet?.text.count ?? 0) < 200)
    }

    @Test func `of very many problems the first are shown and the others counted`() {
        let text = "{" + Array(repeating: "a: 1", count: 20_000).joined(separator: ", ") + "}"
        let reading = Reading(text)
        #expect(reading.collector.diagnostics.count == 200)
        #expect(reading.collector.errorCount == 19_999)
        #expect(reading.text.hasSuffix("note: 19799 more problems are not shown\n"))
    }

    @Test func `a hundred thousand documents are read`() {
        let reading = Reading(String(repeating: "a: 1\n---\n", count: 100_000))
        #expect(reading.values.count == 100_000)
        #expect(reading.codes == [])
    }
}
