/// Health of VictoriaMetrics', OpenTelemetry's and Prometheus' kinds.
enum ObservabilityHealth {
    static let rules: [HealthRule] = [
        HealthRule("operator.victoriametrics.com", .empty, victoriaMetrics),
        HealthRule("opentelemetry.io", "OpenTelemetryCollector", collector),
        HealthRule("monitoring.coreos.com", "Prometheus", prometheus),
    ]

    /// Every kind of the operator has the same status.
    private static func victoriaMetrics(_ input: HealthInput) -> ResourceHealth? {
        guard input.hasStatus, !input.isBehind(input.status["observedGeneration"]) else {
            return ResourceHealth(.progressing, "Waiting for the operator to reconcile")
        }
        let reason = input.statusText("reason") ?? ""
        func told(_ code: HealthCode, _ message: String) -> ResourceHealth {
            ResourceHealth(code, reason.isEmpty ? message : reason)
        }
        switch input.statusText("updateStatus") {
        case "operational": return ResourceHealth(.healthy, "All components are operational")
        case "expanding": return told(.progressing, "Reconciliation in progress")
        case "paused": return told(.suspended, "Reconciliation is paused")
        case "failed": return told(.degraded, "Reconciliation failed")
        default: return ResourceHealth(.progressing, "Waiting for the operator to report status")
        }
    }

    /// Read from the text `ready/wanted`. A sidecar has no replicas of its own, a daemon may have no node to run on.
    private static func collector(_ input: HealthInput) -> ResourceHealth? {
        guard input.hasStatus else {
            return ResourceHealth(.progressing, "Waiting for OpenTelemetry Collector status")
        }
        let mode = input.spec("mode")?.text
        guard let replicas = input.status.at("scale", "statusReplicas")?.text else {
            return mode == "sidecar"
                ? ResourceHealth(.healthy, "Collector is running in sidecar mode")
                : ResourceHealth(.progressing, "Scale status not available")
        }
        guard let (ready, wanted) = counts(replicas) else {
            return ResourceHealth(.progressing, "Unable to parse replica status: \(replicas)")
        }
        if ready == 0 {
            return mode == "daemonset" && wanted == 0
                ? ResourceHealth(.healthy, "DaemonSet has no eligible nodes (0/0)")
                : ResourceHealth(.degraded, "No replicas are ready")
        }
        return ready == wanted
            ? ResourceHealth(.healthy, "All replicas are ready")
            : ResourceHealth(.progressing, "Replicas are starting up")
    }

    /// The two numbers beside a slash, whatever else the text has.
    private static func counts(_ text: String) -> (ready: Int, wanted: Int)? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        for (before, after) in zip(parts, parts.dropFirst()) {
            let ready = before.reversed().prefix(while: \.isASCIIDigit).reversed()
            let wanted = after.prefix(while: \.isASCIIDigit)
            if let ready = Int(String(ready)), let wanted = Int(wanted) { return (ready, wanted) }
        }
        return nil
    }

    private static func prometheus(_ input: HealthInput) -> ResourceHealth? {
        guard let available = input.reported.last(where: { $0.type == "Available" }) else {
            return ResourceHealth(.progressing, "Waiting for initialization")
        }
        if available.status == "True" { return ResourceHealth(.healthy, "All instances are available") }
        return ResourceHealth(
            available.reason == "SomePodsNotReady" ? .progressing : .degraded,
            available.message ?? available.reason?.text ?? "")
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
