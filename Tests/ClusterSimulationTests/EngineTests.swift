import Testing

@testable import ClusterSimulation

/// The engine on toys: exact counts, forks, causes, before any Kubernetes kind has rules.
@Suite struct EngineTests {
    /// A controller that answers each ConfigMap `n` with a ConfigMap `n+1`, up to ten, one second apart.
    static let counter = Controller("counter", watches: [Watch(.configMap, changes: .created)]) { simulation, key in
        let tables = simulation.tables
        guard let number = Int(tables.name(key).text), number < 10 else { return }
        let next = ObjectDraft(
            kind: .configMap, namespace: tables.namespace(key), name: Symbol("\(number + 1)"), body: .empty)
        simulation.create(next, as: .controller("counter"))
    }

    static func simulation(_ controllers: [Controller] = [counter], seed: UInt64 = 0) -> Simulation {
        let tables = ClusterTables()
        let configuration = Configuration(
            tables: tables, controllers: controllers, invariants: [.noStuckTermination])
        var simulation = Simulation(tables: tables, configuration: configuration, start: .epoch, seed: seed)
        let namespace = ObjectDraft(kind: .namespace, namespace: .empty, name: "toys", body: .empty)
        simulation.create(namespace, as: .admin)
        return simulation
    }

    static func configMap(_ name: Symbol) -> ObjectDraft {
        ObjectDraft(kind: .configMap, namespace: "toys", name: name, body: .empty)
    }

    @Test func `a counter counts to ten in ten events`() {
        var simulation = Self.simulation()
        simulation.create(Self.configMap("1"), as: .admin)
        #expect(simulation.run(until: .epoch + .minutes(1)) == .settled)
        #expect(simulation.objects(of: .configMap, in: "toys").count == 10)
        #expect(simulation.counters.events == 10)
        #expect(simulation.counters.apiWrites == 11)
    }

    @Test func `a fork goes on as the straight run does, and leaves its parent alone`() {
        var straight = Self.simulation()
        straight.create(Self.configMap("1"), as: .admin)
        var parent = straight
        straight.run(until: .epoch + .minutes(1))
        parent.run(until: .epoch + .milliseconds(90))
        let countAtFork = parent.objects(of: .configMap).count
        var fork = parent
        fork.run(until: .epoch + .minutes(1))
        #expect(parent.objects(of: .configMap).count == countAtFork)
        #expect(countAtFork > 1 && countAtFork < 10)
        #expect(fork.objects(of: .configMap) == straight.objects(of: .configMap))
        #expect(fork.counters == straight.counters)
    }

    @Test func `every write names what caused it, back to the first`() {
        var simulation = Self.simulation()
        let step = simulation.record(.step, .none, by: "user", detail: "begin")
        simulation.currentCause = step
        simulation.create(Self.configMap("1"), as: .admin)
        simulation.run(until: .epoch + .minutes(1))
        let last = simulation.tables.key(.configMap, "toys", "10")
        let chain = simulation.causes(of: simulation.state[last].creation)
        #expect(chain.count == 11)
        #expect(chain.first?.detail == "begin")
        #expect(chain.last?.key == last)
    }

    @Test func `an invariant's interval opens and closes with its subject`() {
        var simulation = Self.simulation([])
        let key = simulation.tables.key(.namespace, .empty, "toys")
        simulation.delete(key, as: .admin)
        simulation.checkAllInvariants()
        #expect(simulation.monitor.intervals.count == 1)
        #expect(simulation.violations(since: .epoch).isEmpty)
        simulation.run(until: .epoch + .minutes(6))
        let violations = simulation.violations(since: .epoch)
        #expect(violations.map(\.invariant) == ["no-stuck-termination"])
        #expect(violations.first?.to == nil)
    }

    @Test func `an object with finalizers waits for them, then goes`() throws {
        var simulation = Self.simulation([])
        var draft = Self.configMap("held")
        draft.finalizers = simulation.tables.list(["example.com/hold"])
        let key = try simulation.create(draft, as: .admin).get()
        simulation.delete(key, as: .admin)
        #expect(simulation.state[key].isDeleting)
        simulation.update(key, as: .admin) { $0.finalizers = .empty }
        #expect(!simulation.state.exists(key))
        #expect(simulation.objects(of: .configMap).isEmpty)
    }

    @Test func `nothing new comes into a namespace that is missing or going`() {
        var simulation = Self.simulation([])
        var draft = Self.configMap("a")
        draft.namespace = "trader"
        let missing = APIError(code: 404, reason: "NotFound", message: "namespaces \"trader\" not found")
        #expect(simulation.create(draft, as: .admin) == .failure(missing))
        simulation.delete(simulation.tables.key(.namespace, .empty, "toys"), as: .admin)
        guard case .failure(let error) = simulation.create(Self.configMap("a"), as: .admin) else {
            Issue.record("created in a Terminating namespace")
            return
        }
        #expect(error.code == 403)
        let expected = """
            configmaps "a" is forbidden: unable to create new content in namespace toys because it is being terminated
            """
        #expect(error.message == expected)
    }

    @Test func `references are found from both ends while they last`() throws {
        var simulation = Self.simulation([])
        var draft = Self.configMap("owner")
        let owner = try simulation.create(draft, as: .admin).get()
        draft.name = "owned"
        draft.owners = simulation.tables.owners([
            OwnerReference(owner: owner, uid: simulation.state[owner].uid, controller: true, blockOwnerDeletion: true)
        ])
        let owned = try simulation.create(draft, as: .admin).get()
        #expect(simulation.dependents(of: owner) == [owned])
        simulation.update(owned, as: .admin) { $0.owners = .empty }
        #expect(simulation.dependents(of: owner).isEmpty)
    }

    @Test func `work of one instant runs in the order in which it was caused`() {
        var queue = EventQueue()
        for index in 0..<100 {
            queue.schedule(ControllerID(index: 0), ObjectKey(index: UInt32(index)), at: .epoch, cause: .none)
        }
        queue.schedule(ControllerID(index: 1), .none, at: SimulationTime(milliseconds: -1), cause: .none)
        #expect(queue.pop()?.controller.index == 1)
        for index in 0..<100 { #expect(queue.pop()?.key.index == UInt32(index)) }
    }

    @Test func `a replayed sequence of choices is the recorded one`() {
        var first = Choices(seed: 42)
        let drawn = (0..<50).map { first.draw($0 % 2 == 0 ? .jitter : .name, upTo: UInt64($0)) }
        var second = Choices(seed: 7, replay: first.record)
        let replayed = (0..<50).map { second.draw($0 % 2 == 0 ? .jitter : .name, upTo: UInt64($0)) }
        #expect(replayed == drawn)
    }
}
