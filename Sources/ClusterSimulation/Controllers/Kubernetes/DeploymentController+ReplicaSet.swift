extension DeploymentController {
    /// Makes the ReplicaSet of the present template where it is missing, and scales it.
    static func ensureCurrent(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ sets: inout Sets, replicas: Int
    ) -> APIError? {
        if let current = sets.current {
            scale(&simulation, current, to: replicas, facts)
            return nil
        }
        let tables = simulation.tables
        let hash = facts.hashes(simulation).text
        let name = Symbol("\(tables.name(key))-\(hash)")
        var draft = ObjectDraft(
            kind: .replicaSet, namespace: tables.namespace(key), name: name,
            body: body(tables, tables.body(simulation.state[key].body).value, facts, hash, replicas))
        draft.labels = tables.map(facts.templateLabels, setting: "pod-template-hash", to: hash)
        let revision =
            sets.old.compactMap {
                simulation.annotation($0, "deployment.kubernetes.io/revision").flatMap { Int($0.text) }
            }.max() ?? 0
        draft.annotations = DeploymentScaling.annotations(
            tables, tables.map([("deployment.kubernetes.io/revision", Symbol("\(revision + 1)"))]), facts)
        draft.owners = PodControl.ownership(simulation, by: key)
        draft.origin = facts.templateValue.origin
        switch simulation.create(draft, as: caller) {
        case .success(let set):
            sets.current = set
            return nil
        case .failure(let error):
            simulation.retry(controllerName, key)
            return error
        }
    }

    /// A ReplicaSet's body: the Deployment's selector and template, both with the template's hash.
    private static func body(
        _ tables: ClusterTables, _ deployment: Value, _ facts: WorkloadFacts, _ hash: Symbol,
        _ replicas: Int
    ) -> BodyID {
        let hash = Value(hash)
        var selector = deployment.at("spec", "selector") ?? Value(.object([]))
        var labels = selector["matchLabels"] ?? Value(.object([]))
        labels["pod-template-hash"] = hash
        selector["matchLabels"] = labels
        var template = facts.templateValue
        var metadata = template["metadata"] ?? Value(.object([]))
        var templateLabels = metadata["labels"] ?? Value(.object([]))
        templateLabels["pod-template-hash"] = hash
        metadata["labels"] = templateLabels
        template["metadata"] = metadata
        let spec: Value = ["replicas": .integer(replicas), "selector": selector, "template": template]
        return tables.body(kind: .replicaSet, ["spec": spec])
    }
}

/// A Deployment's status: how far its rollout has come, and whether it still makes progress.
///
/// Source: the Deployment documentation, "Deployment status" and "Progress deadline seconds".
enum DeploymentProgress {
    static func write(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ sets: DeploymentController.Sets,
        _ failure: APIError?
    ) {
        let old = simulation.workloadState(key)
        var status = old
        let all = sets.old + (sets.current.map { [$0] } ?? [])
        let states = all.map { simulation.workloadState($0) }
        status.desired = all.reduce(0) { $0 + DeploymentController.replicas(simulation, $1) }
        status.replicas = states.reduce(0) { $0 + $1.replicas }
        status.ready = states.reduce(0) { $0 + $1.ready }
        status.available = states.reduce(0) { $0 + $1.available }
        status.updated = sets.current.map { simulation.workloadState($0).replicas } ?? 0
        status.observedGeneration = simulation.state[key].generation
        let minimum = facts.replicas - DeploymentController.bounds(facts).unavailable
        if status.available >= minimum {
            status.set(
                "Available", true, "MinimumReplicasAvailable", "Deployment has minimum availability.",
                at: simulation.now)
        } else {
            status.set(
                "Available", false, "MinimumReplicasUnavailable", "Deployment does not have minimum availability.",
                at: simulation.now)
        }
        progress(&simulation, key, facts, sets, old, &status)
        if let failure {
            status.set("ReplicaFailure", true, "FailedCreate", Symbol(failure.message), at: simulation.now)
        } else if let refused = sets.current.flatMap({ simulation.workloadState($0).condition("ReplicaFailure") }) {
            status.set("ReplicaFailure", true, refused.reason, refused.message, at: simulation.now)
        } else {
            status.remove("ReplicaFailure")
        }
        simulation.setWorkloadState(key, status, as: DeploymentController.caller)
    }

    private static func progress(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ sets: DeploymentController.Sets,
        _ old: WorkloadState, _ status: inout WorkloadState
    ) {
        guard let current = sets.current else { return }
        let name = "ReplicaSet \"\(simulation.tables.name(current))\""
        let isComplete =
            status.updated == facts.replicas && status.replicas == facts.replicas
            && status.available == facts.replicas
        let before = old.condition("Progressing")
        let wasComplete = before?.reason == "NewReplicaSetAvailable" && before?.message == complete(name)
        if isComplete {
            status.set("Progressing", true, "NewReplicaSetAvailable", complete(name), at: simulation.now)
            return
        }
        // A finished rollout stays finished, whatever becomes of its Pods.
        if wasComplete { return }
        let advanced =
            status.updated > old.updated || status.ready > old.ready || status.available > old.available
            || old.replicas - old.updated > status.replicas - status.updated
        if before == nil {
            let message = Symbol("Created new replica set \"\(simulation.tables.name(current))\"")
            status.set("Progressing", true, "NewReplicaSetCreated", message, at: simulation.now)
        } else if advanced || before?.reason == "NewReplicaSetAvailable" {
            status.remove("Progressing")
            status.set(
                "Progressing", true, "ReplicaSetUpdated", Symbol("\(name) is progressing."), at: simulation.now)
        }
        guard let condition = status.condition("Progressing"), condition.status else { return }
        let deadline = condition.updated + facts.progressDeadline
        if simulation.now >= deadline {
            status.set(
                "Progressing", false, "ProgressDeadlineExceeded", Symbol("\(name) has timed out progressing."),
                at: simulation.now)
        } else {
            simulation.requeue(DeploymentController.controllerName, key, after: deadline - simulation.now)
        }
    }

    private static func complete(_ name: String) -> Symbol { Symbol("\(name) has successfully progressed.") }
}
