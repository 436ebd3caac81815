/// Who would make a missing Secret, and why it has not: what an explanation of a missing Secret says.
enum SecretProducer {
    static func explain(
        _ simulation: Simulation, _ workload: ObjectKey, _ missing: [ClusterState.ReferenceLink]
    ) -> Explanation {
        let target = missing[0].target
        let name = simulation.tables.name(target)
        let namespace = simulation.tables.namespace(target)
        var message = "\(simulation.tables.describe(workload)): "
        if let volume = volume(simulation, workload, name) {
            message += "MountVolume.SetUp failed for volume \"\(volume)\" : secret \"\(name)\" not found"
        } else {
            message += "secret \"\(name)\" not found"
        }
        let theme = "nothing makes \(simulation.tables.describe(target))"
        guard let producer = producer(simulation, of: name, in: namespace) else {
            // What hooks or people make: of a webhook's server it is most likely the webhook's certificate.
            return Explanation(
                message,
                remedy: "nothing makes Secret \(namespace)/\(name): add its producer to namespace \(namespace)",
                because: Blame.webhooks(simulation, servedBy: workload), theme: theme)
        }
        let body = simulation.tables.body(simulation.state[producer].body)
        let description = simulation.tables.describe(producer)
        var explanation = Explanation(
            message + "; \(description) should make it and does not",
            remedy: "look at the conditions of \(description)",
            because: [producer] + Blame.references(simulation, of: producer), theme: theme)
        explanation.origin = body.value.origin
        if let path = body.value.at("spec", "path"), let pathText = path.text {
            let mount = body.value.at("spec", "mount")?.text ?? "secret"
            explanation.origin = path.origin
            explanation.message = message + "; \(description) reads Vault path \(mount)/\(pathText)"
            explanation.remedy =
                "write the value: vault kv put \(mount)/\(pathText) "
                + keys(simulation, of: target).map { "\($0)=…" }.joined(separator: " ")
            if let outage = outage(simulation, producer) {
                explanation.message += ", and Vault \(outage)"
                explanation.remedy = "bring Vault back before anything that needs a new Secret moves"
            }
        }
        explanation.cause = simulation.state[workload].lastWrite
        return explanation
    }

    /// What keeps the Vault server behind a VaultStaticSecret from serving, in words; nil where it serves.
    private static func outage(_ simulation: Simulation, _ producer: ObjectKey) -> String? {
        guard let address = VaultPath(simulation, producer)?.address,
            let vault = simulation.externals.vaults.first(where: { $0.address == address })
        else { return nil }
        switch vault.condition {
        case .serving: return nil
        case .sealed: return "\(address) is sealed"
        case .unreachable: return "\(address) does not answer"
        }
    }

    /// The custom resource whose `spec.destination.name`, `spec.secretName` or `spec.target.name` is that Secret.
    private static func producer(_ simulation: Simulation, of name: Symbol, in namespace: Symbol) -> ObjectKey? {
        simulation.objects(inNamespace: namespace).first { key in
            guard simulation.tables.isCustom(simulation.tables.kindID(key)) else { return false }
            let value = simulation.tables.body(simulation.state[key].body).value
            return value.at("spec", "destination", "name")?.symbol == name
                || value.at("spec", "secretName")?.symbol == name || value.at("spec", "target", "name")?.symbol == name
        }
    }

    private static func podSpec(_ simulation: Simulation, _ workload: ObjectKey) -> Value? {
        let value = simulation.tables.body(simulation.state[workload].body).value
        return value.at("spec", "template", "spec") ?? value["spec"]
    }

    private static func volume(_ simulation: Simulation, _ workload: ObjectKey, _ secret: Symbol) -> Symbol? {
        for volume in podSpec(simulation, workload)?["volumes"]?.elements ?? []
        where volume.at("secret", "secretName")?.symbol == secret {
            return volume["name"]?.symbol
        }
        return nil
    }

    /// The keys that everything that uses a Secret asks for.
    private static func keys(_ simulation: Simulation, of secret: ObjectKey) -> [String] {
        var users: [ObjectKey] = []
        simulation.state.forEachReferrer(of: secret) { if $0.type == .secret { users.append($0.source) } }
        users.sort { simulation.tables.describe($0) < simulation.tables.describe($1) }
        let name = simulation.tables.name(secret)
        var keys: [String] = []
        for key in users.flatMap({ self.keys(simulation, $0, name) }) where !keys.contains(key) { keys.append(key) }
        return keys.isEmpty ? ["KEY"] : keys
    }

    /// The keys of the Secret that the workload asks for.
    private static func keys(_ simulation: Simulation, _ workload: ObjectKey, _ secret: Symbol) -> [String] {
        var keys: [String] = []
        let spec = podSpec(simulation, workload)
        for volume in spec?["volumes"]?.elements ?? [] where volume.at("secret", "secretName")?.symbol == secret {
            for item in volume.at("secret", "items")?.elements ?? [] {
                if let key = item["key"]?.text { keys.append(key) }
            }
        }
        for container in spec?["containers"]?.elements ?? [] {
            for variable in container["env"]?.elements ?? []
            where variable.at("valueFrom", "secretKeyRef", "name")?.symbol == secret {
                if let key = variable.at("valueFrom", "secretKeyRef", "key")?.text { keys.append(key) }
            }
        }
        return keys
    }
}
