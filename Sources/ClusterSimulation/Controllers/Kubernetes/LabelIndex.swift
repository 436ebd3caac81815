/// Pods by their labels and Services by their selectors: which Services select a Pod, and which Pods a Service selects, is
/// found without a look at all others of the namespace.
package struct LabelIndex {
    /// By pair of a namespace, a label and its value: the Pods that have it, in order of appearance.
    private var pods = PersistentArray<OrderedKeys>(default: OrderedKeys())
    /// By Pod: the labels below which it is listed.
    private var labels = PersistentArray<MapID>(default: .empty)
    /// By pair: the Services that are listed there; a Service is below one pair of its selector.
    private var services = PersistentArray<OrderedKeys>(default: OrderedKeys())
    /// By Service: the pair below which it is listed; 0: none.
    private var places = PersistentArray<Int>(default: 0)

    /// Lists a Pod below its labels; without any where it is gone.
    mutating func note(pod: ObjectKey, _ new: MapID, _ tables: ClusterTables) {
        let old = labels[pod.offset]
        if old == new { return }
        let namespace = tables.namespace(pod)
        let before = tables.map(old)
        let after = tables.map(new)
        for entry in before.entries where after[entry.key] != entry.value {
            pods[tables.labelPair(namespace, entry.key, entry.value)].remove(pod)
        }
        for entry in after.entries where before[entry.key] != entry.value {
            pods[tables.labelPair(namespace, entry.key, entry.value)].append(pod)
        }
        labels[pod.offset] = new
    }

    /// Lists a Service below that pair of its selector which has the fewest Services so far; nowhere without a selector.
    mutating func note(service: ObjectKey, _ selector: [(key: Symbol, value: Symbol)], _ tables: ClusterTables) {
        let namespace = tables.namespace(service)
        if places[service.offset] != 0 {
            services[places[service.offset]].remove(service)
            places[service.offset] = 0
        }
        let pairs = selector.map { tables.labelPair(namespace, $0.key, $0.value) }
        guard let pair = pairs.min(by: { services[$0].count < services[$1].count }) else { return }
        places[service.offset] = pair
        services[pair].append(service)
    }

    /// The Services that may select a Pod with these labels, in no order.
    func services(in namespace: Symbol, selecting labels: LabelMap, _ tables: ClusterTables) -> [ObjectKey] {
        labels.entries.flatMap { entry in
            let pair = services[tables.labelPair(namespace, entry.key, entry.value)]
            return pair.isEmpty ? [] : pair.keys
        }
    }

    /// The Pods that a selector, which is not empty, may select: those with that of its pairs which the fewest have.
    func pods(
        in namespace: Symbol, selectedBy selector: [(key: Symbol, value: Symbol)], _ tables: ClusterTables
    ) -> [ObjectKey] {
        let pairs = selector.map { tables.labelPair(namespace, $0.key, $0.value) }
        let rarest = pairs.min { pods[$0].count < pods[$1].count }
        return rarest.map { pods[$0].keys } ?? []
    }
}

extension ClusterTables {
    /// The number, from 1, of a label with its value in a namespace.
    func labelPair(_ namespace: Symbol, _ key: Symbol, _ value: Symbol) -> Int {
        let memo = memo.store(LabelPairMemo.self, make: LabelPairMemo.init)
        let pair = LabelPairMemo.Pair(namespace: namespace, key: key, value: value)
        if let number = memo.numbers[pair] { return number }
        let number = memo.numbers.count + 1
        memo.numbers[pair] = number
        return number
    }
}

/// Numbers of labels with their values, in the order in which they were first asked for.
private final class LabelPairMemo {
    struct Pair: Hashable {
        var namespace: Symbol
        var key: Symbol
        var value: Symbol
    }

    var numbers: [Pair: Int] = [:]
}

extension LabelIndex {
    /// Keeps the index up before watchers ask it.
    static let observer = Observer(
        kinds: [.service, .pod],
        stored: { simulation, write in
            let key = write.key
            let exists = simulation.state.exists(key)
            if write.kind == .pod {
                let labels = exists ? simulation.state[key].labels : .empty
                simulation.memory.labels.note(pod: key, labels, simulation.tables)
            } else {
                let selector = exists ? simulation.facts(key, ServiceFacts.self)?.selector : nil
                simulation.memory.labels.note(service: key, selector ?? [], simulation.tables)
            }
        })
}

extension StateSlots {
    private static let labelsSlot = Slot("labels", LabelIndex())

    /// Pods and Services by labels.
    var labels: LabelIndex {
        _read { yield self[Self.labelsSlot] }
        _modify { yield &self[Self.labelsSlot] }
    }
}
