import FuzzMutators
import Testing

/// What the fuzzer makes of what it is given.
@Suite struct MutatorTests {
    private let text = "kind: Deployment\nmetadata: {name: web, namespace: shop}\nspec: {replicas: 2, paused: false}\n"

    private var documents: [Node] { Node.documents(Array(text.utf8), isJSON: false) ?? [] }

    @Test func `the same seed makes the same changes`() {
        for seed in 0..<200 as Range<UInt64> {
            let results = (0..<2).map { _ in
                var random = FuzzRandom(seed: seed)
                let bytes = ByteMutator.mutated(Array(text.utf8), donors: [Array("x".utf8)], sizeMax: 1000, &random)
                let change = StructureMutator.changed(documents, donors: documents, &random)
                return bytes + Node.text(of: change.documents, style: .block)
            }
            #expect(results[0] == results[1])
        }
    }

    @Test(arguments: [Node.Style.block, .flow, .json]) func `documents are written as they were read`(style: Node.Style)
        throws
    {
        let written = Node.text(of: documents, style: style)
        let again = try #require(Node.documents(written, isJSON: style == .json))
        #expect(Node.text(of: again, style: .json) == Node.text(of: documents, style: .json))
    }

    @Test func `values of Secrets stay`() throws {
        let secret = "kind: Secret\napiVersion: v1\nstringData: {a: hunter2}\n"
        let nodes = try #require(Node.documents(Array(secret.utf8), isJSON: false))
        #expect(nodes[0]["kind"]?.text == "Secret")
        #expect(nodes[0]["stringData"]?["a"]?.text == "hunter2")
    }

    @Test func `changes reach every field, and are large and small`() {
        var labels: Set<String> = []
        var sizes: Set<Int> = []
        for seed in 0..<2000 as Range<UInt64> {
            var random = FuzzRandom(seed: seed)
            let change = StructureMutator.changed(documents, donors: documents, &random)
            labels.insert(change.label)
            sizes.insert(Node.text(of: change.documents, style: .flow).count)
        }
        for label in [
            "replace replicas", "delete name", "repeat paused", "repeat often namespace", "own spec", "splice kind",
        ] {
            #expect(labels.contains(label), "\(label) of \(labels.sorted())")
        }
        #expect(sizes.max() ?? 0 > 10_000)
    }

    @Test func `gentle changes keep types and names`() throws {
        var counts: Set<String> = []
        for seed in 0..<300 as Range<UInt64> {
            var random = FuzzRandom(seed: seed)
            let change = StructureMutator.changed(documents, donors: documents, isGentle: true, &random)
            let again = try #require(Node.documents(Node.text(of: change.documents, style: .block), isJSON: false))
            if let replicas = again[0]["spec"]?["replicas"], case .raw(let text) = replicas { counts.insert(text) }
        }
        #expect(counts.count > 5)
        #expect(!counts.contains(".nan"))
    }

    @Test func `the smallest list is found`() {
        var tries = 0
        let kept = Minimizer.minimized(Array(0..<1000)) { elements in
            tries += 1
            return elements.contains(17) && elements.contains(803)
        }
        #expect(kept == [17, 803])
        #expect(tries < 200)
        #expect(Minimizer.minimized([1, 2, 3]) { _ in true } == [])
        #expect(Minimizer.minimized([1, 2, 3]) { _ in nil } == [1, 2, 3])
    }
}
