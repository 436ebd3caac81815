/// How far GitOps Promoter has brought the commits of its environments.
enum PromotionState {
    /// Source: `ChangeTransferPolicy/health.lua`.
    static func policy(_ input: HealthInput) -> ResourceHealth {
        guard let active = dryCommit(input.status["active"]) else {
            return ResourceHealth(.progressing, "The active commit DRY SHA is missing or empty.")
        }
        guard let proposed = dryCommit(input.status["proposed"]) else {
            return ResourceHealth(.progressing, "The proposed commit DRY SHA is missing or empty.")
        }
        if proposed != active {
            let summary = CommitStatuses(input.status["proposed"]).summary
            return ResourceHealth(
                .progressing, "Promotion in progress from '\(short(active))' to '\(short(proposed))': \(summary)")
        }
        let statuses = CommitStatuses(input.status["active"])
        if !statuses.pending.isEmpty || !statuses.failed.isEmpty {
            return ResourceHealth(
                .healthy,
                "Environment is up-to-date, but there are non-successful active commit statuses: \(statuses.summary)")
        }
        return ResourceHealth(.healthy, "Environment is up-to-date on commit \(short(active)).")
    }

    /// Source: `PromotionStrategy/health.lua`. The sentence on the hydrator is restated from recorded messages.
    static func strategy(_ input: HealthInput) -> ResourceHealth {
        let environments = input.status["environments"]?.elements ?? []
        guard !environments.isEmpty else {
            return ResourceHealth(.degraded, "Promotion strategy has no environments configured")
        }
        for environment in environments {
            for side in ["active", "proposed"] as [Symbol] where dryCommit(environment[side]) == nil {
                return ResourceHealth(
                    .progressing,
                    "The \(side) commit DRY SHA is missing or empty in environment '\(branch(environment))'.")
            }
        }
        let hydrated = environments.map(hydratedCommit)
        guard hydrated.allSatisfy({ $0 == hydrated[0] }) else {
            return ResourceHealth(
                .progressing,
                "Not all environments have the same proposed commit SHA. "
                    + "This likely means the hydrator has not run for all environments yet.")
        }
        for environment in environments {
            let active = dryCommit(environment["active"]) ?? ""
            let proposed = dryCommit(environment["proposed"]) ?? ""
            guard proposed != active else { continue }
            let summary = CommitStatuses(environment["proposed"]).summary
            return ResourceHealth(
                .progressing,
                "Promotion in progress for environment '\(branch(environment))' from '\(short(active))' to "
                    + "'\(short(proposed))': \(summary)"
                    + "Hydrator has processed dry commit '\(short(hydratedCommit(environment)))'. ")
        }
        return settled(environments)
    }

    private static func settled(_ environments: [Value]) -> ResourceHealth {
        let unsuccessful = environments.compactMap { environment -> String? in
            let statuses = CommitStatuses(environment["active"])
            guard !statuses.pending.isEmpty || !statuses.failed.isEmpty else { return nil }
            return "\(branch(environment)) (\(statuses.failed.count) failed, \(statuses.pending.count) pending)"
        }
        if !unsuccessful.isEmpty {
            return ResourceHealth(
                .healthy,
                "Environments are up-to-date, but some environments have non-successful commit statuses: "
                    + unsuccessful.joined(separator: ", ") + ".")
        }
        let commit = dryCommit(environments[0]["proposed"]) ?? ""
        return ResourceHealth(.healthy, "All environments are up-to-date on commit '\(short(commit))'.")
    }

    private static func branch(_ environment: Value) -> String { environment["branch"]?.text ?? "" }

    private static func dryCommit(_ side: Value?) -> String? {
        side?.at("dry", "sha")?.text.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The commit up to which the hydrator has come: its note on the proposed branch, else the branch itself.
    private static func hydratedCommit(_ environment: Value) -> String {
        let note = environment.at("proposed", "note", "drySha")?.text ?? ""
        return note.isEmpty ? dryCommit(environment["proposed"]) ?? "" : note
    }

    private static func short(_ commit: String) -> String { String(commit.prefix(7)) }
}

/// Statuses of a commit, by phase.
private struct CommitStatuses {
    var pending: [String] = []
    var failed: [String] = []
    var successful = 0

    init(_ side: Value?) {
        for status in side?["commitStatuses"]?.elements ?? [] {
            let key = status["key"]?.text ?? ""
            switch status["phase"]?.text {
            case "pending": pending.append(key)
            case "success": successful += 1
            case "failure": failed.append(key)
            default: continue
            }
        }
    }

    var summary: String {
        var text = "\(pending.count) pending, \(successful) successful, \(failed.count) failed. "
        if !pending.isEmpty { text += "Pending commit statuses: \(pending.joined(separator: ", ")). " }
        if !failed.isEmpty { text += "Failed commit statuses: \(failed.joined(separator: ", ")). " }
        return text
    }
}
