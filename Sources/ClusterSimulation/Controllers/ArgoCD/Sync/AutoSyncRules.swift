/// Whether an Application is synced by itself. Pure rules. Source: specs/argocd.md 9.3 to 9.6.
package enum AutoSync {
    /// What the rules look at.
    package struct Input: Sendable {
        package var isAutomated = true
        package var prune = false
        package var selfHeal = false
        package var allowEmpty = false
        package var isOperationInProgress = false
        package var isDeleting = false
        package var sync: SyncCode = .outOfSync
        /// Of every resource that has a sync status: whether it is Synced, and whether it only needs pruning.
        package var resources: [(isSynced: Bool, requiresPruning: Bool)] = []
        /// The phase of the last operation, where it was an attempt at the same revision and source.
        package var lastAttempt: OperationPhase?
        /// What is left of the self-heal backoff.
        package var backoffRemaining = SimulationTime.Span.milliseconds(0)

        package init() {}
    }

    package enum Decision: Equatable, Sendable {
        case notAutomated
        case operationInProgress
        case deleting
        /// The status is Synced or Unknown.
        case status(SyncCode)
        /// Automated prune is off, and pruning is all that is left to do.
        case onlyPruningLeft
        /// The last attempt at this revision and source succeeded, and self-heal is off.
        case alreadySynced
        /// SyncError: the last attempt at this revision and source did not succeed.
        case failedLastAttempt
        /// SyncError: a sync would delete everything.
        case wouldWipeOut
        case selfHealBackoff(SimulationTime.Span)
        /// A full sync.
        case sync
        /// A partial sync of what is not Synced, without hooks.
        case selfHeal
    }

    package static func decide(_ input: Input) -> Decision {
        guard input.isAutomated else { return .notAutomated }
        if input.isOperationInProgress { return .operationInProgress }
        if input.isDeleting { return .deleting }
        guard input.sync == .outOfSync else { return .status(input.sync) }
        if !input.prune, !input.resources.contains(where: { !$0.isSynced && !$0.requiresPruning }) {
            return .onlyPruningLeft
        }
        if let lastAttempt = input.lastAttempt {
            guard lastAttempt == .succeeded else { return .failedLastAttempt }
            guard input.selfHeal else { return .alreadySynced }
            if input.backoffRemaining > .milliseconds(0) { return .selfHealBackoff(input.backoffRemaining) }
        }
        if input.prune, !input.allowEmpty, !input.resources.contains(where: { !$0.requiresPruning }) {
            return .wouldWipeOut
        }
        return input.lastAttempt == nil ? .sync : .selfHeal
    }

    /// Whether the last operation was an attempt at the desired revisions and sources. Source: specs/argocd.md 9.4.
    ///
    /// - Parameters:
    ///   - phase: of the last operation; nil where there was none.
    ///   - synced: what the last operation synced; nil where it came to no result.
    ///   - mayHaveChanges: whether a revision other than the synced one may matter to this Application.
    package static func isAlreadyAttempted(
        phase: OperationPhase?, synced: [Symbol]?, desired: [Symbol], isSourceEqual: Bool, mayHaveChanges: Bool = true
    ) -> Bool {
        guard let phase else { return false }
        guard let synced else { return phase.isCompleted }
        if mayHaveChanges, synced != desired { return false }
        return isSourceEqual
    }
}
