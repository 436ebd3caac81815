import Testing

@testable import ClusterSimulation

/// What forks share holds no more than it says, and tells none of them what another did.
@Suite struct SharedMemoTests {
    @Test func `a memo keeps what is asked for, and no more than its bound`() {
        var memo = BoundedMemo<Int, Int>(max: 100)
        for question in 0..<10_000 {
            memo.keep(question * 2, to: question)
            // One question is asked again and again, and stays.
            if question > 0 { #expect(memo.answer(to: 0) == 0) }
            #expect(memo.count <= 101)
        }
        #expect(memo.answer(to: 9_999) == 19_998)
        #expect(memo.answer(to: 17) == nil)
    }

    @Test func `equal sets of objects have equal sums, whatever was there before`() {
        func row(_ body: UInt32) -> ObjectRow {
            var row = ObjectRow()
            row.uid = 1
            row.body = BodyID(index: body)
            return row
        }
        let keys = (1...3).map { ObjectKey(index: $0) }
        var first = ContentSum()
        for key in keys { first.note(key, row(key.index)) }
        var second = first
        second.note(keys[0], row(9))
        #expect(second.value != first.value)
        second.note(keys[1], ObjectRow())
        #expect(second.count == 2)
        second.note(keys[1], row(2))
        second.note(keys[0], row(1))
        #expect(second.value == first.value)
        var reversed = ContentSum()
        for key in keys.reversed() { reversed.note(key, row(key.index)) }
        #expect(reversed.value == first.value)
        for key in keys { reversed.note(key, ObjectRow()) }
        #expect(reversed.value == 0 && reversed.count == 0)
    }

    @Test func `a body is its places and its order too`() {
        let tables = ClusterTables()
        func value(_ position: UInt32, _ keys: [Symbol]) -> Value {
            let fields = keys.map { Field($0, Value(.string($0), Origin(position: position))) }
            return Value(.object([Field("data", Value(.object(fields)))]))
        }
        let first = tables.body(kind: .configMap, value(1, ["a", "b"]))
        let elsewhere = tables.body(kind: .configMap, value(2, ["a", "b"]))
        let turned = tables.body(kind: .configMap, value(1, ["b", "a"]))
        #expect(Set([first, elsewhere, turned]).count == 3)
        #expect([elsewhere, turned].allSatisfy { tables.sameContent($0, first) })
        #expect(tables.body(elsewhere).value["data"]?["a"]?.origin == Origin(position: 2))
        #expect(tables.body(turned).value["data"]?.fields.map(\.key) == ["b", "a"])
        #expect(tables.body(kind: .configMap, value(2, ["a", "b"])) == elsewhere)
    }

    @Test func `roles that come back are the roles that were`() throws {
        var simulation = KubernetesTestCluster().simulation
        let role: Value = [
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": ["name": "reader"],
            "rules": [["apiGroups": [""], "resources": ["pods"], "verbs": ["get"]]],
        ]
        let empty = simulation.state.permissions.value
        for _ in 0..<3 {
            let draft = try #require(simulation.draft(manifest: role))
            let key = try simulation.create(draft, as: .admin).get()
            #expect(simulation.state.permissions.value != empty)
            simulation.delete(key, as: .admin)
            simulation.run(until: simulation.now + .minutes(1))
            #expect(simulation.state.permissions.value == empty)
        }
    }

    @Test func `work counts the same for the first fork that asks and for the last`() throws {
        var parent = KubernetesTestCluster()
        for index in 0..<20 {
            parent.create([
                "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
                "metadata": ["name": .string("binding-\(index)")],
                "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "missing"],
                "subjects": [["kind": "User", "name": "jane", "apiGroup": "rbac.authorization.k8s.io"]],
            ])
        }
        func visits() -> UInt64 {
            var fork = parent.simulation
            let before = fork.visits
            fork.perform(by: "jane", detail: "asks", origin: .none) { simulation in
                for index in 0..<5 {
                    let key = simulation.tables.key(.configMap, "apps", Symbol("config-\(index)"))
                    _ = try? simulation.get(key, as: Caller(user: "jane", isTrusted: false))
                }
                let content: Value = ["data": ["a": .string(String(repeating: "x", count: 100))]]
                var manifest = content
                manifest["apiVersion"] = "v1"
                manifest["kind"] = "ConfigMap"
                manifest["metadata"] = ["name": "made", "namespace": "apps", "labels": ["a": "b"]]
                if let draft = simulation.draft(manifest: manifest) { _ = simulation.create(draft, as: .admin) }
            }
            return fork.visits - before
        }
        let first = visits()
        #expect(first >= 20)
        #expect(visits() == first)
    }
}
