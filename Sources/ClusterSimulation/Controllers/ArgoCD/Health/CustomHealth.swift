/// Users' own health checks: what runs them, and the scripts that stand where those that Argo CD ships do.
package struct CustomHealth: Sendable {
    package var runner: any HealthScriptRunner
    /// In place of the scripts that Argo CD ships, for the kinds that it has one for.
    package var shipped: HealthScripts

    package init(runner: any HealthScriptRunner, shipped: HealthScripts = .none) {
        self.runner = runner
        self.shipped = shipped
    }
}

/// The scripts that hold at a moment: those of `argocd-cm` as it is, then the shipped ones.
final class CustomHealthScripts: Sendable {
    static let none = CustomHealthScripts(body: .empty, settings: .none, shipped: .none)

    /// The body of `argocd-cm` that the settings were read from.
    let body: BodyID
    let settings: HealthScripts
    let shipped: HealthScripts

    init(body: BodyID, settings: HealthScripts, shipped: HealthScripts) {
        self.body = body
        self.settings = settings
        self.shipped = shipped
    }

    var isEmpty: Bool { settings.isEmpty && shipped.isEmpty }

    func script(group: Symbol, kind: Symbol) -> HealthScript? {
        settings.script(group: group, kind: kind) ?? shipped.script(group: group, kind: kind)
    }
}

extension HealthCheck {
    /// The health of an object in Argo CD's order: being deleted, a script, a check that is built in.
    /// Source: specs/argocd.md 13.1.
    ///
    /// - Parameters:
    ///   - script: the script for its kind, if there is one.
    ///   - document: the whole object, made only where a script runs.
    package static func finding(
        _ input: HealthInput, script: HealthScript?, runner: (any HealthScriptRunner)?, now: SimulationTime,
        document: () -> Value
    ) -> HealthScriptAnswer {
        guard let script, let runner, !isPendingDeletion(input) else {
            return HealthScriptAnswer(health(input).map(HealthFinding.found) ?? .none)
        }
        return runner.run(script, document(), now: now)
    }
}

extension Simulation {
    /// The scripts that hold now.
    mutating func customHealthScripts() -> CustomHealthScripts {
        guard let custom = externals.customHealth else { return .none }
        let key = tables.argoSettingsKey
        let body = state.exists(key) ? state[key].body : .empty
        if let known = memory.argoCD.healthScripts, known.body == body { return known }
        let data = tables.body(body).value["data"] ?? nil
        let scripts = CustomHealthScripts(
            body: body, settings: data.isNull ? .none : custom.runner.scripts(settings: data), shipped: custom.shipped)
        // An edit of other settings leaves everything found so far as good as it was.
        if let known = memory.argoCD.healthScripts, known.settings.entries == scripts.settings.entries {
            memory.argoCD.healthScripts = CustomHealthScripts(
                body: body, settings: known.settings, shipped: known.shipped)
        } else {
            memory.argoCD.healthScripts = scripts
        }
        return memory.argoCD.healthScripts ?? scripts
    }

    /// Whether a script looked at the clock for what was found of an object's health.
    func isHealthOfNow(_ key: ObjectKey) -> Bool { memory.argoCD.health[key.offset]?.second != nil }

    /// Whether a kind has a check of either sort.
    mutating func hasHealthCheck(_ kind: Kind) -> Bool {
        if HealthCheck.check(group: kind.group, kind: kind.kind) != nil { return true }
        if externals.customHealth == nil { return false }
        return customHealthScripts().script(group: kind.group, kind: kind.kind) != nil
    }

    /// A ConfigMap was written. Argo CD reads `argocd-cm` at each comparison, and no comparison is made for its sake:
    /// an Application finds out at its next poll. Source: argo-cd `controller/state.go`, `getComparisonSettings`.
    mutating func argoSettingsChanged(_ key: ObjectKey, cause: TraceID) {
        guard externals.customHealth != nil, key == tables.argoSettingsKey else { return }
        let before = memory.argoCD.healthScripts
        let after = customHealthScripts()
        guard let before, before.settings !== after.settings else { return }
        for application in objects(of: tables.applicationKind) { refreshAtNextPoll(application, because: cause) }
    }
}

extension ExternalSystems {
    private static let customHealthSlot = Slot<CustomHealth?>("health-checks", nil)

    /// Users' own health checks; nil: none are run.
    package var customHealth: CustomHealth? {
        _read { yield others[Self.customHealthSlot] }
        _modify { yield &others[Self.customHealthSlot] }
    }
}
