/// Keeps the numbered Pods of a StatefulSet, one after the other, with their claims.
///
/// Source: the StatefulSet documentation, with its known issue: an ordered update waits for every Pod to be ready
/// before it replaces the next, so a broken Pod of an older template stays until somebody deletes it.
enum StatefulSetController {
    static let controllerName: Symbol = "statefulset-controller"

    static let controller = Controller(
        controllerName,
        watches: [
            Watch(.statefulSet, changes: [.created, .body, .labels]),
            Watch(.pod, .owner(.statefulSet), changes: [.created, .labels, .metadata, .status, .deleting, .removed]),
            Watch(.serviceAccount, .function(setsWithoutPods), changes: .created),
        ],
        reconcile: reconcile)

    private static let caller = Caller.controller(controllerName)

    private static func setsWithoutPods(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.forEach(.statefulSet, in: simulation.tables.namespace(key), body)
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        let row = simulation.state[key]
        guard row.exists, let facts = simulation.facts(key, WorkloadFacts.self) else {
            simulation.memory.workloads.statefulSets[key] = nil
            simulation.memory.workloads.changedPods[key] = nil
            return
        }
        simulation.refreshStatefulSet(key, replicas: facts.replicas)
        let revision = revision(simulation, key, facts)
        if !row.isDeleting { advance(&simulation, key, facts, revision) }
        writeStatus(&simulation, key, facts, revision)
    }

    /// The name of the template's revision. What the controller said of this generation stays true: an older version
    /// of Kubernetes may have named it otherwise.
    private static func revision(_ simulation: Simulation, _ key: ObjectKey, _ facts: WorkloadFacts) -> Symbol {
        let status = simulation.workloadState(key)
        if !status.updateRevision.isEmpty, status.observedGeneration == simulation.state[key].generation {
            return status.updateRevision
        }
        return Symbol("\(simulation.tables.name(key))-\(facts.hashes(simulation).revision)")
    }

    private static func pod(_ simulation: Simulation, _ key: ObjectKey, _ ordinal: Int) -> ObjectKey {
        let name = Symbol("\(simulation.tables.name(key))-\(ordinal)")
        return simulation.tables.key(.pod, simulation.tables.namespace(key), name)
    }

    /// One step: makes, replaces or deletes Pods as far as the order allows.
    private static func advance(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ revision: Symbol
    ) {
        let count = simulation.bounded(facts.replicas, podsOf: key)
        let first = min(count, simulation.memory.workloads.statefulSets[key]?.leading ?? 0)
        for ordinal in first..<count {
            simulation.tables.work.visit()
            let pod = pod(simulation, key, ordinal)
            if !simulation.state.exists(pod) {
                if create(&simulation, key, facts, ordinal, revision), facts.isParallel { continue }
                return
            }
            if facts.selector.matches(simulation.tables.map(simulation.state[pod].labels)) {
                PodControl.adopt(&simulation, pod, for: key, as: caller)
            }
            if simulation.podState(pod)?.phase.isTerminal ?? false, !simulation.state[pod].isDeleting {
                simulation.delete(pod, as: caller)
                return
            }
            if !facts.isParallel, !simulation.isPodReady(pod) { return }
            simulation.memory.workloads.settled(pod, ordinal, of: key)
        }
        guard let pods = simulation.memory.workloads.statefulSets[key] else { return }
        if pods.surplus > 0, deleteSurplus(&simulation, key, facts) { return }
        guard case .rollingUpdate(_, _, let partition) = facts.strategy,
            pods.ready(of: revision) < count || pods.active > count
        else { return }
        for ordinal in (min(max(partition, 0), count)..<count).reversed() {
            simulation.tables.work.visit()
            let pod = pod(simulation, key, ordinal)
            if simulation.label(pod, "controller-revision-hash") != revision {
                if !simulation.state[pod].isDeleting { simulation.delete(pod, as: caller) }
                return
            }
            if !simulation.isPodReady(pod) { return }
        }
    }

    /// Deletes the Pods beyond what is wanted, the highest first; true where one at a time goes.
    private static func deleteSurplus(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts
    ) -> Bool {
        let surplus = PodControl.pods(simulation, of: key).filter { ordinal(simulation, $0) >= facts.replicas }
            .sorted { ordinal(simulation, $0) > ordinal(simulation, $1) }
        for pod in surplus {
            simulation.delete(pod, as: caller)
            if !facts.isParallel { return true }
        }
        return false
    }

    static func ordinal(_ simulation: Simulation, _ pod: ObjectKey) -> Int {
        let text = simulation.tables.name(pod).text
        guard let dash = text.lastIndex(of: "-") else { return -1 }
        return Int(text[text.index(after: dash)...]) ?? -1
    }

    /// Makes one Pod and its claims; false where the API server refused, which is tried again later.
    private static func create(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ ordinal: Int, _ revision: Symbol
    ) -> Bool {
        let tables = simulation.tables
        let name = Symbol("\(tables.name(key))-\(ordinal)")
        var result = createClaims(&simulation, key, facts, name)
        if case .success = result {
            var draft = PodControl.draft(simulation, for: key, facts)
            draft.name = name
            draft.generateName = Symbol("\(simulation.tables.name(key))-")
            draft.body = body(tables, facts, name)
            draft.labels = tables.map(
                tables.map(draft.labels).entries.map { ($0.key, $0.value) } + [
                    ("apps.kubernetes.io/pod-index", Symbol("\(ordinal)")), ("controller-revision-hash", revision),
                    ("statefulset.kubernetes.io/pod-name", name),
                ])
            result = simulation.create(draft, as: caller)
        }
        guard case .failure = result else { return true }
        simulation.retry(controllerName, key)
        return false
    }

    private static func createClaims(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ pod: Symbol
    ) -> Result<ObjectKey, APIError> {
        let tables = simulation.tables
        for template in facts.claimTemplates {
            let name = Symbol("\(template.name)-\(pod)")
            let claim = tables.key(.persistentVolumeClaim, tables.namespace(key), name)
            if simulation.state.exists(claim) { continue }
            var draft = ObjectDraft(
                kind: .persistentVolumeClaim, namespace: tables.namespace(key), name: name,
                body: tables.body(kind: .persistentVolumeClaim, ObjectDraft.body(of: template.value)))
            draft.labels = tables.map(of: template.value.at("metadata", "labels"))
            draft.annotations = tables.map(of: template.value.at("metadata", "annotations"))
            draft.origin = template.value.origin
            if case .failure(let error) = simulation.create(draft, as: caller) { return .failure(error) }
        }
        return .success(key)
    }

    /// The template's spec with the Pod's own name, and a volume for each claim.
    private static func body(_ tables: ClusterTables, _ facts: WorkloadFacts, _ name: Symbol) -> BodyID {
        var spec = facts.templateValue["spec"] ?? Value(.object([]))
        spec["hostname"] = Value(name)
        if !facts.serviceName.isEmpty { spec["subdomain"] = Value(facts.serviceName) }
        if !facts.claimTemplates.isEmpty {
            let claimed = facts.claimTemplates.map(\.name)
            var volumes = (spec["volumes"]?.elements ?? []).filter { !claimed.contains($0["name"]?.symbol ?? .empty) }
            for template in facts.claimTemplates {
                let claim: Value = ["claimName": .string("\(template.name)-\(name)")]
                volumes.append(["name": Value(template.name), "persistentVolumeClaim": claim])
            }
            spec["volumes"] = Value(.array(volumes))
        }
        return tables.body(kind: .pod, ["spec": spec])
    }

    private static func writeStatus(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ revision: Symbol
    ) {
        var status = simulation.workloadState(key)
        simulation.refreshStatefulSet(key, replicas: facts.replicas)
        guard let pods = simulation.memory.workloads.statefulSets[key] else { return }
        let updated = pods.active(of: revision)
        status.desired = facts.replicas
        status.replicas = pods.active
        status.ready = pods.ready
        status.available = status.ready
        status.updated = updated
        if status.currentRevision.isEmpty || (updated == pods.active && status.ready == facts.replicas) {
            status.currentRevision = revision
        }
        status.current = pods.active(of: status.currentRevision)
        status.updateRevision = revision
        status.observedGeneration = simulation.state[key].generation
        simulation.setWorkloadState(key, status, as: caller)
    }
}
