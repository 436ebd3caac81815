import ClusterSimulation

/// Rows about the order of a sync, its retries, and when a sync starts by itself.
extension ArgoCDCases {
    // MARK: Order

    private static func task(_ row: Value) -> SyncTask {
        let phase = SyncPhase.allCases.first { $0.name.text == text(row, "phase") } ?? .sync
        return SyncTask(
            phase: phase, wave: number(row, "wave") ?? 0, group: row["group"]?.symbol ?? .empty,
            kind: row["kind"]?.symbol ?? .empty, namespace: row["namespace"]?.symbol ?? .empty,
            name: row["name"]?.symbol ?? .empty, isPrune: row["prune"]?.boolean ?? false,
            isHook: row["hook"]?.boolean ?? false)
    }

    static func taskOrder(_ row: Value, _: Versions) -> Comparison {
        let given = row["tasks"]?.elements ?? []
        var tasks = SyncOrder.sort(given.map(task))
        SyncOrder.adjustDependencies(&tasks) { definition in
            given.lazy.filter {
                $0["kind"]?.symbol == definition.kind && $0["name"]?.symbol ?? .empty == definition.name
            }
            .compactMap(definedKind).first
        }
        let order = tasks.map { task in
            "\(task.phase.name)/\(task.wave)/\(shownName(task.kind))/\(shownName(task.name))"
        }
        let expected = (row["expectedOrder"]?.elements ?? []).map { $0.text ?? "" }
        return (
            "\(given.count) tasks", expected.joined(separator: "\n"), order.joined(separator: "\n")
        )
    }

    /// What a definition among the tasks defines, where the row says so.
    private static func definedKind(_ row: Value) -> (group: Symbol, kind: Symbol)? {
        let spec = row["spec"] ?? row["defines"] ?? nil
        if let group = spec["group"]?.symbol, let kind = spec["kind"]?.symbol ?? spec.at("names", "kind")?.symbol {
            return (group, kind)
        }
        guard let group = row["crdGroup"]?.symbol, let kind = row["crdKind"]?.symbol else { return nil }
        return (group, kind)
    }

    private static func shownName(_ text: Symbol) -> String { text.isEmpty ? "-" : text.text }

    static func pruneWaves(_ row: Value, _: Versions) -> Comparison {
        let given = row["tasks"]?.elements ?? []
        var tasks = given.map { entry in
            var made = task(entry)
            made.pruneLast = made.isPrune && entry["pruneLast"]?.boolean == true
            return made
        }
        SyncOrder.assignPruneWaves(&tasks, pruneLast: row["pruneLast"]?.boolean ?? false)
        let expected = (row["expectedWave"]?.fields ?? []).map { "\($0.key) \($0.value.integer ?? -1)" }
        return (
            "\(given.count) tasks, prune last \(shown(row["pruneLast"]))", expected.sorted().joined(separator: "\n"),
            tasks.map { "\($0.name) \($0.wave)" }.sorted().joined(separator: "\n")
        )
    }

    static func deletionWave(_ row: Value, _: Versions) -> Comparison {
        let waves = (row["waves"]?.elements ?? []).map { $0.integer ?? 0 }
        let wave = SyncOrder.deletionWave(waves)
        let expected = (row["expected"]?.elements ?? []).map { $0.integer ?? 0 }
        return ("\(waves)", "\(expected)", "\(waves.filter { $0 == wave })")
    }

    // MARK: Delays

    static func retryDelay(_ row: Value, _: Versions) -> Comparison {
        let retry = RetryStrategy([
            "limit": 5,
            "backoff": [
                "duration": row["duration"] ?? nil, "factor": row["factor"] ?? nil,
                "maxDuration": row["maxDuration"] ?? nil,
            ],
        ])
        func seconds(_ span: SimulationTime.Span?) -> String { span.map { "\($0.milliseconds / 1000)" } ?? "none" }
        let request = "\(shown(row["duration"])) * \(shown(row["factor"]))^, at most \(shown(row["maxDuration"]))"
        if let attempt = number(row, "attempt") {
            return (
                "\(request), attempt \(attempt)",
                "announced \(shown(row["announcedSeconds"])), waited \(shown(row["effectiveSeconds"]))",
                "announced \(seconds(retry?.announcedDelay(attempt: attempt))), "
                    + "waited \(seconds(retry?.effectiveDelay(attempt: attempt)))"
            )
        }
        let count = number(row, "retryCount") ?? 0
        return (
            "\(request), retry \(count)", shown(row["expectedSeconds"]), seconds(retry?.delay(retryCount: count))
        )
    }

    static func selfHealBackoff(_ row: Value, _: Versions) -> Comparison {
        func span(_ key: Symbol) -> SimulationTime.Span { .seconds(Int64(number(row, key) ?? 0)) }
        let attempts = number(row, "attempts") ?? 0
        let remaining = Backoff.selfHealRemaining(
            attempts: attempts, sinceFinished: number(row, "secondsSinceFinished").map { .seconds(Int64($0)) },
            initial: span("initialSeconds"), factor: Int64(number(row, "factor") ?? 0), cap: span("capSeconds"))
        return (
            "\(attempts) attempts, \(shown(row["secondsSinceFinished"])) s since the last",
            "\(shown(row["expectedRemainingSeconds"])) s, now \(shown(row["selfHealNow"]))",
            "\(remaining.milliseconds / 1000) s, now \(remaining == .milliseconds(0))"
        )
    }

    // MARK: Automated syncs

    static func alreadyAttempted(_ row: Value, _: Versions) -> Comparison {
        let synced = row["syncedRevision"].map { [$0.symbol ?? .empty] }
        let several = row["syncedRevisions"]?.symbols
        let hasState = row["operationState"]?.boolean == true
        let hasResult = row["syncResult"]?.boolean == true
        let attempted = AutoSync.isAlreadyAttempted(
            phase: hasState ? OperationPhase(row["phase"]?.symbol) : nil,
            synced: hasResult ? several ?? synced ?? [.empty] : nil,
            desired: (row["desiredRevisions"]?.elements ?? []).map { $0.symbol ?? .empty },
            isSourceEqual: row["sourceEqual"]?.boolean ?? false,
            mayHaveChanges: row["revisionsMayHaveChanges"]?.boolean ?? true)
        return (
            "\(shown(row["phase"])), synced \(shown(row["syncedRevision"])), desired \(shown(row["desiredRevisions"]))",
            shown(row["expected"]), "\(attempted)"
        )
    }

    static func autoSync(_ row: Value, _: Versions) -> Comparison {
        let given = row["input"] ?? nil
        var input = AutoSync.Input()
        input.isAutomated = given["automated"]?.boolean ?? false
        input.prune = given["prune"]?.boolean ?? false
        input.selfHeal = given["selfHeal"]?.boolean ?? false
        input.allowEmpty = given["allowEmpty"]?.boolean ?? false
        input.isOperationInProgress = given["operationInProgress"]?.boolean ?? false
        input.isDeleting = given["deleting"]?.boolean ?? false
        input.sync = SyncCode(given["sync"]?.symbol) ?? .unknown
        input.resources = (given["resources"]?.elements ?? []).map {
            (isSynced: $0.text == "synced", requiresPruning: $0.text == "prune")
        }
        input.lastAttempt = OperationPhase(given["lastAttempt"]?.symbol)
        input.backoffRemaining = .seconds(Int64(number(given, "backoffRemaining") ?? 0))
        return (given.jsonText, text(row, "expected"), said(AutoSync.decide(input)))
    }

    /// A decision in the words of the rows.
    private static func said(_ decision: AutoSync.Decision) -> String {
        switch decision {
        case .notAutomated: "skip: not automated"
        case .operationInProgress: "skip: operation in progress"
        case .deleting: "skip: deleting"
        case .status(let code): "skip: status \(code.text)"
        case .onlyPruningLeft: "skip: only pruning left"
        case .alreadySynced: "skip: already synced to revision"
        case .failedLastAttempt: "condition: SyncError (failed last attempt)"
        case .wouldWipeOut: "condition: SyncError (would wipe out all resources)"
        case .selfHealBackoff: "skip: self-heal backoff, refresh scheduled"
        case .sync: "sync: full"
        case .selfHeal: "sync: partial"
        }
    }
}
