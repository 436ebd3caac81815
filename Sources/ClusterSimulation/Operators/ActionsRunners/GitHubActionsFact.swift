/// Jobs that wait for a runner.
package struct GitHubActionsFact: Sendable {
    /// `githubConfigUrl`.
    package var url: Symbol
    package var assignedJobs: Int

    package init(url: Symbol, assignedJobs: Int) {
        self.url = url
        self.assignedJobs = assignedJobs
    }
}

extension ExternalSystems {
    private static let githubActionsSlot = Slot<[GitHubActionsFact]>("github-actions", [])

    /// Work that waits for runners.
    package var githubActions: [GitHubActionsFact] {
        _read { yield others[Self.githubActionsSlot] }
        _modify { yield &others[Self.githubActionsSlot] }
    }
}
