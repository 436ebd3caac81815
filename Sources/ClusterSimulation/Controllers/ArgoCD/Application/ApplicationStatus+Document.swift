extension ApplicationState {
    /// The status as the API returns it.
    func document(_ tables: ClusterTables) -> Value {
        var sync: Value = ["status": Value(self.sync.text)]
        set(revisions, on: &sync)
        if !comparedSources.isEmpty {
            var compared = Value(.object([]))
            set(comparedSources, on: &compared)
            compared["destination"] = comparedDestination
            sync["comparedTo"] = compared
        }
        let health = Value.object([
            "status": Value(self.health.text),
            "lastTransitionTime": healthSince.map { .string($0.rfc3339) },
        ])
        return .object([
            "sync": sync, "health": health,
            "resources": resources.isEmpty ? nil : Value(.array(resources.map { $0.document(tables) })),
            "conditions": conditions.isEmpty ? nil : Value(.array(conditions.map(\.document))),
            "operationState": operation?.document(tables),
        ])
    }

    /// Reads a status that came from a document, as in a snapshot.
    init(document: Value) {
        self.init()
        sync = SyncCode(document.at("sync", "status")?.symbol) ?? .unknown
        if let list = document.at("sync", "revisions")?.symbols, !list.isEmpty {
            revisions = list
        } else if let revision = document.at("sync", "revision")?.symbol {
            revisions = [revision]
        }
        comparedSources = Self.sources(document.at("sync", "comparedTo"))
        comparedDestination = document.at("sync", "comparedTo", "destination") ?? nil
        health = HealthCode(document.at("health", "status")?.symbol) ?? .unknown
        healthSince = document.at("health", "lastTransitionTime")?.text.flatMap(SimulationTime.init(rfc3339:))
        for entry in document["conditions"]?.elements ?? [] {
            guard let kind = ApplicationCondition.Kind(entry["type"]?.symbol) else { continue }
            conditions.append(ApplicationCondition(kind, entry["message"]?.text ?? ""))
        }
        operation = document["operationState"].flatMap(OperationState.init(document:))
        wasReconciled = document["sync"] != nil
    }

    /// `source` or `sources` of a status.
    static func sources(_ value: Value?) -> [Value] {
        if let list = value?["sources"]?.elements, !list.isEmpty { return list }
        return value?["source"].map { [$0] } ?? []
    }
}

private func set(_ revisions: [Symbol], on value: inout Value) {
    switch revisions.count {
    case 0: break
    case 1: value["revision"] = Value(revisions[0])
    default: value["revisions"] = .strings(revisions)
    }
}

private func set(_ sources: [Value], on value: inout Value) {
    switch sources.count {
    case 0: break
    case 1: value["source"] = sources[0]
    default: value["sources"] = Value(.array(sources))
    }
}

extension ApplicationCondition {
    var document: Value { ["type": Value(kind.text), "message": Value(message)] }
}

extension ApplicationCondition.Kind {
    init?(_ text: Symbol?) {
        let all: [Self] = [
            .deletionError, .invalidSpecError, .comparisonError, .syncError, .unknownError, .sharedResourceWarning,
            .repeatedResourceWarning, .excludedResourceWarning, .orphanedResourceWarning,
        ]
        guard let text, let kind = all.first(where: { $0.text == text }) else { return nil }
        self = kind
    }
}

extension ResourceStatus {
    func document(_ tables: ClusterTables) -> Value {
        let content = tables.content(key)
        let kind = tables.kind(content.kind)
        let health = self.health.map { code in
            Value.object([
                "status": Value(code.text), "message": healthMessage.isEmpty ? nil : Value(healthMessage),
            ])
        }
        return .object([
            "group": kind.group.isEmpty ? nil : Value(kind.group), "version": Value(version),
            "kind": Value(kind.kind), "namespace": content.namespace.isEmpty ? nil : Value(content.namespace),
            "name": Value(content.name), "status": sync.map { Value($0.text) }, "health": health,
            "hook": isHook ? true : nil, "requiresPruning": requiresPruning ? true : nil,
        ])
    }
}

extension OperationState {
    func document(_ tables: ClusterTables) -> Value {
        var syncResult: Value?
        if let synced {
            var result = Value(.object([]))
            set(synced.revisions, on: &result)
            set(synced.sources, on: &result)
            if !results.isEmpty { result["resources"] = Value(.array(results.map { $0.document(tables) })) }
            syncResult = result
        }
        var sync = Value.object(["prune": operation.prune ? true : nil])
        set(operation.revisions, on: &sync)
        if operation.selfHealAttempts > 0 { sync["autoHealAttemptsCount"] = .integer(operation.selfHealAttempts) }
        return .object([
            "operation": .object([
                "sync": sync,
                "initiatedBy": operation.isAutomated ? ["automated": true] : ["username": "admin"],
            ]),
            "phase": Value(phase.text), "message": message.isEmpty ? nil : Value(message),
            "startedAt": .string(startedAt.rfc3339), "finishedAt": finishedAt.map { .string($0.rfc3339) },
            "retryCount": retryCount == 0 ? nil : .integer(retryCount), "syncResult": syncResult,
        ])
    }

    /// Reads `status.operationState`; nil where it has no phase.
    init?(document: Value) {
        guard let phase = OperationPhase(document["phase"]?.symbol) else { return nil }
        var operation = SyncOperation()
        operation.isAutomated = document.at("operation", "initiatedBy", "automated")?.boolean ?? false
        operation.prune = document.at("operation", "sync", "prune")?.boolean ?? false
        operation.selfHealAttempts = document.at("operation", "sync", "autoHealAttemptsCount")?.int32 ?? 0
        let started = document["startedAt"]?.text.flatMap(SimulationTime.init(rfc3339:)) ?? .epoch
        self.init(operation: operation, phase: phase, startedAt: started)
        message = document["message"]?.symbol ?? .empty
        finishedAt = document["finishedAt"]?.text.flatMap(SimulationTime.init(rfc3339:))
        retryCount = document["retryCount"]?.int32 ?? 0
        if let result = document["syncResult"] {
            var revisions = result["revisions"]?.symbols ?? []
            if revisions.isEmpty, let revision = result["revision"]?.symbol { revisions = [revision] }
            synced = SyncedTo(revisions: revisions, sources: ApplicationState.sources(result))
            self.operation.revisions = revisions
        }
    }
}

extension OperationResult {
    func document(_ tables: ClusterTables) -> Value {
        let content = tables.content(key)
        let kind = tables.kind(content.kind)
        return .object([
            "group": Value(kind.group), "version": Value(version), "kind": Value(kind.kind),
            "namespace": Value(content.namespace), "name": Value(content.name),
            "status": code == .none ? nil : Value(code.text), "message": message.isEmpty ? nil : Value(message),
            "hookPhase": Value(phase.text), "syncPhase": Value(syncPhase.name),
        ])
    }
}
