/// What Argo CD can learn of repositories that do not answer.
extension Simulation {
    /// Why the sources of an Application cannot be read now; nil where they can.
    ///
    /// A branch is resolved against the repository at every look for new commits. The manifests of a commit, and of a
    /// source that pins its version, are in the repo server's cache once they were made (24 h; taken as for ever here).
    /// That cache covers the revision that was compared last, so that an Application goes on healing by it.
    /// Source: argo-cd `reposerver/repository` (revision first, then the manifest cache); the words of
    /// argoproj/argo-cd#24744 for git.
    ///
    /// - Parameter status: of the last comparison.
    func repositoryFailure(_ facts: ApplicationFacts, _ status: ApplicationState) -> String? {
        if externals.unavailableRepositories.isEmpty { return nil }
        let wasRead = !status.conditions.contains { $0.kind == .comparisonError }
        for (index, source) in facts.sources.enumerated() where !externals.isRepositoryAvailable(source.repoURL) {
            let isCached = wasRead && trackedRepository(source) == nil && status.comparedSources.contains(source.value)
            if isCached { continue }
            return "failed to generate manifest for source \(index + 1) of \(facts.sources.count): rpc error: "
                + "code = Unknown desc = " + Self.timeout(of: source)
        }
        return nil
    }

    private static func timeout(of source: ApplicationFacts.Source) -> String {
        let url = source.repoURL.text
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        let end = "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
        if source.chart.isEmpty {
            return "failed to list refs: Get \"\(base)/info/refs?service=git-upload-pack\": \(end)"
        }
        return "Get \"\(base)/index.yaml\": \(end)"
    }

    /// A repository stops answering, or answers again: each Application with a source there finds out at its next poll.
    ///
    /// - Parameter url: as sources write it, or another URL of the same repository.
    package mutating func setRepository(_ url: Symbol, isAvailable: Bool) {
        let others = externals.unavailableRepositories.filter { !externals.isSame($0, url) }
        externals.unavailableRepositories = isAvailable ? others : others + [url]
        for application in objects(of: tables.applicationKind) {
            guard let facts = facts(application, ApplicationFacts.self),
                facts.sources.contains(where: { externals.isSame($0.repoURL, url) })
            else { continue }
            refreshAtNextPoll(application, because: currentCause)
        }
    }
}
