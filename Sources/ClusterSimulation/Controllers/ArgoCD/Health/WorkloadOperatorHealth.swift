/// Health of kinds that run programs: virtual machines, Knative, OpenKruise, Spark and the like.
enum WorkloadOperatorHealth {
    static let rules: [HealthRule] = [
        HealthRule("kubevirt.io", "VirtualMachine", virtualMachine),
        HealthRule("kubevirt.io", "VirtualMachineInstance", virtualMachineInstance),
        HealthRule("cdi.kubevirt.io", "DataVolume", dataVolume),
        HealthRule("serving.knative.dev", "Service", knativeService),
        HealthRule("apps.kruise.io", "BroadcastJob", broadcastJob),
        HealthRule("apps.kruise.io", "CloneSet", cloneSet),
        HealthRule("flagger.app", "Canary", canary),
        HealthRule("k8s.keycloak.org", "Keycloak", keycloak),
        HealthRule("jaegertracing.io", "Jaeger") { jaeger.health($0) },
        HealthRule("projectcontour.io", "ExtensionService", extensionService),
        HealthRule("camel.apache.org", "Integration", .trueIsHealthy("Ready", waiting: "Waiting for Integration")),
        HealthRule(
            "coralogix.com", "Alert",
            ConditionTable(
                [
                    .when("RemoteSynced", "True", .healthy, "Resource is ready"),
                    .when("RemoteSynced", "False", .degraded),
                ],
                waiting: "Waiting for status to be updated")),
        HealthRule(
            "pulumi.com", "Stack",
            ConditionTable(
                [
                    .when("Stalled", "True", .degraded), .when("Reconciling", "True", .progressing),
                    .when("Ready", "True", .healthy),
                ], waiting: "Waiting for the stack to be reconciled")),
    ]

    private static let jaeger = StateTable(
        "phase",
        [
            .when("Running", is: .healthy, "Jaeger is Running"),
            .when("Failed", is: .degraded, "Jaeger Failed For Some Reason"),
        ], waiting: "Waiting for Jaeger")

    private static func virtualMachine(_ input: HealthInput) -> ResourceHealth? {
        var health = ResourceHealth(.progressing, "No status available")
        for condition in input.reported {
            if condition.says("Paused", "True") { return ResourceHealth(.suspended, "Paused") }
            guard condition.type == "Ready" else { continue }
            if condition.status == "True" {
                health = ResourceHealth(.healthy, "Running")
            } else if input.status["created"]?.boolean == true {
                health.message = "Starting"
            } else {
                health = ResourceHealth(.suspended, "Stopped")
            }
        }
        if let told = input.statusText("printableStatus") { health.message = told }
        return health
    }

    private static func virtualMachineInstance(_ input: HealthInput) -> ResourceHealth? {
        var health = ResourceHealth(.progressing, input.statusText("phase") ?? "No status available")
        switch input.statusText("phase") {
        case "Failed": return ResourceHealth(.degraded, health.message)
        case "Pending", "Scheduling", "Scheduled": return health
        case "Succeeded": return ResourceHealth(.suspended, health.message)
        case "Unknown": return ResourceHealth(.unknown, health.message)
        default: break
        }
        for condition in input.reported {
            let message = condition.message ?? ""
            if condition.says("Paused", "True") { return ResourceHealth(.suspended, message) }
            guard condition.type == "Ready" else { continue }
            health =
                condition.status == "True"
                ? ResourceHealth(.healthy, "Running") : ResourceHealth(.degraded, message)
        }
        return health
    }

    private static func dataVolume(_ input: HealthInput) -> ResourceHealth? {
        let phase = input.statusText("phase")
        if phase == "Succeeded" { return ResourceHealth(.healthy, "Succeeded") }
        if phase == "Paused" { return ResourceHealth(.suspended, "Paused") }
        if let failed = input.reported.first(where: { $0.says("Running", "False") && $0.reason == "Error" }) {
            return ResourceHealth(.degraded, failed.message ?? "")
        }
        return ResourceHealth(
            phase == "Failed" || phase == "Unknown" ? .degraded : .progressing, phase ?? "No status available")
    }

    /// What is not True is told; three conditions have to be.
    private static func knativeService(_ input: HealthInput) -> ResourceHealth? {
        guard input.hasConditions else { return ResourceHealth(.progressing, "Waiting for status update.") }
        var met = 0
        var message = ""
        var isFalse = false
        for condition in input.reported {
            let type = condition.type?.text ?? ""
            switch condition.status {
            case "True": met += ["ConfigurationsReady", "RoutesReady", "Ready"].contains(type) ? 1 : 0
            case "False", "Unknown":
                message += "\(type) is \(condition.status?.text ?? "")"
                if let reason = condition.reason, !reason.isEmpty { message += ", since \(reason)." }
                if let text = condition.message, !text.isEmpty { message += " \(text)" }
                message += "\n"
                isFalse = isFalse || condition.status == "False"
            default: continue
            }
        }
        if met == 3, message.isEmpty { return ResourceHealth(.healthy, "Knative Service is healthy.") }
        return ResourceHealth(isFalse ? .degraded : .progressing, message)
    }

    private static func broadcastJob(_ input: HealthInput) -> ResourceHealth? {
        let running = ResourceHealth(.progressing, "BroadcastJob is still running")
        switch input.statusText("phase") {
        case "completed" where input.status["desired"] == input.status["succeeded"]:
            return ResourceHealth(.healthy, "BroadcastJob is completed successfully")
        case "failed" where input.status["failed"]?.integer != 0:
            return ResourceHealth(.degraded, "BroadcastJob failed")
        case "paused" where input.spec("paused")?.boolean == true:
            return ResourceHealth(.suspended, "BroadcastJob is Paused")
        default: return running
        }
    }

    private static func cloneSet(_ input: HealthInput) -> ResourceHealth? {
        let waiting = ResourceHealth(.progressing, "Waiting for initialization")
        guard input.hasStatus, input.observes(input.status["observedGeneration"]) else { return waiting }
        let strategy = input.spec("updateStrategy") ?? nil
        guard let available = input.status.present("updatedAvailableReplicas"), strategy["paused"]?.boolean != true
        else { return ResourceHealth(.suspended, "Cloneset is paused") }
        if strategy["partition"]?.integer != 0, input.generation > 1 {
            let updated = input.statusNumber("updatedReplicas")
            return updated >= input.statusNumber("expectedUpdatedReplicas")
                ? ResourceHealth(.suspended, "Cloneset needs manual intervention") : waiting
        }
        return available == input.status["replicas"]
            ? ResourceHealth(.healthy, "All Cloneset workloads are ready and updated")
            : ResourceHealth(.degraded, "Some replicas are not ready or available")
    }

    private static func canary(_ input: HealthInput) -> ResourceHealth? {
        guard input.hasStatus else { return ResourceHealth(.unknown, "No status") }
        guard let phase = input.statusText("phase"), let weight = input.status["canaryWeight"]?.integer,
            input.hasConditions
        else { return .scriptFailure }
        let parts = (weight > 0 ? ["Canary Weight: \(weight) %"] : []) + input.reported.map { $0.message ?? "" }
        let code: HealthCode =
            switch phase {
            case "Failed": .degraded
            case "Progressing", "Finalising", "Promoting": .progressing
            case "Succeeded", "Initialized": .healthy
            default: .unknown
            }
        return ResourceHealth(code, ([phase] + [parts.joined(separator: " --- ")]).joined(separator: " --- "))
    }

    /// The oldest condition that is True decides; those without a time come last.
    private static func keycloak(_ input: HealthInput) -> ResourceHealth? {
        guard input.hasConditions else {
            return ResourceHealth(.progressing, "Waiting for Keycloak status conditions to exist")
        }
        let timed = input.reported.map { (time: $0.value["lastTransitionTime"]?.text, condition: $0) }
        let sorted = timed.enumerated().sorted { left, right in
            guard let first = left.element.time else { return right.element.time == nil && left.offset < right.offset }
            guard let second = right.element.time else { return true }
            return (first, left.offset) < (second, right.offset)
        }
        for (_, entry) in sorted {
            if entry.condition.says("Ready", "True") { return ResourceHealth(.healthy) }
            if entry.condition.says("HasErrors", "True") {
                return ResourceHealth(.degraded, "Has Errors: \(entry.condition.message ?? "")")
            }
        }
        return ResourceHealth(.progressing)
    }

    private static let valid = ConditionTable(
        [.when("Valid", "True", .healthy), .when("Valid", "False", .degraded)], waiting: "Waiting for status")

    private static func extensionService(_ input: HealthInput) -> ResourceHealth? {
        valid.decided(input.reported.filter { input.observes($0.observedGeneration) }) ?? valid.otherwise
    }
}
