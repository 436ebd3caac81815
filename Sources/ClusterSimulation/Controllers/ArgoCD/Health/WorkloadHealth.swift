/// Health of the kinds that run Pods. Source: specs/argocd.md 13.2 to 13.6.
enum WorkloadHealth {
    static func deployment(_ input: HealthInput) -> ResourceHealth? {
        if input.spec("paused")?.boolean == true { return ResourceHealth(.suspended, "Deployment is paused") }
        guard input.generation <= input.statusNumber("observedGeneration") else {
            return ResourceHealth(
                .progressing,
                "Waiting for rollout to finish: observed deployment generation less than desired generation")
        }
        if input.condition("Progressing")?["reason"]?.text == "ProgressDeadlineExceeded" {
            return ResourceHealth(.degraded, "Deployment \"\(input.name)\" exceeded its progress deadline")
        }
        let updated = input.statusNumber("updatedReplicas")
        let replicas = input.statusNumber("replicas")
        let available = input.statusNumber("availableReplicas")
        let wanted = input.spec("replicas")?.int32 ?? 1
        if updated < wanted {
            return ResourceHealth(
                .progressing,
                "Waiting for rollout to finish: \(updated) out of \(wanted) new replicas have been updated...")
        }
        if replicas > updated {
            return ResourceHealth(
                .progressing,
                "Waiting for rollout to finish: \(replicas - updated) old replicas are pending termination...")
        }
        if available < updated {
            return ResourceHealth(
                .progressing,
                "Waiting for rollout to finish: \(available) of \(updated) updated replicas are available...")
        }
        return ResourceHealth(.healthy)
    }

    static func statefulSet(_ input: HealthInput) -> ResourceHealth? {
        let observed = input.statusNumber("observedGeneration")
        if observed == 0 || input.generation > observed {
            return ResourceHealth(.progressing, "Waiting for statefulset spec update to be observed...")
        }
        let wanted = input.spec("replicas")?.int32 ?? 1
        let ready = input.statusNumber("readyReplicas")
        if ready < wanted {
            return ResourceHealth(.progressing, "Waiting for \(wanted - ready) pods to be ready...")
        }
        let strategy = input.spec("updateStrategy")
        let type = strategy?["type"]?.text ?? "RollingUpdate"
        if type == "RollingUpdate", let rolling = strategy?["rollingUpdate"], !rolling.isNull {
            let updated = input.statusNumber("updatedReplicas")
            let partition = rolling["partition"]?.int32 ?? 0
            if updated < wanted - partition {
                return ResourceHealth(
                    .progressing,
                    "Waiting for partitioned roll out to finish: \(updated) out of \(wanted - partition) "
                        + "new pods have been updated...")
            }
            return ResourceHealth(.healthy, "partitioned roll out complete: \(updated) new pods have been updated...")
        }
        if type == "OnDelete" { return ResourceHealth(.healthy, "statefulset has \(ready) ready pods") }
        if input.status["updateRevision"]?.symbol != input.status["currentRevision"]?.symbol {
            return ResourceHealth(
                .progressing,
                "waiting for statefulset rolling update to complete \(input.statusNumber("updatedReplicas")) pods at "
                    + "revision \(input.status["updateRevision"]?.text ?? "")...")
        }
        let current = input.statusNumber("currentReplicas")
        return ResourceHealth(
            .healthy,
            "statefulset rolling update complete \(current) pods at revision "
                + "\(input.status["currentRevision"]?.text ?? "")...")
    }

    static func daemonSet(_ input: HealthInput) -> ResourceHealth? {
        if input.generation > input.statusNumber("observedGeneration") {
            return ResourceHealth(
                .progressing,
                "Waiting for rollout to finish: observed daemon set generation less than desired generation")
        }
        let updated = input.statusNumber("updatedNumberScheduled")
        let desired = input.statusNumber("desiredNumberScheduled")
        if input.spec("updateStrategy")?["type"]?.text == "OnDelete" {
            return ResourceHealth(.healthy, "daemon set \(updated) out of \(desired) new pods have been updated")
        }
        if updated < desired {
            return ResourceHealth(
                .progressing,
                "Waiting for daemon set \"\(input.name)\" rollout to finish: \(updated) out of \(desired) "
                    + "new pods have been updated...")
        }
        let available = input.statusNumber("numberAvailable")
        if available < desired {
            return ResourceHealth(
                .progressing,
                "Waiting for daemon set \"\(input.name)\" rollout to finish: \(available) of \(desired) "
                    + "updated pods are available...")
        }
        return ResourceHealth(.healthy)
    }

    static func replicaSet(_ input: HealthInput) -> ResourceHealth? {
        if input.generation > input.statusNumber("observedGeneration") {
            return ResourceHealth(
                .progressing,
                "Waiting for rollout to finish: observed replica set generation less than desired generation")
        }
        if let failure = input.condition("ReplicaFailure"), failure["status"]?.text == "True" {
            return ResourceHealth(.degraded, failure["message"]?.text ?? "")
        }
        let wanted = input.spec("replicas")?.int32 ?? 1
        let available = input.statusNumber("availableReplicas")
        if available < wanted {
            return ResourceHealth(
                .progressing,
                "Waiting for rollout to finish: \(available) out of \(wanted) new replicas are available...")
        }
        return ResourceHealth(.healthy)
    }

    /// Source: specs/argocd.md 13.5. Init containers are not looked at.
    static func pod(_ input: HealthInput) -> ResourceHealth? {
        let policy = input.spec("restartPolicy")?.text ?? "Always"
        let isLongRunning = policy == "Always" || (input.ignoresRestartPolicy && !input.isHook)
        let containers = input.status["containerStatuses"]?.elements ?? []
        if isLongRunning {
            let messages = containers.compactMap { container -> String? in
                guard let waiting = container.at("state", "waiting"), let reason = waiting["reason"]?.text,
                    reason.hasPrefix("Err") || reason.hasSuffix("Error") || reason.hasSuffix("BackOff")
                else { return nil }
                return waiting["message"]?.text ?? ""
            }
            if !messages.isEmpty { return ResourceHealth(.degraded, messages.joined(separator: ", ")) }
        }
        let message = input.status["message"]?.text ?? ""
        switch input.status["phase"]?.text {
        case "Pending": return ResourceHealth(.progressing, message)
        case "Succeeded": return ResourceHealth(.healthy, message)
        case "Failed":
            let started = input.status["initContainerStatuses"]?.elements ?? []
            return ResourceHealth(.degraded, failure(started + containers, message))
        case "Running":
            guard isLongRunning else { return ResourceHealth(.progressing, message) }
            if input.condition("Ready")?["status"]?.text == "True" { return ResourceHealth(.healthy, message) }
            let hasCrashed = containers.contains { $0.at("lastState", "terminated").map { !$0.isNull } ?? false }
            return ResourceHealth(hasCrashed ? .degraded : .progressing, message)
        default: return ResourceHealth(.unknown, message)
        }
    }

    private static func failure(_ containers: [Value], _ message: String) -> String {
        if !message.isEmpty { return message }
        for container in containers {
            guard let ended = container.at("state", "terminated") else { continue }
            if let text = ended["message"]?.text, !text.isEmpty { return text }
            if ended["reason"]?.text == "OOMKilled" { return "OOMKilled" }
            if let code = ended["exitCode"]?.int32, code != 0 {
                return "container \"\(container["name"]?.text ?? "")\" failed with exit code \(code)"
            }
        }
        return ""
    }

    /// Source: specs/argocd.md 13.6 and `getBatchv1JobHealth` in gitops-engine/pkg/health/health_job.go: the status of the
    /// conditions Failed and Complete is not read, and a Job that waits to be resumed says nothing.
    static func job(_ input: HealthInput) -> ResourceHealth? {
        let conditions = input.reported
        if let failed = conditions.last(where: { $0.type == "Failed" }) {
            return ResourceHealth(.degraded, failed.message ?? "")
        }
        if conditions.contains(where: { $0.says("Suspended", "True") }) { return ResourceHealth(.suspended) }
        let ended = conditions.last { $0.type == "Complete" || $0.type == "Suspended" }
        return ResourceHealth(ended == nil ? .progressing : .healthy, ended?.message ?? "")
    }
}
