import Testing

@testable import ClusterSimulation

@Suite struct SourceFilesTests {
    private static func base(_ base: UInt32?) throws -> UInt32 { try #require(base) }

    private static let text = Array("a: 1\nb: 2\n".utf8)

    @Test func `a file that is read again keeps its range`() throws {
        var files = SourceFiles()
        let first = try Self.base(files.register(path: "a.yaml", bytes: Self.text))
        let other = try Self.base(files.register(path: "b.yaml", bytes: Self.text))
        #expect(first != other)
        for _ in 0..<100 { #expect(files.register(path: "a.yaml", bytes: Self.text) == first) }
        #expect(files.size == 2 * Self.text.count)
        let changed = try Self.base(files.register(path: "a.yaml", bytes: Self.text + [10]))
        #expect(changed > other)
        #expect(files.location(of: Origin(position: first + 5))?.description == "a.yaml:2:1")
        #expect(files.location(of: Origin(position: other + 8))?.description == "b.yaml:2:4")
    }

    @Test func `what is read for a piece of work goes with it`() throws {
        var files = SourceFiles()
        let kept = try Self.base(files.register(path: "kept.yaml", bytes: Self.text))
        var bases: [UInt32?] = []
        for round in 0..<10 {
            files.begin()
            bases.append(files.register(path: "\(round).yaml", bytes: Self.text))
            #expect(files.register(path: "kept.yaml", bytes: Self.text) == kept)
            // Another piece of work begins and ends within.
            files.begin()
            let inner = try Self.base(files.register(path: "inner-\(round).yaml", bytes: Self.text))
            files.end()
            #expect(files.location(of: Origin(position: inner))?.path == "inner-\(round).yaml")
            files.end()
        }
        #expect(Set(bases).count == 1)
        #expect(files.size == Self.text.count)
        #expect(files.line(at: Origin(position: kept + 5)) == "b: 2")
    }
}
