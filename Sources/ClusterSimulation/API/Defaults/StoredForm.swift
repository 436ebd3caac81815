/// A body in the form in which the API server keeps and returns it: defaults filled in, unknown fields left out.
///
/// The simulation keeps bodies as they were written, with their places in files; the controllers know the defaults.
/// This form is made for whoever reads an object or patches it. What a table of fields says is not repeated here: only
/// defaults that depend on other fields. Source: `pkg/apis/*/v1/defaults.go` and `pkg/registry` of Kubernetes 1.36.
enum StoredForm {
    static func of(_ body: Value, _ kind: KindID) -> Value {
        var body = body
        switch kind {
        case .deployment: fillRollingUpdate(&body, "strategy")
        case .daemonSet, .statefulSet: fillRollingUpdate(&body, "updateStrategy")
        case .job: body.change("spec", fillJob)
        case .service: body.change("spec", ServiceDefaults.fill)
        case .roleBinding, .clusterRoleBinding: fillBinding(&body)
        case .networkPolicy: body.change("spec", fillNetworkPolicy)
        case .limitRange: body.change("spec") { $0.changeElements("limits", fillLimits) }
        case .persistentVolume:
            body.change("spec") { spec in
                spec.fill("persistentVolumeReclaimPolicy", "Retain")
                spec.fill("volumeMode", "Filesystem")
            }
        case .horizontalPodAutoscaler: body.change("spec") { $0.fill("minReplicas", 1) }
        default: break
        }
        guard let type = GoTables.bodies[kind] else { return body }
        return GoDefaults.filled(body, as: type)
    }

    private static func fillRollingUpdate(_ body: inout Value, _ field: Symbol) {
        body.change("spec") { spec in
            spec.change(field) { strategy in
                let type = strategy["type"]?.symbol ?? .empty
                if type.isEmpty || type == "RollingUpdate" { strategy.fill("rollingUpdate", Value(.object([]))) }
            }
        }
    }

    private static func fillJob(_ spec: inout Value) {
        if !spec.has("completions"), !spec.has("parallelism") { spec.fill("completions", 1) }
        spec.fill("parallelism", 1)
        spec.fill("backoffLimit", spec.has("backoffLimitPerIndex") ? .integer(Int(Int32.max)) : 6)
        spec.fill("completionMode", "NonIndexed")
        spec.fill("suspend", false)
        spec.fill("podReplacementPolicy", spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed")
    }

    private static func fillBinding(_ body: inout Value) {
        let group: Value = "rbac.authorization.k8s.io"
        body.change("roleRef") { if $0["apiGroup"]?.symbol ?? .empty == .empty { $0["apiGroup"] = group } }
        body.changeElements("subjects") { subject in
            let kind = subject["kind"]?.symbol
            guard kind == "User" || kind == "Group", subject["apiGroup"]?.symbol ?? .empty == .empty else { return }
            subject["apiGroup"] = group
        }
    }

    private static func fillNetworkPolicy(_ spec: inout Value) {
        let hasEgress = !(spec["egress"]?.elements.isEmpty ?? true)
        if spec["policyTypes"]?.elements.isEmpty ?? true {
            spec["policyTypes"] = hasEgress ? ["Ingress", "Egress"] : ["Ingress"]
        }
    }

    /// A container's limit is its maximum, its request its limit or the minimum, where the range says nothing else.
    private static func fillLimits(_ item: inout Value) {
        guard item["type"]?.symbol == "Container" else { return }
        func inherit(_ field: Symbol, from other: Symbol) {
            for entry in item[other]?.fields ?? [] { item.change(field) { $0.fill(entry.key, entry.value) } }
        }
        inherit("default", from: "max")
        inherit("defaultRequest", from: "default")
        inherit("defaultRequest", from: "min")
    }
}

/// What a Service has without saying so. Source: `SetDefaults_Service` and the Service registry of Kubernetes 1.36.
enum ServiceDefaults {
    static func fill(_ spec: inout Value) {
        let named = spec["type"]?.symbol ?? .empty
        let type: Symbol = named.isEmpty ? "ClusterIP" : named
        spec.changeElements("ports") { port in
            let target = port["targetPort"]
            if target?.integer ?? 0 == 0, target?.symbol ?? .empty == .empty { port["targetPort"] = port["port"] }
        }
        if spec["sessionAffinity"]?.symbol == "ClientIP" {
            spec.change("sessionAffinityConfig") { $0.fill("clientIP", Value(.object([]))) }
        }
        if type == "ExternalName" {
            // What belongs to an address goes with it.
            for field in ["ipFamilies", "ipFamilyPolicy"] as [Symbol] { spec[field] = nil }
        } else {
            fillAddress(&spec)
        }
        if type == "NodePort" || type == "LoadBalancer" { spec.fill("externalTrafficPolicy", "Cluster") }
        if type == "LoadBalancer" { spec.fill("allocateLoadBalancerNodePorts", true) }
    }

    private static func fillAddress(_ spec: inout Value) {
        spec.fill("internalTrafficPolicy", "Cluster")
        let address = spec["clusterIP"]?.symbol ?? .empty
        if !address.isEmpty { spec.fill("clusterIPs", [Value(address)]) }
        let isOpen = address == "None" && (spec["selector"]?.fields.isEmpty ?? true)
        spec.fill("ipFamilyPolicy", isOpen ? "RequireDualStack" : "SingleStack")
        spec.fill("ipFamilies", address.text.contains(":") ? ["IPv6"] : isOpen ? ["IPv4", "IPv6"] : ["IPv4"])
    }
}

extension Value {
    /// Whether an object has a field that is not null.
    fileprivate func has(_ key: Symbol) -> Bool { self[key].map { !$0.isNull } ?? false }

    /// Sets a field where there is none.
    fileprivate mutating func fill(_ key: Symbol, _ value: Value) {
        if !has(key) { self[key] = value }
    }

    /// Changes what stands in a field: an empty object where nothing does. Anything but an object stays as it is.
    fileprivate mutating func change(_ key: Symbol, _ body: (inout Value) -> Void) {
        var value = has(key) ? self[key] ?? Value(.object([])) : Value(.object([]))
        guard case .object = value.content else { return }
        body(&value)
        self[key] = value
    }

    /// Changes every object of a list.
    fileprivate mutating func changeElements(_ key: Symbol, _ body: (inout Value) -> Void) {
        guard let list = self[key], case .array(var elements) = list.content else { return }
        for index in elements.indices {
            if case .object = elements[index].content { body(&elements[index]) }
        }
        self[key] = Value(.array(elements), list.origin)
    }
}
