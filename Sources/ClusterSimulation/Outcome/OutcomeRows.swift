/// A namespace with its deletion conditions.
package struct NamespaceRow: Sendable, Equatable {
    package struct Condition: Sendable, Equatable {
        package var type: String
        package var status: String
        package var reason: String
        package var message: String

        package init(type: String, status: String, reason: String, message: String) {
            self.type = type
            self.status = status
            self.reason = reason
            self.message = message
        }
    }

    package var name: String
    /// `Active` or `Terminating`.
    package var phase: String
    package var conditions: [Condition]

    package init(name: String, phase: String, conditions: [Condition]) {
        self.name = name
        self.phase = phase
        self.conditions = conditions
    }
}

/// A line of the rehearsal's story: a scenario step, or an event worth telling.
package struct TimelineEntry: Sendable, Equatable {
    package var at: SimulationTime
    package var actor: String
    package var text: String
    package var source: String?

    package init(at: SimulationTime, actor: String, text: String, source: String? = nil) {
        self.at = at
        self.actor = actor
        self.text = text
        self.source = source
    }
}

/// A change set (pull request) of the scenario: what a rollback would have to take back.
package struct ChangeSetRow: Sendable, Equatable {
    /// `#1738`.
    package var name: String
    package var title: String
    /// URL of the repository it changes.
    package var repository: String
    /// When it was merged last; nil: never, up to the horizon.
    package var mergedAt: SimulationTime?
    /// When it was reverted last; nil: never. Later than `mergedAt` means that it is not in effect.
    package var revertedAt: SimulationTime?
    /// The revision its merge made, as Argo CD reports it; empty where it was never merged.
    package var revision: String
    /// `file:line:column` of its entry in the scenario.
    package var source: String?
    /// Paths in the repository of the files it adds or replaces, in byte order.
    package var changedFiles: [String]
    /// Paths in the repository of the files it takes out, in the scenario's order.
    package var removedFiles: [String]

    package init(
        name: String, title: String, repository: String, mergedAt: SimulationTime? = nil,
        revertedAt: SimulationTime? = nil, revision: String = "", source: String? = nil, changedFiles: [String] = [],
        removedFiles: [String] = []
    ) {
        self.name = name
        self.title = title
        self.repository = repository
        self.mergedAt = mergedAt
        self.revertedAt = revertedAt
        self.revision = revision
        self.source = source
        self.changedFiles = changedFiles
        self.removedFiles = removedFiles
    }
}
