import Testing

@testable import ClusterSimulation

@Suite struct ClusterTablesTests {
    @Test func `one content from several places is several bodies of one content`() {
        let tables = ClusterTables()
        let fields: Value = ["data": ["key": "value"]]
        func body(_ position: UInt32) -> BodyID {
            tables.body(kind: .configMap, Value(fields.content, Origin(position: position)))
        }
        let ids = (1...3).map { body($0) }
        #expect(Set(ids).count == 3)
        #expect((1...3).map { body($0) } == ids)
        #expect(ids.allSatisfy { tables.sameContent($0, ids[0]) })
        #expect(tables.body(ids[2]).value.origin == Origin(position: 3))
        #expect(tables.body(kind: .secret, Value(fields.content, Origin(position: 1))) != ids[0])
    }

    @Test func `a literal is the symbol of its text, however often and wherever it is named`() {
        for _ in 0..<3 {
            for (literal, text) in Self.literals { #expect(literal == Symbol(text)) }
            #expect(Self.literals.map(\.0) == Self.literals.map { Symbol($0.1) })
        }
    }

    private static var literals: [(Symbol, String)] {
        [
            ("", ""), ("a", "a"), ("app", "app"), ("kubernetes.io/service-name", "kubernetes.io/service-name"),
            ("é", "é"),
        ]
    }
}
