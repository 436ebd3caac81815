import Foundation
import Testing

/// What the engine may not do, read from its sources: everything that happens in a rehearsal is a function of its input.
@Suite struct EngineSourcesTests {
    private static let engine = "Sources/ClusterSimulation"

    @Test func `the engine imports nothing that could do I/O`() throws {
        let allowed = ["HeapModule", "Synchronization"]
        for file in try SourceFile.swift(below: Self.engine) {
            for line in file.lines where line.contains(#/^(?:public |package |internal |private |@\w+ )*import /#) {
                let module = line.split(separator: " ").last.map(String.init) ?? ""
                #expect(allowed.contains(module), "\(file.path): \(line)")
            }
        }
    }

    /// Clocks, chance that no seed rules, hashes that differ from process to process, and work whose order a scheduler
    /// decides.
    @Test func `the engine reads no clock and no chance but its own`() throws {
        let chance = #/Date\(\)|Clock\(\)|SystemRandomNumberGenerator|UUID\(\)|Hasher\(|\.hashValue/#
        let unseeded = #/\.random\(in: [^,]*\)|\.randomElement\(\)|\.shuffled\(\)|\.shuffle\(\)/#
        let concurrency = #/\basync\b|\bawait\b|\bTask\s*[{(]|DispatchQueue|Thread\b/#.wordBoundaryKind(.simple)
        for file in try SourceFile.swift(below: Self.engine) {
            #expect(file.lines(with: chance) == [], "\(file.path)")
            #expect(file.lines(with: unseeded) == [], "\(file.path)")
            #expect(file.lines(with: concurrency) == [], "\(file.path)")
        }
    }

    /// Loops that the heuristic takes for one over a hashed collection, or whose order cannot reach an outcome.
    private static let harmless = [
        // Lists that have the name of a dictionary or a set elsewhere in the file.
        "API/Strategies/ServiceStrategy.swift: for (index, port) in facts.ports.enumerated() {",
        "API/Strategies/ServiceStrategy.swift: for port in facts.ports where port.nodePort != 0 {",
        "Programs/ImageRequirements.swift: for fact in simulation.externals.images {",
    ]

    /// A heuristic: a loop, or a function that goes through the elements, over a name that the same file declares as a
    /// Set or a Dictionary, without sorting in the same line.
    @Test func `the engine does not go through hashed collections`() throws {
        // Simple boundaries: in `a.b`, a word ends at the dot.
        let declaration = #/\b(?:let|var) (\w+)(?:\s*:\s*(?:\[\s*[\w.]+\s*:\s*[^\]]+\]|Set<)|\s*=\s*Set[<(])/#
            .wordBoundaryKind(.simple)
        var found: [String] = []
        for file in try SourceFile.swift(below: Self.engine) {
            let names = Set(
                file.lines.compactMap { line -> String? in
                    // A literal that is read by its key is no loop; tuples in a list are no dictionary.
                    line.firstMatch(of: declaration).map { String($0.1) }
                })
            for name in names.sorted() {
                let through = try Regex(
                    #"\bin (?:\w+\.)*\#(name)(\.keys|\.values)?\s*(\{|where\b)|\b\#(name)(\.keys|\.values)?\.(map|flatMap|compactMap|forEach|reduce|first\b|enumerated|filter)|Array\(\#(name)"#
                ).wordBoundaryKind(.simple)
                let path = file.path.dropFirst(Self.engine.count + 1)
                found += file.lines(with: through).filter { !$0.contains(".sorted") }.map { "\(path): \($0)" }
            }
        }
        #expect(found.sorted() == Self.harmless)
    }
}
