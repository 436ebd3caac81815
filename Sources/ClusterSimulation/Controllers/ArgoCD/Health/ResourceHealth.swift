/// The health of one object: code and message.
package struct ResourceHealth: Equatable, Sendable {
    package var code: HealthCode
    package var message: String

    package init(_ code: HealthCode, _ message: String = "") {
        self.code = code
        self.message = message
    }
}

/// What a health check looks at.
package struct HealthInput {
    package var group: Symbol
    package var kind: Symbol
    package var name: Symbol
    package var generation: Int
    /// The body: `spec` and what else stands beside metadata and status.
    package var body: Value
    /// Null where the object has no status.
    package var status: Value
    package var isDeleting = false
    package var hasHookFinalizer = false
    package var isHook = false
    package var ignoresRestartPolicy = false
    package var annotations = LabelMap(entries: [])

    package init(group: Symbol, kind: Symbol, name: Symbol, generation: Int, body: Value, status: Value) {
        self.group = group
        self.kind = kind
        self.name = name
        self.generation = generation
        self.body = body
        self.status = status
    }

    /// What the check of a whole document looks at; nil where it has no kind.
    package init?(document: Value) {
        guard let apiVersion = document["apiVersion"]?.symbol, let kind = document["kind"]?.symbol else { return nil }
        let metadata = document["metadata"] ?? nil
        self.init(
            group: GroupVersion(apiVersion).group, kind: kind, name: metadata["name"]?.symbol ?? .empty,
            generation: metadata["generation"]?.integer ?? 0, body: ObjectDraft.body(of: document),
            status: document["status"] ?? nil)
        isDeleting = metadata["deletionTimestamp"] != nil
        hasHookFinalizer = metadata["finalizers"]?.symbols.contains(ArgoCD.hookFinalizer) ?? false
        annotations = LabelMap(
            entries: (metadata["annotations"]?.fields ?? []).compactMap { field in
                field.value.symbol.map { (field.key, $0) }
            })
        isHook = HookTypes(argo: annotations[ArgoCD.hook]?.text, helm: annotations[ArgoCD.helmHook]?.text).isHook
        ignoresRestartPolicy = annotations[ArgoCD.ignoreRestartPolicy] == "true"
    }

    func spec(_ key: Symbol) -> Value? { body.at("spec", key) }
    func statusNumber(_ key: Symbol) -> Int { status[key]?.int32 ?? 0 }
    var conditions: [Value] { status["conditions"]?.elements ?? [] }
    func condition(_ type: String) -> Value? { conditions.first { $0["type"]?.text == type } }
}

/// Health checks by kind. Source: specs/argocd.md 13.
package enum HealthCheck {
    typealias Check = HealthRule.Check

    /// The health of an object; nil where its kind has no check.
    package static func health(_ input: HealthInput) -> ResourceHealth? {
        if isPendingDeletion(input) { return ResourceHealth(.progressing, "Pending deletion") }
        return check(group: input.group, kind: input.kind)?(input)
    }

    /// Whether nothing but its deletion counts, not even a script.
    static func isPendingDeletion(_ input: HealthInput) -> Bool { input.isDeleting && !input.hasHookFinalizer }

    /// The check of a kind. Application, EventSource, Sensor, and the kinds of Vault Secrets Operator, ARC, ngrok and
    /// ExternalDNS have none (specs/argocd.md 0.11).
    static func check(group: Symbol, kind: Symbol) -> Check? {
        HealthCatalogue.check(group: group, kind: kind) ?? checks[Name(group: group, kind: kind)]
    }

    /// Whether the model has a check for a kind.
    package static func isNative(group: Symbol, kind: Symbol) -> Bool { check(group: group, kind: kind) != nil }

    /// Whether a kind's check is one of those compiled into Argo CD: only these made an Application Missing before 3.4
    /// (specs/argocd.md 16.3).
    package static func isCompiledIn(group: Symbol, kind: Symbol) -> Bool {
        compiledIn.contains(Name(group: group, kind: kind))
    }

    private struct Name: Hashable {
        var group: Symbol
        var kind: Symbol
    }

    private static let compiledInChecks: [(Symbol, Symbol, Check)] = [
        ("apps", "Deployment", WorkloadHealth.deployment),
        ("apps", "StatefulSet", WorkloadHealth.statefulSet),
        ("apps", "DaemonSet", WorkloadHealth.daemonSet),
        ("apps", "ReplicaSet", WorkloadHealth.replicaSet),
        ("", "Pod", WorkloadHealth.pod),
        ("batch", "Job", WorkloadHealth.job),
        ("", "PersistentVolumeClaim", BuiltInHealth.claim),
        ("", "Service", BuiltInHealth.service),
        ("networking.k8s.io", "Ingress", BuiltInHealth.ingress),
        ("extensions", "Ingress", BuiltInHealth.ingress),
        ("autoscaling", "HorizontalPodAutoscaler", BuiltInHealth.autoscaler),
        ("apiregistration.k8s.io", "APIService", BuiltInHealth.apiService),
        ("argoproj.io", "Workflow", BuiltInHealth.workflow),
    ]

    private static let checks: [Name: Check] = {
        var checks: [Name: Check] = [:]
        for (group, kind, check) in compiledInChecks {
            checks[Name(group: group, kind: kind)] = check
        }
        return checks
    }()

    private static let compiledIn = Set(compiledInChecks.map { Name(group: $0.0, kind: $0.1) })
}

extension Simulation {
    /// What the health check of an object looks at. The one place that makes a status document for Argo CD.
    func healthInput(_ key: ObjectKey) -> HealthInput {
        let row = state[key]
        let content = tables.content(key)
        let kind = tables.kind(content.kind)
        var input = HealthInput(
            group: kind.group, kind: kind.kind, name: content.name, generation: Int(row.generation),
            body: tables.body(row.body).value, status: state.status(key)?.document ?? nil)
        input.isDeleting = row.isDeleting
        input.hasHookFinalizer = tables.list(row.finalizers).contains(ArgoCD.hookFinalizer)
        input.isHook = tables.directives(row.annotations).hook.isHook
        input.annotations = tables.map(row.annotations)
        input.ignoresRestartPolicy = input.annotations[ArgoCD.ignoreRestartPolicy] == "true"
        return input
    }

    /// What is found of a live object's health. Found once for each state of the object.
    mutating func healthFinding(_ key: ObjectKey) -> HealthFinding {
        let row = state[key]
        let status = state.status(key)
        let scripts = customHealthScripts()
        if let known = memory.argoCD.health[key.offset], known.isUpToDate(row, status, scripts, now) {
            return known.finding
        }
        let known = findHealth(key, row, status, scripts)
        memory.argoCD.health[key.offset] = known
        return known.finding
    }

    private func findHealth(
        _ key: ObjectKey, _ row: ObjectRow, _ status: Status?, _ scripts: CustomHealthScripts
    ) -> KnownHealth {
        let kind = tables.kind(row.kind)
        let script = scripts.isEmpty ? nil : scripts.script(group: kind.group, kind: kind.kind)
        let isChecked =
            HealthCheck.check(group: kind.group, kind: kind.kind) != nil
            && configuration.versions.hasHealthCheck(group: kind.group, kind: kind.kind)
        if script == nil, !row.isDeleting, !isChecked {
            return KnownHealth(row, status, scripts, HealthScriptAnswer(.none), now, isScripted: false)
        }
        let answer = HealthCheck.finding(
            healthInput(key), script: script, runner: externals.customHealth?.runner, now: now
        ) { document(of: key) }
        return KnownHealth(row, status, scripts, answer, now, isScripted: script != nil)
    }
}
