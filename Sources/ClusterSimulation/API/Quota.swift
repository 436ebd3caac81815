/// The ResourceQuota admission plugin. Source: recordings, family quota; "Resource Quotas"; the evaluators of
/// Kubernetes' quota package.
///
/// Usage is counted when it is asked for: counts of objects from the buckets, requests and limits from the Pods of the
/// namespace. Quotas with scopes are not modelled and refuse nothing.
extension Simulation {
    /// Refuses a new object, or a change that needs more, for which a quota of its namespace has no room.
    mutating func admitQuota(_ draft: ObjectDraft, _ key: ObjectKey, replacing old: ObjectDraft? = nil) throws(APIError)
    {
        // What a change can need more of: node ports, load balancers, storage.
        guard old == nil || draft.kind == .service || draft.kind == .persistentVolumeClaim else { return }
        guard !memory.quotas.isEmpty, !draft.namespace.isEmpty else { return }
        let quotas = memory.quotas.keys(in: draft.namespace)
        let kind = self.kind(draft.kind)
        for quota in quotas.sorted(by: { tables.name($0).precedes(tables.name($1)) }) {
            guard let hard = hardLimits(of: quota) else { continue }
            let name = tables.name(quota)
            let missing = old == nil ? unspecified(draft, hard.map(\.key)) : []
            if !missing.isEmpty {
                throw APIError.forbidden(
                    kind, draft.name, "failed quota: \(name): must specify \(missing.joined(separator: "; "))")
            }
            var requested: [String] = []
            var used: [String] = []
            var limited: [String] = []
            for field in hard {
                guard let most = Quantity(field.value), var wanted = usage(of: draft, field.key) else { continue }
                if let old { wanted = wanted - (usage(of: old, field.key) ?? .zero) }
                if wanted <= .zero { continue }
                let present = keptUsage(of: field.key, in: draft.namespace)
                guard present + wanted > most else { continue }
                requested.append("\(field.key)=\(wanted.text)")
                used.append("\(field.key)=\(present.text)")
                limited.append("\(field.key)=\(most.text)")
            }
            if requested.isEmpty { continue }
            throw APIError.forbidden(
                kind, draft.name,
                "exceeded quota: \(name), requested: \(requested.joined(separator: ",")), "
                    + "used: \(used.joined(separator: ",")), limited: \(limited.joined(separator: ","))")
        }
    }

    /// `spec.hard` of a quota, sorted by resource; nil for one with scopes.
    func hardLimits(of quota: ObjectKey) -> [Field]? {
        let spec = tables.body(state[quota].body).value["spec"]
        if spec?["scopes"] != nil || spec?["scopeSelector"] != nil { return nil }
        return (spec?["hard"]?.fields ?? []).sorted { $0.key.precedes($1.key) }
    }

    /// How much of a quota's resource a namespace uses now: `pods`, `count/deployments.apps`, `requests.cpu`, …
    package func usage(of resource: Symbol, in namespace: Symbol) -> Quantity {
        let counts = counted(resource)
        // Pods that have ended count as objects, and take nothing else.
        if let counts, counts != .pod || resource != "pods" {
            return Quantity(state.count(inBucket: tables.bucket(counts, namespace)) + uncountedMaps(counts, namespace))
        }
        if let kept = memory.quotas.usage.sum(of: resource, in: namespace) { return kept }
        let kind: KindID = isService(resource) ? .service : Self.isStorage(resource) ? .persistentVolumeClaim : .pod
        var sum = Quantity.zero
        forEach(kind, in: namespace) { key in
            if kind == .pod, isFinished(pod: key) { return }
            sum = sum + (usage(of: draft(of: key), resource) ?? .zero)
        }
        return sum
    }

    /// A quota counts one ConfigMap more than a namespace shows: two in a new one, which has `kube-root-ca.crt` alone.
    /// Source: recordings of Kubernetes 1.36, family quota, every trace with such a quota; why is not known.
    private func uncountedMaps(_ kind: KindID, _ namespace: Symbol) -> Int {
        kind == .configMap && state.exists(tables.key(.configMap, namespace, "kube-root-ca.crt")) ? 1 : 0
    }

    /// As `usage(of:in:)`, and what Pods take is kept for the next that asks.
    private mutating func keptUsage(of resource: Symbol, in namespace: Symbol) -> Quantity {
        if let sum = memory.quotas.usage.sum(of: resource, in: namespace) { return sum }
        let sum = usage(of: resource, in: namespace)
        if isTakenByPods(resource) { memory.quotas.usage.keep(sum, of: resource, in: namespace) }
        return sum
    }

    private func isTakenByPods(_ resource: Symbol) -> Bool {
        if let counts = counted(resource) { return counts == .pod && resource == "pods" }
        return !isService(resource) && !Self.isStorage(resource)
    }

    func isFinished(pod: ObjectKey) -> Bool {
        if let status = state.status(pod, as: PodStatus.self) { return status.state.phase.isTerminal }
        let phase = state.status(pod)?.document["phase"]?.symbol
        return phase == "Succeeded" || phase == "Failed"
    }

    /// The kind whose objects a resource counts; nil for amounts.
    private func counted(_ resource: Symbol) -> KindID? {
        let text = resource.text
        let isExplicit = text.hasPrefix("count/")
        let name = isExplicit ? text.dropFirst(6) : text[...]
        if !isExplicit, !Self.countedByName.contains(resource) { return nil }
        let parts = name.split(separator: ".", maxSplits: 1)
        guard let plural = parts.first else { return nil }
        return kindID(group: parts.count == 2 ? Symbol(parts[1]) : .empty, plural: Symbol(plural))
    }

    private static let countedByName: [Symbol] = [
        "pods", "services", "secrets", "configmaps", "persistentvolumeclaims", "replicationcontrollers",
        "resourcequotas",
    ]

    private static func isStorage(_ resource: Symbol) -> Bool { resource == "requests.storage" }

    private func isService(_ resource: Symbol) -> Bool {
        resource == "services.nodeports" || resource == "services.loadbalancers"
    }

    /// How many node ports or load balancers a Service takes.
    private func usage(ofService body: Value, _ resource: Symbol) -> Quantity {
        let spec = body["spec"] ?? nil
        let type = spec["type"]?.symbol
        if resource == "services.loadbalancers" { return Quantity(type == "LoadBalancer" ? 1 : 0) }
        let ports = spec["ports"]?.elements ?? []
        switch type {
        case "LoadBalancer" where spec["allocateLoadBalancerNodePorts"]?.boolean == false:
            return Quantity(ports.count { ($0["nodePort"]?.integer ?? 0) != 0 })
        case "NodePort", "LoadBalancer": return Quantity(ports.count)
        default: return .zero
        }
    }

    /// How much of a resource one object uses; nil where it uses none of that kind.
    func usage(of draft: ObjectDraft, _ resource: Symbol) -> Quantity? {
        if let kind = counted(resource) { return kind == draft.kind ? Quantity(1) : nil }
        let body = tables.body(draft.body).value
        if isService(resource) { return draft.kind == .service ? usage(ofService: body, resource) : nil }
        if Self.isStorage(resource) {
            guard draft.kind == .persistentVolumeClaim else { return nil }
            return body.at("spec", "resources", "requests", "storage").flatMap { Quantity($0) }
        }
        guard draft.kind == .pod, let (part, name) = Self.amount(resource) else { return nil }
        var sum = Quantity.zero
        for container in body.at("spec", "containers")?.elements ?? [] {
            sum = sum + (Self.amount(container, part, name) ?? .zero)
        }
        for container in body.at("spec", "initContainers")?.elements ?? [] {
            sum = max(sum, Self.amount(container, part, name) ?? .zero)
        }
        return sum
    }

    /// `requests.cpu`, and `cpu` for short, taken apart.
    private static func amount(_ resource: Symbol) -> (part: Symbol, name: Symbol)? {
        let text = resource.text
        for part in ["requests", "limits"] where text.hasPrefix("\(part).") {
            return (Symbol(part), Symbol(text.dropFirst(part.count + 1)))
        }
        return ["cpu", "memory", "ephemeral-storage"].contains(text) ? ("requests", resource) : nil
    }

    private static func amount(_ container: Value, _ part: Symbol, _ name: Symbol) -> Quantity? {
        // A limit without a request is the request too.
        let resources = container["resources"]
        let value = resources?[part]?[name] ?? (part == "requests" ? resources?["limits"]?[name] : nil)
        return value.flatMap { Quantity($0) }
    }

    /// The amounts that a quota limits and a Pod's containers leave open, as the refusal names them.
    private func unspecified(_ draft: ObjectDraft, _ resources: [Symbol]) -> [String] {
        guard draft.kind == .pod else { return [] }
        let spec = tables.body(draft.body).value["spec"] ?? nil
        let containers = (spec["containers"]?.elements ?? []) + (spec["initContainers"]?.elements ?? [])
        return resources.compactMap { resource in
            guard let (part, name) = Self.amount(resource), name == "cpu" || name == "memory" else { return nil }
            let open = containers.filter { Self.amount($0, part, name) == nil }.map { $0["name"]?.text ?? "" }
            return open.isEmpty ? nil : "\(resource) for: \(open.sorted().joined(separator: ","))"
        }
    }
}
