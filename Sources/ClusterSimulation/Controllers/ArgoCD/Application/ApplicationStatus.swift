/// `status.sync.status`.
package enum SyncCode: UInt8, Sendable {
    case synced, outOfSync, unknown

    package var text: Symbol {
        switch self {
        case .synced: "Synced"
        case .outOfSync: "OutOfSync"
        case .unknown: "Unknown"
        }
    }

    package init?(_ text: Symbol?) {
        switch text?.text {
        case "Synced": self = .synced
        case "OutOfSync": self = .outOfSync
        case "Unknown": self = .unknown
        default: return nil
        }
    }
}

/// `status.health.status`, from good to bad. Source: specs/argocd.md 12.
package enum HealthCode: UInt8, Sendable, CaseIterable, Comparable {
    case healthy, suspended, progressing, missing, degraded, unknown

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    package var text: Symbol {
        switch self {
        case .healthy: "Healthy"
        case .suspended: "Suspended"
        case .progressing: "Progressing"
        case .missing: "Missing"
        case .degraded: "Degraded"
        case .unknown: "Unknown"
        }
    }

    package init?(_ text: Symbol?) {
        guard let text, let code = Self.allCases.first(where: { $0.text == text }) else { return nil }
        self = code
    }
}

/// `status.operationState.phase`.
package enum OperationPhase: UInt8, Sendable {
    case running, terminating, succeeded, failed, error

    package var isCompleted: Bool { self == .succeeded || self == .failed || self == .error }

    package var text: Symbol {
        switch self {
        case .running: "Running"
        case .terminating: "Terminating"
        case .succeeded: "Succeeded"
        case .failed: "Failed"
        case .error: "Error"
        }
    }

    package init?(_ text: Symbol?) {
        switch text?.text {
        case "Running": self = .running
        case "Terminating": self = .terminating
        case "Succeeded": self = .succeeded
        case "Failed": self = .failed
        case "Error": self = .error
        default: return nil
        }
    }
}

/// One of `status.conditions`. Types that end in `Error` are errors. Source: specs/argocd.md 8.7.
package struct ApplicationCondition: Equatable, Sendable {
    package enum Kind: UInt8, Sendable {
        case deletionError, invalidSpecError, comparisonError, syncError, unknownError
        case sharedResourceWarning, repeatedResourceWarning, excludedResourceWarning, orphanedResourceWarning

        package var isError: Bool { rawValue <= Self.unknownError.rawValue }

        package var text: Symbol {
            switch self {
            case .deletionError: "DeletionError"
            case .invalidSpecError: "InvalidSpecError"
            case .comparisonError: "ComparisonError"
            case .syncError: "SyncError"
            case .unknownError: "UnknownError"
            case .sharedResourceWarning: "SharedResourceWarning"
            case .repeatedResourceWarning: "RepeatedResourceWarning"
            case .excludedResourceWarning: "ExcludedResourceWarning"
            case .orphanedResourceWarning: "OrphanedResourceWarning"
            }
        }
    }

    package var kind: Kind
    package var message: Symbol

    /// Whether the model does not know whether it is so: see `ManifestFailure.isUnknown`.
    package var isUnknown: Bool

    package init(_ kind: Kind, _ message: String, isUnknown: Bool = false) {
        self.isUnknown = isUnknown
        self.kind = kind
        self.message = Symbol(message)
    }
}

/// What a sync did with one object: an entry of `status.operationState.syncResult.resources`.
package struct OperationResult: Equatable, Sendable {
    package enum Code: UInt8, Sendable {
        case none, synced, syncFailed, pruned, pruneSkipped

        package var text: Symbol {
            switch self {
            case .none: ""
            case .synced: "Synced"
            case .syncFailed: "SyncFailed"
            case .pruned: "Pruned"
            case .pruneSkipped: "PruneSkipped"
            }
        }
    }

    package var key: ObjectKey
    /// The version of its kind.
    package var version: Symbol
    package var syncPhase: SyncPhase
    package var code: Code
    /// Whether the object is done, waited for, or failed.
    package var phase: OperationPhase
    package var message: Symbol
    package var isHook: Bool
}

/// `status.operationState`: the sync that runs, or the last one that ran.
package struct OperationState: Equatable, Sendable {
    package var operation: SyncOperation
    package var phase: OperationPhase
    package var message: Symbol = .empty
    package var startedAt: SimulationTime
    package var finishedAt: SimulationTime?
    package var retryCount = 0
    /// nil where the operation ended before it compared anything.
    package var synced: SyncedTo?
    package var results: [OperationResult] = []
    /// Not before this moment goes the operation on: the delay between waves, or the wait for a retry.
    package var notBefore: SimulationTime?
    /// The trace entry of its start: what the operation writes, in whatever wave, is caused by it. `.none` for an
    /// operation that was loaded with a snapshot.
    package var trace = TraceID.none

    /// What was synced: the revisions and sources that 9.4 compares.
    package struct SyncedTo: Equatable, Sendable {
        package var revisions: [Symbol]
        package var sources: [Value]
        /// `managedNamespaceMetadata` as it was then (specs/argocd.md 4.6).
        package var namespaceMetadata: Value = nil
    }
}

/// `operation.sync`: what a sync is asked to do.
package struct SyncOperation: Equatable, Sendable {
    /// One for each source.
    package var revisions: [Symbol] = []
    package var prune = false
    package var force = false
    /// nil: everything. Else the selected objects by group, kind and name, without namespace (specs/argocd.md 9.5).
    package var selection: [Selection]?
    package var options = SyncOptions()
    package var retry = RetryStrategy.manualDefault
    package var isAutomated = false
    package var selfHealAttempts = 0

    package struct Selection: Hashable, Sendable {
        package var group: Symbol
        package var kind: Symbol
        package var name: Symbol
    }

    package init() {}
}

/// One of `status.resources`.
package struct ResourceStatus: Equatable, Sendable {
    package var key: ObjectKey
    /// The version of its kind.
    package var version: Symbol
    /// nil for hooks and what is ignored.
    package var sync: SyncCode?
    package var health: HealthCode?
    package var healthMessage: Symbol
    package var requiresPruning: Bool
    package var isHook: Bool
}

extension ResourceStatus {
    init(_ resource: ComparedResource, version: Symbol) {
        self.init(
            key: resource.key, version: version, sync: resource.sync, health: resource.health?.code,
            healthMessage: Symbol(resource.health?.message ?? ""), requiresPruning: resource.requiresPruning,
            isHook: resource.isHook)
    }
}

/// What an Application's status says.
package struct ApplicationState: Equatable, Sendable {
    package var sync: SyncCode = .unknown
    /// One for each source.
    package var revisions: [Symbol] = []
    /// `status.sync.comparedTo`: what the last comparison compared with; empty where there was none.
    package var comparedSources: [Value] = []
    package var comparedDestination: Value = nil
    package var health: HealthCode = .unknown
    package var healthMessage: Symbol = .empty
    package var healthSince: SimulationTime?
    package var resources: [ResourceStatus] = []
    package var conditions: [ApplicationCondition] = []
    package var operation: OperationState?
    package var wasReconciled = false

    package init() {}

    /// Replaces the conditions of some kinds, in the place of the first replaced ones.
    mutating func replace(_ kinds: [ApplicationCondition.Kind], with new: [ApplicationCondition]) {
        conditions.removeAll { kinds.contains($0.kind) }
        conditions.append(contentsOf: new)
    }
}

/// The typed status of an Application.
package final class ApplicationStatus: Status, @unchecked Sendable {
    package let content: ApplicationState
    private let tables: ClusterTables

    package init(_ content: ApplicationState, tables: ClusterTables) {
        self.content = content
        self.tables = tables
    }

    package override var document: Value { content.document(tables) }
}
