extension Invariant {
    /// I1: no namespace stays Terminating.
    static let noStuckTermination = Invariant(
        "no-stuck-termination", .eventually,
        title: "A namespace that is deleted is gone within the bound",
        predicate: "stays Terminating",
        explainedBy: ["finalizers-served", "apiservices-available", "webhooks-reachable"],
        grace: .minutes(5),
        reads: [.subjects(.kind(.namespace))],
        page: Page(
            rule: """
                A namespace goes when everything in it is gone. An object with a finalizer that nobody clears, an \
                unreachable admission webhook on DELETE, or an aggregated API whose discovery fails keeps it \
                Terminating for ever (KEP-5080; recordings, family teardown).
                """,
            incident: "kubernetes/kubernetes#60807, argoproj/argo-events#1199: namespaces Terminating until patched.",
            symptom: "`kubectl get namespace` says Terminating; the conditions name what remains.",
            remedy: """
                Delete the objects with finalizers while the controller that clears them still runs and still watches \
                the namespace; delete the controller last. Once it is stuck: bring the controller back, or remove the \
                finalizers by hand and clean up what they guarded.
                """)
    ) { simulation, key in
        guard simulation.state[key].isDeleting else { return .holds }
        let conditions = simulation.state.status(key, as: NamespaceStatus.self)?.conditions ?? []
        var fingerprint = StableHash()
        for condition in conditions where condition.status { fingerprint.combine(condition.message.stableHash) }
        return .violated(
            Evidence(fingerprint: fingerprint.value) { simulation in explain(simulation, key) })
    }

    private static func explain(_ simulation: Simulation, _ key: ObjectKey) -> Explanation {
        let name = simulation.tables.name(key)
        let conditions = simulation.state.status(key, as: NamespaceStatus.self)?.conditions ?? []
        let reasons = conditions.filter(\.status).map(\.message.text)
        let blockers = simulation.objects(inNamespace: name).filter { !simulation.state[$0].finalizers.isEmpty }
        var explanation = Explanation(
            "namespace \(name) is Terminating" + (reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; ")),
            remedy: remedy(simulation, name, blockers))
        if let first = blockers.first {
            let body = simulation.tables.body(simulation.state[first].body)
            explanation.origin = body.value.origin
        }
        explanation.because = blockers
        if blockers.isEmpty {
            explanation.because =
                simulation.objects(of: .apiService)
                + simulation.objects(
                    of: .validatingWebhookConfiguration) + simulation.objects(of: .mutatingWebhookConfiguration)
        } else {
            explanation.theme = FinalizerTheme.text
        }
        explanation.cause = simulation.state[key].lastWrite
        return explanation
    }

    private static func remedy(_ simulation: Simulation, _ name: Symbol, _ blockers: [ObjectKey]) -> String {
        guard !blockers.isEmpty else {
            return "wait, or repair what the conditions of namespace \(name) name (webhooks on DELETE, APIServices)"
        }
        let list = blockers.prefix(5).map { blocker in
            let finalizers = simulation.tables.list(simulation.state[blocker].finalizers).map(\.text)
            return "\(simulation.tables.describe(blocker)) (\(finalizers.joined(separator: ", ")))"
        }
        return "keep the controller that clears the finalizers running and watching \(name) until these are gone, "
            + "or remove the finalizers: " + list.joined(separator: "; ")
    }
}
