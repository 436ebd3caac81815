/// What the application controller remembers between reconciles besides the Applications' statuses.
package struct ArgoCDMemory {
    var records = PersistentArray<ApplicationRecord>(default: ApplicationRecord())
    /// By object: the Application that has it as a target, of those that compared last.
    var targetOf = PersistentArray<ObjectKey>(default: .none)
    /// The change sets that a commit holds, by revision.
    var changeSets: [Symbol: [Symbol]] = [:]
    /// By Application: the last comparison.
    var comparisons = PersistentArray<KnownComparison?>(default: nil)
    /// By object: the health found last, with what it was found from.
    var health = PersistentArray<KnownHealth?>(default: nil)
    /// Applications of which the last sync could not write something, in the order in which that was found.
    package private(set) var failedSyncs = OrderedKeys()
    /// The users' health checks as `argocd-cm` last had them; nil until they are asked for.
    var healthScripts: CustomHealthScripts?

    package init() {}

    /// Notes whether an Application's last sync could not write something.
    mutating func noteSync(_ application: ObjectKey, hasFailures: Bool) {
        if hasFailures { failedSyncs.append(application) } else { failedSyncs.remove(application) }
    }
}

/// How much a refresh looks at. Source: specs/argocd.md 9.1.
enum RefreshLevel: UInt8, Comparable {
    case none
    /// The revision of the last comparison.
    case recent
    /// What the branch points to now.
    case latest
    /// As `latest`, and repository errors are told at once (8.4).
    case forced

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What the controller remembers of one Application.
struct ApplicationRecord {
    /// The Application it belongs to; another uid means a new Application of the same name.
    var uid: UInt32 = 0
    /// Between two looks at git: 120 s and a jitter drawn once (specs/argocd.md 9.1).
    var pollPeriod = SimulationTime.Span.milliseconds(0)
    var lastRefresh = SimulationTime.never
    /// Waiting to be done.
    var refresh = RefreshLevel.none
    /// The next look at git that will find something new; `.never` while nothing changed.
    var pollAt = SimulationTime.never
    var pollCause = TraceID.none
    /// Since when manifests cannot be generated; `.never` while they can.
    var repoErrorSince = SimulationTime.never
    /// A manual sync that waits to be started.
    var requested: RequestedSync?
}

/// The health of one object in one state.
final class KnownHealth: Sendable {
    /// Kept, so that no other status can have its identity.
    let status: Status?
    let body: BodyID
    let annotations: MapID
    let finalizers: ListID
    let generation: UInt32
    let isDeleting: Bool
    /// Those of `argocd-cm`.
    let settings: HealthScripts
    /// 0 where no script said it: scripts see labels and owners too.
    let resourceVersion: UInt32
    /// The second for which it is so; nil: always.
    let second: Int64?
    let finding: HealthFinding

    init(
        _ row: ObjectRow, _ status: Status?, _ scripts: CustomHealthScripts, _ answer: HealthScriptAnswer,
        _ now: SimulationTime, isScripted: Bool
    ) {
        self.status = status
        body = row.body
        annotations = row.annotations
        finalizers = row.finalizers
        generation = row.generation
        isDeleting = row.isDeleting
        settings = scripts.settings
        resourceVersion = isScripted ? row.resourceVersion : 0
        second = answer.readsClock ? now.second : nil
        finding = answer.finding
    }

    func isUpToDate(
        _ row: ObjectRow, _ status: Status?, _ scripts: CustomHealthScripts, _ now: SimulationTime
    ) -> Bool {
        self.status === status && body == row.body && generation == row.generation && isDeleting == row.isDeleting
            && annotations == row.annotations && finalizers == row.finalizers && settings === scripts.settings
            && (resourceVersion == 0 || resourceVersion == row.resourceVersion) && isOf(now)
    }

    /// Whether it holds at that moment.
    func isOf(_ now: SimulationTime) -> Bool { second == nil || second == now.second }
}

extension SimulationTime {
    /// Whole seconds since 1970.
    fileprivate var second: Int64 { milliseconds / 1000 }
}

/// A sync that a person asked for.
final class RequestedSync: Sendable {
    let prune: Bool
    let force: Bool
    /// Empty: what the source's `targetRevision` means now.
    let revision: Symbol
    let cause: TraceID

    init(prune: Bool, force: Bool, revision: Symbol, cause: TraceID) {
        self.prune = prune
        self.force = force
        self.revision = revision
        self.cause = cause
    }
}

// MARK: - What changes tell the controller

extension ArgoCD {
    /// Argo CD hears of its settings and of every object that an Application tracks or has as a target.
    static let observer = Observer(
        replaced: { simulation, write, old in
            guard simulation.state[write.key].annotations != old.annotations else { return }
            simulation.argoObjectChanged(write, old)
        },
        leaving: { simulation, write in simulation.argoObjectChanged(write, simulation.state[write.key]) },
        written: { simulation, write in simulation.argoObjectChanged(write, simulation.state[write.key]) })

    static let settingsObserver = Observer(
        kinds: [.configMap],
        written: { simulation, write in simulation.argoSettingsChanged(write.key, cause: write.cause) })
}

extension StateSlots {
    private static let argoCDSlot = Slot("argocd", ArgoCDMemory())

    /// What the application controller remembers.
    package internal(set) var argoCD: ArgoCDMemory {
        _read { yield self[Self.argoCDSlot] }
        _modify { yield &self[Self.argoCDSlot] }
    }
}

extension Simulation {
    /// An object was written: the Application that tracks it compares again with the revision it compared last; one
    /// that only has it as a target finds out at its next poll. Source: specs/argocd.md 9.1, 3.3.
    ///
    /// - Parameter row: what says whose the object is, or was.
    fileprivate mutating func argoObjectChanged(_ write: Write, _ row: ObjectRow) {
        let (key, changes, cause) = (write.key, write.changes, write.cause)
        let target = memory.argoCD.targetOf[key.offset]
        let method = configuration.argoCD.tracking
        let marks = method.marks(labels: row.labels, annotations: row.annotations)
        if marks.isEmpty, target.isNone { return }
        let tracking = method.application(of: marks, tables) ?? .none
        if tracking.isNone, target.isNone { return }
        let kind = self.kind(write.kind)
        if changes == .status, !hasHealthCheck(kind) { return }
        guard let controller = configuration.controllerID(ArgoCD.controllerName) else { return }
        if !tracking.isNone, tracking != key, state.exists(tracking) {
            requestRefresh(tracking, .recent)
            enqueue(controller, tracking, because: cause)
        }
        if !target.isNone, target != tracking, state.exists(target) { refreshAtNextPoll(target, because: cause) }
    }

    /// Raises the refresh that an Application waits for.
    mutating func requestRefresh(_ application: ObjectKey, _ level: RefreshLevel) {
        guard memory.argoCD.records[application.offset].refresh < level else { return }
        memory.argoCD.records[application.offset].refresh = level
    }

    /// Something changed of which nothing tells the controller: it is found at the Application's next poll.
    mutating func refreshAtNextPoll(_ application: ObjectKey, because cause: TraceID) {
        let record = memory.argoCD.records[application.offset]
        // An Application that was never reconciled will look at everything anyway.
        guard record.uid == state[application].uid, record.uid != 0 else { return }
        if record.pollAt != .never, record.pollAt > now {
            // A commit explains what the poll will find better than anything else that it would find.
            if isCommit(cause) { memory.argoCD.records[application.offset].pollCause = cause }
            return
        }
        var poll = record.lastRefresh == .never ? now : record.lastRefresh
        let period = max(1, record.pollPeriod.milliseconds)
        let passed = (now - poll).milliseconds / period
        poll = poll + SimulationTime.Span(milliseconds: (passed + 1) * period)
        if let operation = applicationState(application).operation, operation.phase == .running {
            // A running operation is looked at more often than git (9.9).
            poll = min(poll, now + configuration.latencies[.argocdOperation])
        }
        memory.argoCD.records[application.offset].pollAt = poll
        memory.argoCD.records[application.offset].pollCause = cause
        requeue(ArgoCD.controllerName, application, after: poll - now)
    }
}

extension Simulation {
    private func isCommit(_ cause: TraceID) -> Bool {
        let action = trace[Int(cause.index)].action
        return action == .merge || action == .revert
    }

    /// What an Application's status says, typed or loaded from a document.
    package func applicationState(_ key: ObjectKey) -> ApplicationState {
        guard let status = state.status(key) else { return ApplicationState() }
        if let typed = status as? ApplicationStatus { return typed.content }
        return ApplicationState(document: status.document)
    }

    /// Writes an Application's status where it differs.
    mutating func writeApplicationState(_ key: ObjectKey, _ new: ApplicationState) {
        if let old = state.status(key) as? ApplicationStatus, old.content == new { return }
        let hasFailures = new.operation?.results.contains { $0.code == .syncFailed } ?? false
        memory.argoCD.noteSync(key, hasFailures: hasFailures)
        updateStatus(key, as: ArgoCD.caller, ApplicationStatus(new, tables: tables))
    }
}
