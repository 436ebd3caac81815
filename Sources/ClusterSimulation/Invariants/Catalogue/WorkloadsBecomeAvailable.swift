extension Invariant {
    /// Part of I23: every workload gets its Pods ready.
    static let workloadsBecomeAvailable = Invariant(
        "workloads-become-available", .eventually,
        title: "Every Deployment, StatefulSet and DaemonSet has its Pods ready within the bound",
        predicate: "is not available",
        explainedBy: [
            "parameters-parse", "image-namespace-matches", "secrets-materialise", "namespace-metadata-preserved",
            "references-resolve", "workloads-become-available",
        ],
        grace: .minutes(10),
        reads: Departures.workloads.map { .subjects(.kind($0)) } + [
            .changes(of: .kind(.pod), [.created, .status, .deleting, .removed]) { simulation, pod, body in
                if let workload = WorkloadPods.workload(simulation, of: pod) { body(workload) }
            }
        ],
        page: Page(
            rule: """
                A workload that asks for Pods is available when that many are ready; a rollout ends when they have its \
                newest template. `progressDeadlineSeconds`, ten minutes, is what Kubernetes itself waits.
                """,
            incident: """
                After a consolidation a Pod stayed in Init:0/1 because nothing had written one Vault path, and another \
                in CrashLoopBackOff because its image looked into a namespace that was gone.
                """,
            symptom: "`kubectl get pods` says CrashLoopBackOff, Init:0/1, ImagePullBackOff or Pending.",
            remedy: "Repair what the Pod's message names; a Secret, ConfigMap or claim has to move first.")
    ) { simulation, key in
        guard simulation.state.exists(key), !simulation.state[key].isDeleting,
            let facts = simulation.facts(key, WorkloadFacts.self)
        else { return .notApplicable }
        let state = simulation.workloadState(key)
        let wanted = simulation.state[key].kind == .daemonSet ? state.desired : facts.replicas
        let isRolledOut = simulation.state[key].kind != .deployment || facts.isPaused || state.updated >= wanted
        if state.ready >= wanted, isRolledOut { return .holds }
        let pod = WorkloadPods.blocked(simulation, of: key)
        var fingerprint = StableHash()
        if let pod { WorkloadPods.combine(simulation, pod, into: &fingerprint) }
        let failure = state.condition("ReplicaFailure")
        fingerprint.combine(failure?.message.stableHash ?? 0)
        let isUnderWay = failure == nil && !(pod.map { WorkloadPods.hasError(simulation, $0) } ?? false)
        return .violated(
            Evidence(fingerprint: fingerprint.value, isWeak: isUnderWay) { simulation in
                explain(simulation, key, pod, wanted: wanted)
            })
    }

    private static func explain(
        _ simulation: Simulation, _ key: ObjectKey, _ pod: ObjectKey?, wanted: Int
    ) -> Explanation {
        let state = simulation.workloadState(key)
        var message = "\(simulation.tables.describe(key)) has \(state.ready) of \(wanted) Pods ready"
        let template = simulation.facts(key, WorkloadFacts.self)?.templateValue ?? nil
        var explanation = Explanation("", remedy: "look at the events of \(simulation.tables.describe(key))")
        explanation.origin = template.origin
        if let failure = state.condition("ReplicaFailure"), failure.status {
            message += ": \(failure.message)"
            explanation.remedy = "make its namespace admit the Pods: see the message"
        } else if let pod {
            let row = simulation.podRow(of: pod)
            message += ": Pod \(row.name) is \(row.status)" + (row.message.isEmpty ? "" : ": \(row.message)")
            explanation.remedy = remedy(row)
            if let registry = simulation.unavailableRegistry(of: pod) {
                explanation.remedy = "registry \(registry) does not answer: bring it back, or give the nodes the image"
            }
            if let missing = missingReference(simulation, key) {
                explanation.origin = Dangling.origin(simulation, of: key, to: missing)
                explanation.remedy = "make \(simulation.tables.describe(missing.target)) before the Pods that need it"
            }
        }
        if explanation.origin.isNone, let owner = simulation.controllerOwner(key)?.owner {
            explanation.origin = simulation.manifestOrigin(of: owner)
        }
        explanation.message = message
        explanation.because = Blame.behind(simulation, workload: key)
        return explanation
    }

    /// The first object that the Pods cannot do without and that is not there.
    private static func missingReference(_ simulation: Simulation, _ key: ObjectKey) -> ClusterState.ReferenceLink? {
        var missing: ClusterState.ReferenceLink?
        simulation.state.forEachReference(of: key) { link in
            guard [.secret, .configMap, .persistentVolumeClaim].contains(link.type), !link.isOptional else { return }
            if !simulation.state.exists(link.target) { missing = link }
        }
        return missing
    }

    private static func remedy(_ row: PodRow) -> String {
        switch row.status {
        case let status where status.contains("ImagePull"): "give the Pod a pull secret for the image, in its namespace"
        case let status where status.contains("CrashLoopBackOff") || status.contains("Error"):
            "repair what the process complains about: kubectl logs -n \(row.namespace) \(row.name) --previous"
        case "Pending": "give the scheduler a node that the Pod fits on"
        default: "kubectl describe pod -n \(row.namespace) \(row.name)"
        }
    }
}
