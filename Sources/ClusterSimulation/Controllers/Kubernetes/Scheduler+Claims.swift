/// What the scheduler remembers besides what it wrote.
package struct SchedulerMemory {
    /// Pods that found no node, in the order in which they were refused.
    private(set) var waiting = OrderedKeys()
    /// How many Pods each node has been given.
    var bound: [ObjectKey: Int] = [:]

    /// By port of a node: the Pods that were given it, some of which may be gone; looked up only.
    private var hostPorts: [HostPort: [Holder]] = [:]

    /// A port of a node.
    struct HostPort: Hashable {
        var node: Symbol
        var number: Int
        var transport: Symbol

        init(node: Symbol, _ port: ContainerFacts.Port) {
            self.node = node
            number = port.hostPort
            transport = port.transport
        }
    }

    /// A Pod; one of the same name is another.
    struct Holder {
        var pod: ObjectKey
        var uid: UInt32
    }

    func holders(of port: HostPort) -> [Holder] { hostPorts.isEmpty ? [] : hostPorts[port] ?? [] }

    mutating func keep(_ holders: [Holder], of port: HostPort) { hostPorts[port] = holders }

    mutating func remember(_ key: ObjectKey) { waiting.append(key) }

    mutating func forget(_ key: ObjectKey) { waiting.remove(key) }
}

extension Scheduler {
    private static let selectedNode: Symbol = "volume.kubernetes.io/selected-node"

    /// What is wrong with the claims of a Pod before any node is looked at.
    static func missingClaim(
        _ simulation: Simulation, _ key: ObjectKey, _ template: PodTemplateFacts
    ) -> String? {
        for claim in claims(simulation, key, template) {
            let count = simulation.count(of: .node)
            guard simulation.state.exists(claim) else {
                return "0/\(count) nodes are available: persistentvolumeclaim "
                    + "\"\(simulation.tables.name(claim))\" not found."
            }
            if simulation.volumePhase(claim) != "Bound", !waitsForConsumer(simulation, claim) {
                return "0/\(count) nodes are available: pod has unbound immediate PersistentVolumeClaims."
            }
        }
        return nil
    }

    /// Tells the provisioner for which node to make the volumes; true once all claims are bound.
    static func selectNode(
        _ simulation: inout Simulation, _ key: ObjectKey, _ template: PodTemplateFacts, _ node: ObjectKey
    ) -> Bool {
        let tables = simulation.tables
        var allBound = true
        for claim in claims(simulation, key, template) where simulation.volumePhase(claim) != "Bound" {
            allBound = false
            guard simulation.annotation(claim, selectedNode) == nil else { continue }
            simulation.update(claim, as: .controller("scheduler")) { draft in
                draft.annotations = tables.map(draft.annotations, setting: selectedNode, to: tables.name(node))
            }
        }
        return allBound
    }

    private static func claims(
        _ simulation: Simulation, _ key: ObjectKey, _ template: PodTemplateFacts
    ) -> [ObjectKey] {
        let namespace = simulation.tables.namespace(key)
        return template.volumes.flatMap(\.parts).compactMap { part in
            guard part.source == .persistentVolumeClaim else { return nil }
            return simulation.tables.key(.persistentVolumeClaim, namespace, part.name)
        }
    }

    private static func waitsForConsumer(_ simulation: Simulation, _ claim: ObjectKey) -> Bool {
        guard let name = simulation.facts(claim, ClaimFacts.self)?.storageClass, !name.isEmpty else { return false }
        let storageClass = simulation.tables.key(.storageClass, .empty, name)
        guard simulation.state.exists(storageClass) else { return false }
        return simulation.facts(storageClass, StorageClassFacts.self)?.waitsForFirstConsumer ?? false
    }
}

extension StateSlots {
    private static let schedulerSlot = Slot("scheduler", SchedulerMemory())

    /// What the scheduler remembers.
    package internal(set) var scheduler: SchedulerMemory {
        _read { yield self[Self.schedulerSlot] }
        _modify { yield &self[Self.schedulerSlot] }
    }
}
