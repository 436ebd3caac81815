/// Health of GitOps Promoter's kinds: a gate at the condition Ready, then what each says of its commits.
enum PromoterHealth {
    static let rules: [HealthRule] = [
        rule("PullRequest", reconciled("pull request"), types: ["Reconciled", "Ready"], pullRequest),
        rule("CommitStatus", reconciled("commit status"), commitStatus),
        rule("ArgoCDCommitStatus", reconciled("Argo CD commit status"), applicationsStatus),
        rule("ChangeTransferPolicy", reconciled("change transfer policy"), PromotionState.policy),
        rule("PromotionStrategy", reconciled("promotion strategy"), PromotionState.strategy),
        rule("ScmProvider", validated("ScmProvider", "SCM provider")) { _ in ready("SCM provider") },
        rule("ClusterScmProvider", validated("ClusterScmProvider", "cluster SCM provider")) { _ in
            ready("Cluster SCM provider")
        },
        rule("GitRepository", validated("GitRepository", "Git repository")) { _ in ready("Git repository") },
        rule(
            "GitCommitStatus",
            Words(
                kind: "GitCommitStatus", subject: "git commit validation", failed: "failed", notReady: "not ready",
                unknown: "status unknown")
        ) { environments($0, "Git commit validation", "Git commit validation", "passed") },
        rule(
            "TimedCommitStatus",
            Words(
                kind: "TimedCommitStatus", subject: "timed commit gate", failed: "failed", notReady: "not ready",
                unknown: "status unknown")
        ) { environments($0, "Timed commit gate", "Timed commit gate", "satisfied") },
        rule(
            "WebRequestCommitStatus",
            Words(
                kind: "WebRequestCommitStatus", subject: "web request commit validation", failed: "failed",
                notReady: "not ready", unknown: "unknown")
        ) { environments($0, "Web request commit validation", "Web request validation", "passed") },
    ]

    /// The words in which a kind says that it is not ready.
    struct Words: Sendable {
        /// What it is called where its specification or its condition is waited for.
        var kind: String
        var subject: String
        var failed: String
        var notReady: String
        /// nil where a condition Ready that is Unknown is let through.
        var unknown: String?
        var missing = "Ready condition is missing"

        var title: String { subject.prefix(1).uppercased() + subject.dropFirst() }
    }

    /// The words of kinds that are reconciled.
    private static func reconciled(_ subject: String) -> Words {
        let title = subject.prefix(1).uppercased() + subject.dropFirst()
        return Words(
            kind: subject, subject: subject, failed: "reconciliation failed", notReady: "reconciliation failed",
            unknown: nil, missing: "\(title) is not ready yet")
    }

    /// The words of kinds that are only looked at.
    private static func validated(_ kind: String, _ subject: String) -> Words {
        Words(
            kind: kind, subject: subject, failed: "validation failed", notReady: "not ready",
            unknown: "readiness unknown")
    }

    private static func rule(
        _ kind: Symbol, _ words: Words, types: [Symbol] = ["Ready"],
        _ check: @escaping @Sendable (HealthInput) -> ResourceHealth
    ) -> HealthRule {
        HealthRule("promoter.argoproj.io", kind) { gate($0, words, types) ?? check($0) }
    }

    /// What keeps an object from being looked at further.
    private static func gate(_ input: HealthInput, _ words: Words, _ types: [Symbol]) -> ResourceHealth? {
        guard input.hasStatus else { return ResourceHealth(.progressing, "Initializing \(words.subject)") }
        let conditions = input.reported.filter { $0.type.map(types.contains) ?? false }
        for condition in conditions {
            if input.isBehind(condition.observedGeneration) {
                return ResourceHealth(.progressing, "Waiting for \(words.kind) spec update to be observed")
            }
            let reason = condition.reason?.text ?? "Unknown"
            switch condition.status?.text {
            case "False":
                let message = condition.message ?? "Unknown error"
                return ResourceHealth(
                    .degraded,
                    reason == "ReconciliationError"
                        ? "\(words.title) \(words.failed): \(message)"
                        : "\(words.title) \(words.notReady) (\(reason)): \(message)")
            case "Unknown":
                guard let unknown = words.unknown else { continue }
                return ResourceHealth(
                    .progressing, "\(words.title) \(unknown) (\(reason)): \(condition.message ?? "Unknown")")
            default: continue
            }
        }
        guard conditions.isEmpty else { return nil }
        return ResourceHealth(
            .progressing, words.unknown == nil ? words.missing : "\(words.kind) \(words.missing)")
    }

    private static func ready(_ subject: String) -> ResourceHealth {
        ResourceHealth(.healthy, "\(subject) is ready")
    }

    private static func pullRequest(_ input: HealthInput) -> ResourceHealth {
        guard let id = input.status.present("id"), let state = input.statusText("state") else {
            return ResourceHealth(.healthy, "Pull request is healthy")
        }
        return ResourceHealth(
            .healthy, "Pull request is \(state) as PR \(id.text ?? id.integer.map { "\($0)" } ?? "")")
    }

    private static func commitStatus(_ input: HealthInput) -> ResourceHealth {
        guard let commit = input.statusText("sha"), let phase = input.statusText("phase") else {
            return ResourceHealth(.healthy, "Commit status is healthy")
        }
        return ResourceHealth(.healthy, "Commit status for commit \(commit) reports \(phase)")
    }

    private static func applicationsStatus(_ input: HealthInput) -> ResourceHealth {
        let selected = input.status["applicationsSelected"]?.elements.count ?? 0
        guard selected > 0 else {
            return ResourceHealth(.degraded, "Argo CD commit status has no applications configured")
        }
        return ResourceHealth(
            .healthy, "Argo CD commit status is healthy and is tracking \(selected) applications")
    }

    /// A gate that every environment passes on its own.
    private static func environments(
        _ input: HealthInput, _ title: String, _ subject: String, _ passed: String
    ) -> ResourceHealth {
        let environments = input.status["environments"]?.elements ?? []
        guard !environments.isEmpty else { return ResourceHealth(.healthy, "\(title) reconciled") }
        func branches(_ isMeant: (String) -> Bool) -> [String] {
            environments.filter { isMeant($0["phase"]?.text ?? "pending") }.map { $0["branch"]?.text ?? "?" }
        }
        let failed = branches { $0 == "failure" }
        if !failed.isEmpty {
            return ResourceHealth(.degraded, "\(subject) failed for branch(es): \(failed.joined(separator: ", "))")
        }
        let pending = branches { $0 != "failure" && $0 != "success" }
        if !pending.isEmpty {
            return ResourceHealth(
                .progressing, "\(subject) pending for branch(es): \(pending.joined(separator: ", "))")
        }
        return ResourceHealth(.healthy, "\(subject) \(passed) for \(environments.count) environment(s)")
    }
}
