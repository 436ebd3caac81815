import ClusterSimulation
import Foundation
import Manifests
import Testing

@testable import Scenarios

/// The committed scenarios, broken in many ways: each loads or says where it does not, and what loads can be rehearsed.
@Suite struct ScenarioMutationTests {
    /// Values that do not fit where they are put.
    private static let values = [
        "99999999999999999999", "9223372036854775807", "-9223372036854775808", "-1", "2147483647", "1e300", "1.5",
        "null",
        "[]", "{}", "[[]]", "[null]", "{a: null}", "\"\"", "\"*\"", "true", "\"9999999999%\"",
        "\"9999999999999999999s\"",
        "\"9000000000000000000E\"", "\"/\"", "\"..\"", "\"a/b/c/d\"", "\"$(X)$(X)\"", "\"{{\"", "\"::1\"", "\"é\"",
        "\"* * * * *\"", "\"*/99 0-70 * * *\"", "\"0001-01-01T00:00:00Z\"", "\"oci://\"", "\"-\"", "\"@\"",
    ]

    private static func mutant(of text: String, _ random: inout TestRandom) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            let line = Int.random(in: 0..<lines.count, using: &random)
            let other = Int.random(in: 0..<lines.count, using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0: lines.swapAt(line, other)
            case 1: if lines.count > 1 { lines.remove(at: line) }
            case 2: lines.insert(lines[line], at: other)
            case 3: lines.removeLast(lines.count - 1 - line)
            default:
                let words = lines[line].split(separator: " ", omittingEmptySubsequences: false)
                guard let key = words.indices.filter({ words[$0].hasSuffix(":") }).randomElement(using: &random) else {
                    continue
                }
                let value = values.randomElement(using: &random) ?? "null"
                let tail = words.dropFirst(key + 2).joined(separator: " ")
                lines[line] = (words[...key] + [Substring(value)]).joined(separator: " ")
                if tail.hasPrefix("}") || words.dropFirst(key + 1).first?.hasSuffix("}") ?? false { lines[line] += "}" }
            }
        }
        return lines.joined(separator: "\n")
    }

    /// A copy of a folder of scenarios, and the files in it.
    private static func withCopy(_ name: String, _ body: (String, [String]) throws -> Void) throws {
        try RehearseTestSupport.withCopy(of: "scenarios/\(name)") { copy in
            let files = FileManager.default.enumerator(atPath: copy.path)?.compactMap { $0 as? String } ?? []
            try body(copy.path, files.sorted().filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".json") })
        }
    }

    /// Loads the scenario, and rehearses it for a while where it loads.
    private static func rehearse(_ path: String, runs: Bool) -> [String] {
        let (scenario, problems) = ScenarioLoader.load(path: path)
        let errors = problems.collector.diagnostics.filter { $0.severity == .error }
        guard let scenario else { return errors.isEmpty || errors.contains { $0.text.isEmpty } ? ["no reason"] : [] }
        guard runs else { return [] }
        var options = RunOptions()
        options.limits.events = 5000
        var runner = ScenarioRunner(scenario, options)
        _ = runner.run().digest
        return []
    }

    static let invariants = InvariantCatalogue.all.map(\.id.text)

    @Test(arguments: invariants) func `a scenario of an invariant`(id: String) throws {
        try Self.withCopy("invariants/\(id)") { folder, files in
            var random = TestRandom(state: Symbol(id).stableHash)
            for round in 0..<12 {
                let file = "\(folder)/\(files[Int.random(in: 0..<files.count, using: &random)])"
                let which = Bool.random(using: &random) ? "violates" : "holds"
                let original = try String(contentsOfFile: file, encoding: .utf8)
                let mutant = Self.mutant(of: original, &random)
                try Data(mutant.utf8).write(to: URL(fileURLWithPath: file))
                #expect(Self.rehearse("\(folder)/\(which)", runs: round % 3 == 0) == [], "\(id) round \(round)")
                try Data(original.utf8).write(to: URL(fileURLWithPath: file))
            }
        }
    }
}
