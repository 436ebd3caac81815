/// Health of the kinds that bring Secrets: External Secrets, Sealed Secrets, 1Password.
enum SecretHealth {
    static let rules: [HealthRule] = [
        HealthRule("external-secrets.io", "ClusterExternalSecret", clusterExternalSecret),
        HealthRule("external-secrets.io", "ExternalSecret", externalSecret),
        HealthRule("external-secrets.io", "SecretStore", .trueIsHealthy("Ready", waiting: "Waiting for SecretStore")),
        HealthRule(
            "external-secrets.io", "ClusterSecretStore",
            .trueIsHealthy("Ready", waiting: "Waiting for ClusterSecretStore")),
        HealthRule("external-secrets.io", "PushSecret", .trueIsHealthy("Ready", waiting: "Waiting for PushSecret")),
        HealthRule("kubernetes-client.io", "ExternalSecret", oldExternalSecret),
        HealthRule(
            "bitnami.com", "SealedSecret",
            .trueIsHealthy("Synced", waiting: "Waiting for Sealed Secret to be decrypted")),
        HealthRule(
            "onepassword.com", "OnePasswordItem",
            .trueIsHealthy("Ready", waiting: "Waiting for controller to report status")),
    ]

    /// The controller appends conditions: the last one holds.
    private static func clusterExternalSecret(_ input: HealthInput) -> ResourceHealth? {
        let waiting = ResourceHealth(.progressing, "Waiting for ClusterExternalSecret")
        guard let last = input.reported.last, last.status == "True" else { return waiting }
        switch last.type?.text {
        case "Ready": return ResourceHealth(.healthy, last.message ?? "")
        case "PartiallyReady", "NotReady": return ResourceHealth(.degraded, last.message ?? "")
        default: return waiting
        }
    }

    /// A Secret that is refreshed on change only is not ready until the condition is as new as the refresh.
    private static func externalSecret(_ input: HealthInput) -> ResourceHealth? {
        let refresh = input.status["refreshTime"]?.symbol
        for condition in input.reported where condition.type == "Ready" {
            if input.spec("refreshPolicy")?.symbol == "OnChange" {
                guard let changed = condition.value["lastTransitionTime"]?.symbol, let refresh else {
                    return .scriptFailure
                }
                if changed.precedes(refresh) { continue }
            }
            switch condition.status?.text {
            case "True": return ResourceHealth(.healthy, condition.message ?? "")
            case "False": return ResourceHealth(.degraded, condition.message ?? "")
            default: return nil
            }
        }
        return ResourceHealth(.progressing, "Waiting for ExternalSecret")
    }

    /// The predecessor of External Secrets: one text is the whole status.
    private static func oldExternalSecret(_ input: HealthInput) -> ResourceHealth? {
        guard input.hasStatus else { return ResourceHealth(.progressing, "Waiting for ExternalSecret.") }
        guard let state = input.statusText("status") else { return .scriptFailure }
        if state == "SUCCESS" { return ResourceHealth(.healthy, "Fetched ExternalSecret.") }
        guard state.hasPrefix("ERROR") else { return ResourceHealth(.progressing, "Waiting for ExternalSecret.") }
        return ResourceHealth(.degraded, state.without("ERROR, "))
    }
}

extension String {
    /// This text with every occurrence of another taken out.
    fileprivate func without(_ part: String) -> String {
        var text = ""
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(part) {
                rest = rest.dropFirst(part.count)
            } else {
                text.append(rest.removeFirst())
            }
        }
        return text
    }
}
