import ClusterSimulation
import Foundation
import Testing

@testable import Manifests

/// Texts of one kind of thing, over and over: read or refused in time that follows their size.
@Suite struct InputSizeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var path = "a.yaml"
        var testDescription: String { name }

        init(_ name: String, _ text: String, path: String = "a.yaml") {
            self.init(name, Array(text.utf8), path: path)
        }

        init(_ name: String, _ bytes: [UInt8], path: String = "a.yaml") {
            self.name = name
            self.bytes = bytes
            self.path = path
        }
    }

    /// The size of a text, and the seconds of processor time that it may take in a debug build.
    private static let size = 128 << 10
    private static let secondsMax = 10.0

    private static func filled(_ text: String) -> String {
        String(repeating: text, count: size / text.utf8.count)
    }

    private static func numbered(_ count: Int, _ text: (Int) -> String) -> String { (0..<count).map(text).joined() }

    static let yaml: [Case] = [
        Case("brackets", filled("[")), Case("braces", filled("{")), Case("brackets in documents", filled("[\n---\n")),
        Case("dashes", filled("- ")), Case("keys in a line", filled("a: ")), Case("the same key", filled("a: 1\n")),
        Case("documents", filled("a: 1\n---\n")), Case("documents of nothing", filled("---\n")),
        Case("ends of documents", filled("...\n")), Case("broken documents", filled("a: [\n---\nb: }\n---\n")),
        Case("a sequence", filled("- a\n")), Case("a sequence in a line", "[" + filled("a,") + "]"),
        Case("a mapping in a line", "{" + numbered(9000) { "k\($0): 1, " } + "}"),
        Case("keys written twice", "{" + numbered(9000) { "k\($0 % 4500): 1, " } + "}"),
        Case("keys without values", "{" + filled("? a, ") + "}"), Case("questions", filled("? ")),
        Case("colons", filled(":")), Case("tabs", filled("\t")), Case("spaces", filled(" ") + "a"),
        Case("a comment", filled("#")), Case("comments", filled("# a\n")), Case("directives", filled("%a\n")),
        Case("tags", filled("!!str ")), Case("tags of unknown kinds", filled("- !a b\n")),
        Case("a quote", "\"" + filled("\\")), Case("quotes", filled("'")),
        Case("escapes", "a: \"" + filled("\\x41") + "\""),
        Case("a block", "a: |\n" + filled("  x\n")), Case("a folded block", "a: >\n" + filled("  x\n\n")),
        Case("a plain text of lines", "a: b\n" + filled("  x\n")),
        Case("anchors", numbered(7000) { "a\($0): &a\($0) x\n" }),
        Case("aliases of one anchor", "a: &a x\nb: [" + filled("*a, ") + "]"),
        Case("anchors of one name", filled("- &a x\n")),
        Case(
            "merges of a large mapping",
            "a: &a {" + numbered(4000) { "k\($0): 1, " } + "}\nb:\n" + filled("- {<<: *a}\n")),
        Case(
            "merges in a chain",
            "a0: &a0 {x: 1}\n" + numbered(400) { "a\($0 + 1): &a\($0 + 1) {<<: *a\($0), k\($0): 1}\n" }),
        Case("mappings that nest", numbered(500) { String(repeating: " ", count: $0) + "a:\n" }),
        Case("sequences that nest", numbered(500) { String(repeating: " ", count: $0) + "-\n" }),
        Case("letters of two bytes", filled("é")), Case("letters of four bytes", filled("🔒: a\n")),
        Case("control characters", [UInt8](repeating: 1, count: size)),
        Case("zeros", [UInt8](repeating: 0, count: size)),
        Case("no UTF-8", [UInt8](repeating: 0xFF, count: size)),
        Case("UTF-16", [0xFF, 0xFE] + filled("a: \n").utf8.flatMap { [$0, 0] }),
        Case("carriage returns", filled("a: 1\r")), Case("digits", "a: " + filled("9")),
        Case("numbers beyond range", "[" + filled("1e999, ") + "]"), Case("dates", filled("- 2001-01-01\n")),
        Case("a long key", filled("k") + ": 1"), Case("Secrets", filled("kind: Secret\ndata: {a: YQ==}\n---\n")),
        Case("Secrets that are broken", filled("kind: Secret\ndata: [\n---\n")),
        Case("a Secret of many keys", "kind: Secret\nstringData:\n" + numbered(7000) { "  k\($0): x\n" }),
        Case("lists of nothing", filled("{kind: List, items: []}\n---\n")),
        Case(
            "certificates that are none",
            "kind: Secret\nstringData:\n  a: |\n" + filled("    -----BEGIN CERTIFICATE-----\n")),
    ]

    static let json: [Case] = [
        Case("brackets", filled("["), path: "a.json"), Case("objects", filled("{\"a\":"), path: "a.json"),
        Case("keys", "{" + numbered(9000) { "\"k\($0)\":1," } + "\"a\":1}", path: "a.json"),
        Case("keys written twice", "{" + numbered(9000) { "\"k\($0 % 4500)\":1," } + "\"a\":1}", path: "a.json"),
        Case("documents", filled("{}"), path: "a.json"), Case("lines", filled("{}\n"), path: "a.jsonl"),
        Case("numbers", "[" + filled("1,") + "1]", path: "a.json"), Case("digits", filled("1"), path: "a.json"),
        Case("escapes", "\"" + filled("\\u0061") + "\"", path: "a.json"),
        Case("halves of characters", "\"" + filled("\\ud800") + "\"", path: "a.json"),
        Case("quotes", filled("\""), path: "a.json"), Case("commas", filled(","), path: "a.json"),
        Case("spaces", filled(" "), path: "a.json"),
        Case("no UTF-8", [UInt8](repeating: 0xFF, count: size), path: "a.json"),
        Case("objects in a YAML file", filled("{\"a\": 1}\n"), path: "a.yaml"),
    ]

    @Test(arguments: yaml + json) func `are read in time`(_ hostile: Case) {
        let start = Self.seconds()
        let reading = Reading(bytes: hostile.bytes, path: hostile.path)
        _ = DigestibleText(hostile.bytes, path: hostile.path)
        let spent = Self.seconds() - start
        #expect(spent < Self.secondsMax, "\(spent) s")
        #expect(reading.collector.diagnostics.count <= 200)
        #expect(reading.text.utf8.count < 1 << 20)
    }

    /// Processor time of this thread.
    private static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
