/// Pod Security admission: the level that the namespace's label enforces. Source: recordings, family quota; "Pod
/// Security Standards".
extension Simulation {
    /// Refuses a Pod that the enforced level forbids.
    func admitPodSecurity(_ draft: ObjectDraft) throws(APIError) {
        guard draft.kind == .pod else { return }
        let labels = tables.map(state[tables.key(.namespace, .empty, draft.namespace)].labels)
        guard let level = labels["pod-security.kubernetes.io/enforce"] else { return }
        guard level == "baseline" || level == "restricted" else { return }
        let memo = tables.memo.store(PodSecurityMemo.self, make: PodSecurityMemo.init)
        let violations = memo.violations(draft.body, restricted: level == "restricted", tables)
        if violations.isEmpty { return }
        let version = labels["pod-security.kubernetes.io/enforce-version"] ?? "latest"
        throw APIError.forbidden(
            self.kind(.pod), draft.name,
            "violates PodSecurity \"\(level):\(version)\": \(violations.joined(separator: ", "))")
    }
}

/// Violations by body and level.
private final class PodSecurityMemo {
    private var answers: [UInt64: [String]] = [:]

    func violations(_ body: BodyID, restricted: Bool, _ tables: ClusterTables) -> [String] {
        let question = UInt64(body.index) << 1 | (restricted ? 1 : 0)
        if let answer = answers[question] { return answer }
        let spec = tables.body(body).value["spec"] ?? Value(.object([]))
        let answer = PodSecurityChecks(spec: spec).violations(restricted: restricted)
        answers[question] = answer
        return answer
    }
}

/// The checks of the Pod Security Standards that depend on the pod spec, in the order of their reports.
struct PodSecurityChecks {
    private let spec: Value
    private let containers: [Value]

    init(spec: Value) {
        self.spec = spec
        containers = ["initContainers", "containers", "ephemeralContainers"].flatMap { (field: Symbol) in
            spec[field]?.elements ?? []
        }
    }

    /// What a level has against the Pod; `restricted` includes what baseline forbids.
    func violations(restricted: Bool) -> [String] {
        let volumes = restricted ? restrictedVolumes : hostPathVolumes
        let baseline = [
            restricted ? nil : addedCapabilities, hostNamespaces, restricted ? nil : hostPathVolumes, hostPorts,
            privileged, procMount, restricted ? nil : unconfined,
        ]
        if !restricted { return baseline.compactMap { $0 } }
        let strict = [privilegeEscalation, keptCapabilities, volumes, runAsNonRoot, runAsRoot, seccompProfile]
        return (baseline + strict).compactMap { $0 }
    }

    // MARK: Words

    private func names(_ containers: [Value]) -> String {
        containers.map { ($0["name"]?.text ?? "").quoted }.joined(separator: ", ")
    }

    private func subject(_ containers: [Value]) -> String {
        "\(containers.count == 1 ? "container" : "containers") \(names(containers))"
    }

    private func security(_ value: Value, _ field: Symbol) -> Value? { value["securityContext"]?[field] }

    // MARK: Baseline

    private var hostNamespaces: String? {
        let set = (["hostNetwork", "hostPID", "hostIPC"] as [Symbol]).filter { spec[$0]?.boolean == true }
        return set.isEmpty ? nil : "host namespaces (\(set.map { "\($0)=true" }.joined(separator: ", ")))"
    }

    private var hostPathVolumes: String? {
        let names = (spec["volumes"]?.elements ?? []).filter { $0["hostPath"] != nil }
            .map { ($0["name"]?.text ?? "").quoted }
        guard !names.isEmpty else { return nil }
        return "hostPath volumes (\(names.count == 1 ? "volume" : "volumes") \(names.joined(separator: ", ")))"
    }

    private var hostPorts: String? {
        let bad = containers.filter { ($0["ports"]?.elements ?? []).contains { $0["hostPort"]?.integer ?? 0 != 0 } }
        guard !bad.isEmpty else { return nil }
        var ports: [Int] = []
        for port in bad.flatMap({ $0["ports"]?.elements ?? [] }).compactMap({ $0["hostPort"]?.integer })
        where port != 0 && !ports.contains(port) { ports.append(port) }
        let list = ports.sorted().map { "\($0)" }.joined(separator: ", ")
        let verb = bad.count == 1 ? "uses" : "use"
        return "hostPort (\(subject(bad)) \(verb) \(ports.count == 1 ? "hostPort" : "hostPorts") \(list))"
    }

    private var privileged: String? {
        let bad = containers.filter { security($0, "privileged")?.boolean == true }
        return bad.isEmpty ? nil : "privileged (\(subject(bad)) must not set securityContext.privileged=true)"
    }

    private var procMount: String? {
        let bad = containers.filter { security($0, "procMount")?.symbol.map { $0 != "Default" } ?? false }
        return bad.isEmpty ? nil : "procMount (\(subject(bad)) must not set securityContext.procMount to \"Unmasked\")"
    }

    /// The capabilities that baseline lets a container add.
    private static let defaultCapabilities: [Symbol] = [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
        "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ]

    private func adding(_ allowed: [Symbol]) -> String? {
        let bad = containers.filter { added($0).contains { !allowed.contains($0) } }
        guard !bad.isEmpty else { return nil }
        var names: [String] = []
        for name in bad.flatMap(added) where !allowed.contains(name) && !names.contains(name.text.quoted) {
            names.append(name.text.quoted)
        }
        return "\(subject(bad)) must not include \(names.sorted().joined(separator: ", ")) in "
            + "securityContext.capabilities.add"
    }

    private func added(_ container: Value) -> [Symbol] {
        security(container, "capabilities")?["add"]?.symbols ?? []
    }

    private var addedCapabilities: String? {
        adding(Self.defaultCapabilities).map { "non-default capabilities (\($0))" }
    }

    private var unconfined: String? {
        let profile = security(spec, "seccompProfile")?["type"]?.symbol
        let bad = containers.filter { security($0, "seccompProfile")?["type"]?.symbol == "Unconfined" }
        var subjects = profile == "Unconfined" ? ["pod"] : []
        if !bad.isEmpty { subjects.append(subject(bad)) }
        guard !subjects.isEmpty else { return nil }
        return "seccompProfile (\(subjects.joined(separator: " and ")) must not set "
            + "securityContext.seccompProfile.type to \"Unconfined\")"
    }

    // MARK: Restricted

    private var privilegeEscalation: String? {
        let bad = containers.filter { security($0, "allowPrivilegeEscalation")?.boolean != false }
        guard !bad.isEmpty else { return nil }
        return "allowPrivilegeEscalation != false (\(subject(bad)) must set "
            + "securityContext.allowPrivilegeEscalation=false)"
    }

    private var keptCapabilities: String? {
        let keeping = containers.filter {
            !(security($0, "capabilities")?["drop"]?.symbols.contains("ALL") ?? false)
        }
        var parts: [String] = []
        if !keeping.isEmpty { parts.append("\(subject(keeping)) must set securityContext.capabilities.drop=[\"ALL\"]") }
        if let adding = adding(["NET_BIND_SERVICE"]) { parts.append(adding) }
        return parts.isEmpty ? nil : "unrestricted capabilities (\(parts.joined(separator: "; ")))"
    }

    private static let allowedVolumes: [Symbol] = [
        "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret",
    ]

    private var restrictedVolumes: String? {
        var names: [String] = []
        var types: [String] = []
        for volume in spec["volumes"]?.elements ?? [] {
            guard let type = volume.fields.first(where: { $0.key != "name" })?.key,
                !Self.allowedVolumes.contains(type)
            else { continue }
            names.append((volume["name"]?.text ?? "").quoted)
            if !types.contains(type.text.quoted) { types.append(type.text.quoted) }
        }
        guard !names.isEmpty else { return nil }
        let subject = names.count == 1 ? "volume \(names[0]) uses" : "volumes \(names.joined(separator: ", ")) use"
        let list = types.sorted().joined(separator: ", ")
        return "restricted volume types (\(subject) restricted volume \(types.count == 1 ? "type" : "types") \(list))"
    }

    private var runAsNonRoot: String? {
        let pod = security(spec, "runAsNonRoot")?.boolean
        let explicit = containers.filter { security($0, "runAsNonRoot")?.boolean == false }
        let missing = containers.filter { security($0, "runAsNonRoot") == nil }
        var parts: [String] = []
        if pod == false { parts.append("pod must not set securityContext.runAsNonRoot=false") }
        if !explicit.isEmpty { parts.append("\(subject(explicit)) must not set securityContext.runAsNonRoot=false") }
        if parts.isEmpty, pod == nil, !missing.isEmpty {
            parts.append("pod or \(subject(missing)) must set securityContext.runAsNonRoot=true")
        }
        return parts.isEmpty ? nil : "runAsNonRoot != true (\(parts.joined(separator: "; ")))"
    }

    private var runAsRoot: String? {
        var subjects = security(spec, "runAsUser")?.integer == 0 ? ["pod"] : []
        let bad = containers.filter { security($0, "runAsUser")?.integer == 0 }
        if !bad.isEmpty { subjects.append(subject(bad)) }
        return subjects.isEmpty ? nil : "runAsUser=0 (\(subjects.joined(separator: " and ")) must not set runAsUser=0)"
    }

    private var seccompProfile: String? {
        func isGood(_ value: Value) -> Bool? {
            security(value, "seccompProfile")?["type"]?.symbol.map { $0 == "RuntimeDefault" || $0 == "Localhost" }
        }
        let ending = "securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\""
        let bad = containers.filter { isGood($0) == false }
        if isGood(spec) == false || !bad.isEmpty {
            var subjects = isGood(spec) == false ? ["pod"] : []
            if !bad.isEmpty { subjects.append(subject(bad)) }
            return "seccompProfile (\(subjects.joined(separator: " and ")) must not set \(ending))"
        }
        let missing = containers.filter { isGood($0) == nil }
        if isGood(spec) == true || missing.isEmpty { return nil }
        return "seccompProfile (pod or \(subject(missing)) must set \(ending))"
    }
}
