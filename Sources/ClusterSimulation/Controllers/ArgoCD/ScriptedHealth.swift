/// Health of kinds for which Argo CD ships a script. Source: specs/argocd.md 13.7 and the recorded health of manifests.
enum ScriptedHealth {
    /// Issuing True is Progressing, wherever it stands; then Ready decides.
    static func certificate(_ input: HealthInput) -> ResourceHealth? {
        if let issuing = input.condition("Issuing"), issuing["status"]?.text == "True" {
            return ResourceHealth(.progressing, issuing["message"]?.text ?? "")
        }
        return ready(input, otherwise: "Waiting for certificate")
    }

    static func issuer(_ input: HealthInput) -> ResourceHealth? {
        ready(input, otherwise: "Initializing \(input.kind)")
    }

    private static func ready(_ input: HealthInput, otherwise: String) -> ResourceHealth {
        guard let ready = input.condition("Ready") else { return ResourceHealth(.progressing, otherwise) }
        let message = ready["message"]?.text ?? ""
        switch ready["status"]?.text {
        case "True": return ResourceHealth(.healthy, message)
        case "False": return ResourceHealth(.degraded, message)
        default: return ResourceHealth(.progressing, otherwise)
        }
    }

    /// Only the condition Deployed is read: Pods that crash leave an EventBus Healthy (0.12).
    static func eventBus(_ input: HealthInput) -> ResourceHealth? {
        let deployed = input.condition("Deployed")
        let message = deployed?["message"]?.text ?? ""
        switch deployed?["status"]?.text {
        case "True": return ResourceHealth(.healthy, message)
        case "False": return ResourceHealth(.degraded, message)
        default: return ResourceHealth(.progressing, "Waiting for eventbus to be ready")
        }
    }

    /// Phases of a CloudNativePG cluster that need no one's attention, and those that do. The phase of every other
    /// text is Unknown.
    private static let postgresPhases: [(String, HealthCode)] = [
        ("Cluster in healthy state", .healthy),
        ("Setting up primary", .progressing),
        ("Creating a new replica", .progressing),
        ("Upgrading cluster", .progressing),
        ("Waiting for the instances to become active", .progressing),
        ("Promoting to primary cluster", .progressing),
        ("Switchover in progress", .progressing),
        ("Applying configuration", .progressing),
        ("Online upgrade in progress", .progressing),
        ("Primary instance is being restarted in-place", .progressing),
        ("Primary instance is being restarted without a switchover", .progressing),
        ("Waiting for user action", .suspended),
        ("Failing over", .degraded),
        ("Cluster is unrecoverable and needs manual intervention", .degraded),
        ("Unable to create required cluster objects", .degraded),
        ("Not enough disk space", .degraded),
    ]

    static func postgresCluster(_ input: HealthInput) -> ResourceHealth? {
        guard let phase = input.status["phase"]?.text else {
            return ResourceHealth(.progressing, "Waiting for the cluster's status")
        }
        let code = postgresPhases.first { $0.0 == phase }?.1 ?? .unknown
        return ResourceHealth(code, input.status["phaseReason"]?.text ?? (code == .healthy ? phase : ""))
    }

    static func definition(_ input: HealthInput) -> ResourceHealth? {
        guard !input.conditions.isEmpty else { return ResourceHealth(.progressing, "Status conditions not found") }
        if let terminating = input.condition("Terminating"), terminating["status"]?.text == "True" {
            return ResourceHealth(.progressing, "CRD is terminating: \(terminating["message"]?.text ?? "")")
        }
        if let names = input.condition("NamesAccepted"), names["status"]?.text == "False" {
            return ResourceHealth(.degraded, "CRD names have not been accepted: \(names["message"]?.text ?? "")")
        }
        if input.condition("Established")?["status"]?.text != "True" {
            return ResourceHealth(.degraded, "CRD is not established")
        }
        if let schema = input.condition("NonStructuralSchema"), schema["status"]?.text == "True" {
            return ResourceHealth(.degraded, "Schema violations found: \(schema["message"]?.text ?? "")")
        }
        return ResourceHealth(.healthy, "CRD is healthy")
    }

    static func disruptionBudget(_ input: HealthInput) -> ResourceHealth? {
        guard !input.conditions.isEmpty else { return ResourceHealth(.progressing, "Waiting for status") }
        for condition in input.conditions where condition["type"]?.text == "DisruptionAllowed" {
            if condition["reason"]?.text == "SyncFailed" {
                return ResourceHealth(.degraded, "PodDisruptionBudget has SyncFailed")
            }
        }
        return ResourceHealth(.healthy, "PodDisruptionBudget is healthy")
    }

    static func cronJob(_ input: HealthInput) -> ResourceHealth? {
        if input.spec("suspend")?.boolean == true { return ResourceHealth(.healthy, "CronJob is Suspended") }
        if !(input.status["active"]?.elements.isEmpty ?? true) {
            return ResourceHealth(
                .healthy, "The job is running. Its last execution may not have been successful")
        }
        guard let scheduled = input.status["lastScheduleTime"]?.text.flatMap(SimulationTime.init(rfc3339:)) else {
            return ResourceHealth(.healthy, "CronJob has not been scheduled yet")
        }
        let successful = input.status["lastSuccessfulTime"]?.text.flatMap(SimulationTime.init(rfc3339:))
        if let successful, successful >= scheduled {
            return ResourceHealth(.healthy, "CronJob has completed its last execution successfully")
        }
        return ResourceHealth(.degraded, "CronJob has not completed its last execution successfully")
    }
}

/// Health of the Gateway API's kinds.
enum GatewayHealth {
    static func gateway(_ input: HealthInput) -> ResourceHealth? {
        guard !input.conditions.isEmpty else { return ResourceHealth(.progressing, "Waiting for Gateway status") }
        if let found = worst(input.conditions) { return ResourceHealth(found.code, found.message) }
        for listener in input.status["listeners"]?.elements ?? [] {
            if let found = worst(listener["conditions"]?.elements ?? []) {
                return ResourceHealth(found.code, "Listener: \(found.message)")
            }
        }
        return ResourceHealth(.healthy, "Gateway is healthy")
    }

    static func gatewayClass(_ input: HealthInput) -> ResourceHealth? {
        guard let accepted = input.condition("Accepted") else {
            return ResourceHealth(.progressing, "Waiting for GatewayClass status")
        }
        if accepted["status"]?.text == "True" { return ResourceHealth(.healthy, "GatewayClass is healthy") }
        return ResourceHealth(.degraded, accepted["message"]?.text ?? "")
    }

    /// Conditions of an earlier generation do not count.
    static func route(_ input: HealthInput) -> ResourceHealth? {
        let parents = input.status["parents"]?.elements ?? []
        guard !parents.isEmpty else { return ResourceHealth(.progressing, "Waiting for \(input.kind) status") }
        var progressing: ResourceHealth?
        for parent in parents {
            let conditions = (parent["conditions"]?.elements ?? []).filter { condition in
                input.generation == 0
                    || condition["observedGeneration"]?.integer.map { $0 == input.generation } ?? true
            }
            guard let found = worst(conditions) else { continue }
            let name = parent.at("parentRef", "name")?.text ?? ""
            let health = ResourceHealth(found.code, "Parent \(name): \(found.message)")
            if found.code == .degraded { return health }
            progressing = progressing ?? health
        }
        return progressing ?? ResourceHealth(.healthy, "\(input.kind) is healthy")
    }

    /// What is false: references and acceptance are Degraded, programming is Progressing.
    private static func worst(_ conditions: [Value]) -> ResourceHealth? {
        var progressing: ResourceHealth?
        for condition in conditions where condition["status"]?.text == "False" {
            let type = condition["type"]?.text ?? ""
            let message = condition["message"]?.text ?? "Failed condition: \(type)"
            switch type {
            case "Accepted", "ResolvedRefs": return ResourceHealth(.degraded, message)
            case "Programmed": progressing = ResourceHealth(.progressing, message)
            default: continue
            }
        }
        return progressing
    }
}
