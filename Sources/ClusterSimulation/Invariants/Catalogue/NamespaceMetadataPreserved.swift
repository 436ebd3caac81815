extension Invariant {
    /// I16: what a namespace says about its Pods is said by the new one too.
    static let namespaceMetadataPreserved = Invariant(
        "namespace-metadata-preserved", .always,
        title: "The namespace that a workload moved to has the labels and quotas that mattered in the old one",
        predicate: "lacks what its old namespace gave it",
        grace: .minutes(5),
        reads: Departures.workloads.map { .subjects(.kind($0)) }
            + Departures.workloads.map { kind in
                .changes(of: .kind(kind), [.created, .removed]) { simulation, key, body in
                    simulation.forEachNamesake(of: key, body)
                }
            }
            + [
                .changes(of: .kind(.namespace), [.created, .labels]) { simulation, key, body in
                    for kind in Departures.workloads { simulation.forEach(kind, in: simulation.tables.name(key), body) }
                }
            ]
            + NamespaceSelectors.kinds.map { kind in
                .changes(of: .kind(kind), [.created, .body, .removed]) { simulation, _, body in
                    simulation.forEachMovedWorkload(body)
                }
            }
            + Departures.policies.map { kind in
                .changes(of: .kind(kind), [.created, .removed]) { simulation, _, body in
                    simulation.forEachMovedWorkload(body)
                }
            },
        page: Page(
            rule: """
                Labels of a namespace decide which Pods it admits (pod-security.kubernetes.io), which webhooks and \
                network policies see it (namespaceSelector); quotas and limit ranges decide how many. A namespace that \
                CreateNamespace=true makes has none of them unless managedNamespaceMetadata names them.
                """,
            incident: "argoproj/argo-cd#19674 and #7799: the new namespace had no pod-security labels.",
            symptom: """
                ReplicaFailure, `violates PodSecurity` or `exceeded quota`; or nothing at all: a webhook or network \
                policy that no longer selects the workload.
                """,
            remedy: "Carry the labels, ResourceQuotas and LimitRanges over before the workload moves.")
    ) { simulation, key in
        guard simulation.state.exists(key), !simulation.state[key].isDeleting else { return .notApplicable }
        if let refusal = refusal(simulation, key) { return refused(key, refusal) }
        guard let past = simulation.formerPlace(of: key) else { return .holds }
        let lost = lostLabels(simulation, key, past) + lostPolicies(simulation, key, past)
        if lost.isEmpty { return .holds }
        return .violated(
            Evidence(fingerprint: Symbol(lost.joined(separator: ", ")).stableHash) { simulation in
                let old = simulation.tables.namespace(past.key)
                let new = simulation.tables.namespaceKey(key)
                return Explanation(
                    "\(simulation.tables.describe(key)) moved from namespace \(old), and "
                        + "\(simulation.tables.describe(new)) lacks \(lost.joined(separator: ", "))",
                    remedy: "give namespace \(simulation.tables.name(new)) what \(old) had "
                        + "(managedNamespaceMetadata of the Application, or a Namespace manifest)",
                    origin: simulation.manifestOrigin(of: key))
            })
    }

    /// What the namespace has against the Pods of a workload now; nil where it admits them.
    private static func refusal(_ simulation: Simulation, _ key: ObjectKey) -> String? {
        if simulation.state[key].kind == .deployment {
            let failure = simulation.workloadState(key).condition("ReplicaFailure")
            return failure.flatMap { $0.status ? $0.message.text : nil }
        }
        guard let facts = simulation.facts(key, WorkloadFacts.self) else { return nil }
        do throws(APIError) {
            try simulation.admitPodSecurity(PodControl.draft(simulation, for: key, facts))
            return nil
        } catch {
            return error.message
        }
    }

    private static func refused(_ key: ObjectKey, _ refusal: String) -> Finding {
        .violated(
            Evidence(fingerprint: Symbol(refusal).stableHash) { simulation in
                Explanation(
                    "namespace \(simulation.tables.namespace(key)) refuses the Pods of "
                        + "\(simulation.tables.describe(key)): \(refusal)",
                    remedy: "change the labels or quotas of namespace \(simulation.tables.namespace(key)), or the Pods",
                    origin: simulation.facts(key, WorkloadFacts.self)?.templateValue.origin ?? .none)
            })
    }

    /// Labels of the old namespace that somebody reads and that the new one has not, or has otherwise.
    private static func lostLabels(
        _ simulation: Simulation, _ key: ObjectKey, _ past: Departures.Entry
    ) -> [String] {
        let labels = simulation.tables.map(simulation.state[simulation.tables.namespaceKey(key)].labels)
        let old = simulation.tables.map(past.namespaceLabels)
        return old.entries.compactMap { entry in
            guard labels[entry.key] != entry.value, entry.key != "kubernetes.io/metadata.name" else { return nil }
            let isRead =
                entry.key.text.hasPrefix("pod-security.kubernetes.io/")
                || NamespaceSelectors.read(simulation, entry.key)
            return isRead ? "label \(entry.key)=\(entry.value)" : nil
        }
    }

    /// Kinds of quota that the old namespace had and the new one has not.
    private static func lostPolicies(
        _ simulation: Simulation, _ key: ObjectKey, _ past: Departures.Entry
    ) -> [String] {
        let old = simulation.tables.namespace(past.key)
        let new = simulation.tables.namespace(key)
        return Departures.policies.compactMap { kind in
            if !simulation.objects(of: kind, in: new).isEmpty { return nil }
            let living = simulation.objects(of: kind, in: old).map { simulation.tables.name($0) }
            let gone = simulation.monitor.departures.policies(kind, in: old)
            guard let name = living.first ?? gone.first else { return nil }
            return "a \(simulation.tables.kind(kind).kind) (\(old) had \(name))"
        }
    }
}

/// Who selects namespaces by their labels.
enum NamespaceSelectors {
    static let kinds: [KindID] = [.validatingWebhookConfiguration, .mutatingWebhookConfiguration, .networkPolicy]

    /// Whether a webhook or network policy selects namespaces by a label.
    static func read(_ simulation: Simulation, _ label: Symbol) -> Bool {
        var isRead = false
        for kind in kinds.prefix(2) {
            simulation.forEach(kind) { key in
                let webhooks = simulation.facts(key, WebhookFacts.self)?.webhooks ?? []
                if webhooks.contains(where: { names($0.namespaceSelector, label) }) { isRead = true }
            }
        }
        simulation.forEach(.networkPolicy) { key in
            let spec = simulation.tables.body(simulation.state[key].body).value["spec"] ?? nil
            for (rules, peers) in [("ingress", "from"), ("egress", "to")] as [(Symbol, Symbol)] {
                for rule in spec[rules]?.elements ?? [] {
                    for peer in rule[peers]?.elements ?? [] {
                        guard let selector = peer["namespaceSelector"] else { continue }
                        if names(LabelSelector(selector), label) { isRead = true }
                    }
                }
            }
        }
        return isRead
    }

    private static func names(_ selector: LabelSelector, _ label: Symbol) -> Bool {
        selector.requirements.contains { $0.key == label }
    }
}
