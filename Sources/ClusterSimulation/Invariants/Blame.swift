/// Finding the objects whose trouble may be behind another object's: what an explanation names as `because`.
enum Blame {
    /// The objects, each followed by the workloads that it owns: what a custom resource stands for runs in these.
    static func withWorkloads(_ simulation: Simulation, _ keys: [ObjectKey]) -> [ObjectKey] {
        var found: [ObjectKey] = []
        var seen: Set<ObjectKey> = []
        for key in keys {
            for other in [key] + workloads(simulation, ownedBy: key) where seen.insert(other).inserted {
                found.append(other)
            }
        }
        return found
    }

    /// What an object refers to, with the workloads that these own.
    static func references(_ simulation: Simulation, of key: ObjectKey) -> [ObjectKey] {
        var targets: [ObjectKey] = []
        simulation.state.forEachReference(of: key) { link in
            if link.type != .owner, link.target != key { targets.append(link.target) }
        }
        targets.sort { simulation.tables.describe($0) < simulation.tables.describe($1) }
        return withWorkloads(simulation, targets)
    }

    /// A workload's owner with what that refers to, then what the workload itself refers to.
    static func behind(_ simulation: Simulation, workload key: ObjectKey) -> [ObjectKey] {
        var found: [ObjectKey] = []
        if let owner = simulation.controllerOwner(key)?.owner {
            found = [owner] + references(simulation, of: owner)
        }
        return (found + references(simulation, of: key)).filter { $0 != key }
    }

    /// A Service and the workloads whose Pods it selects.
    static func behind(_ simulation: Simulation, service key: ObjectKey) -> [ObjectKey] {
        guard let selector = simulation.facts(key, ServiceFacts.self)?.selector, !selector.isEmpty else { return [key] }
        var found = [key]
        for kind in Departures.workloads {
            simulation.forEach(kind, in: simulation.tables.namespace(key)) { workload in
                guard let facts = simulation.facts(workload, WorkloadFacts.self) else { return }
                let labels = simulation.tables.map(facts.templateLabels)
                if selector.allSatisfy({ labels[$0.key] == $0.value }) { found.append(workload) }
            }
        }
        return found
    }

    /// The webhook configurations whose webhook a refusal names: `failed calling webhook "x"`.
    static func webhooks(_ simulation: Simulation, namedIn message: Symbol) -> [ObjectKey] {
        let parts = message.text.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].hasSuffix("webhook ") else { return [] }
        return webhookConfigurations(simulation) { $0.name.text == parts[1] }
    }

    /// The webhook configurations that call a Service whose Pods a workload runs.
    static func webhooks(_ simulation: Simulation, servedBy workload: ObjectKey) -> [ObjectKey] {
        let namespace = simulation.tables.namespace(workload)
        return webhookConfigurations(simulation) { webhook in
            guard let service = webhook.service, service.namespace == namespace else { return false }
            let key = simulation.tables.key(.service, service.namespace, service.name)
            return behind(simulation, service: key).contains(workload)
        }
    }

    private static func webhookConfigurations(
        _ simulation: Simulation, where isMeant: (Webhook) -> Bool
    ) -> [ObjectKey] {
        var found: [ObjectKey] = []
        for kind in [.validatingWebhookConfiguration, .mutatingWebhookConfiguration] as [KindID] {
            simulation.forEach(kind) { key in
                if simulation.facts(key, WebhookFacts.self)?.webhooks.contains(where: isMeant) ?? false {
                    found.append(key)
                }
            }
        }
        return found
    }

    private static func workloads(_ simulation: Simulation, ownedBy key: ObjectKey) -> [ObjectKey] {
        guard simulation.state.exists(key) else { return [] }
        return Departures.workloads.flatMap { simulation.dependents(of: key, kind: $0) }
    }
}

extension Applications {
    /// The objects for which an Application is not Synced and Healthy: what its sync could not write and the webhooks
    /// that refused it, then what is missing, unwell or different, then what waits to be pruned.
    static func troubled(_ simulation: Simulation, _ state: ApplicationState) -> [ObjectKey] {
        var keys: [ObjectKey] = []
        for result in state.operation?.results ?? [] where result.phase == .failed || result.phase == .error {
            keys.append(result.key)
            keys += Blame.webhooks(simulation, namedIn: result.message)
            let namespace = simulation.tables.namespaceKey(result.key)
            if !namespace.isNone { keys.append(namespace) }
        }
        keys += state.resources.filter { !($0.health ?? .healthy <= .suspended) }.map(\.key)
        keys += state.resources.filter { $0.sync == .outOfSync && !$0.requiresPruning }.map(\.key)
        keys += state.resources.filter(\.requiresPruning).map(\.key)
        return Blame.withWorkloads(simulation, keys)
    }
}
