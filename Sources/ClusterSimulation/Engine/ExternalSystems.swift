import Synchronization

/// What lives outside the cluster and no manifest holds: git repositories, Vault, image facts, queues of work, and
/// whether machines and servers answer.
///
/// Filled from a scenario's facts; steps change it. A value: forks change theirs alone.
package struct ExternalSystems: Sendable {
    package var repositories: [GitRepository] = []
    /// Turns a source and a revision into manifests; nil: every source is unreadable.
    package var repoServer: (any RepoServer)?
    /// What only the floors above name: each has its place here.
    package var others = StateSlots()
    package var images: [ImageFact] = [] { didSet { foundImages = FoundImages() } }
    /// Of several that cover a request, the first counts.
    package var webhooks: [WebhookFact] = []
    /// Nodes whose machines are off, and since when.
    package internal(set) var stoppedNodes: [(node: Symbol, since: SimulationTime)] = []
    /// Hosts of image registries that do not answer now.
    package internal(set) var unavailableRegistries: [Symbol] = []
    /// URLs of repositories that do not answer now.
    package internal(set) var unavailableRepositories: [Symbol] = []

    private var foundImages = FoundImages()

    package init() {}

    /// Facts that were looked up under one list of facts, for all forks that share it.
    private final class FoundImages: Sendable {
        let facts = Mutex<[Symbol: ImageFact?]>([:])
    }

    /// The repository of that URL or alias; `.git` at the end does not count.
    package func repository(_ url: Symbol) -> Int? {
        let plain = Self.plain(url)
        return repositories.firstIndex {
            Self.plain($0.url) == plain || $0.aliases.contains { Self.plain($0) == plain }
        }
    }

    /// Whether the repository of that URL answers: it, and no other URL of it, is among those that do not.
    package func isRepositoryAvailable(_ url: Symbol) -> Bool {
        unavailableRepositories.isEmpty || !unavailableRepositories.contains { isSame($0, url) }
    }

    /// Whether two URLs mean one repository.
    package func isSame(_ url: Symbol, _ other: Symbol) -> Bool {
        if Self.plain(url) == Self.plain(other) { return true }
        guard let index = repository(url) else { return false }
        return repository(other) == index
    }

    private static func plain(_ url: Symbol) -> String {
        let text = url.text
        return text.hasSuffix(".git") ? String(text.dropLast(4)) : text
    }

    /// The fact that says most about an image reference: an exact tag before every tag, a longer pattern before a
    /// shorter; later facts before earlier ones of the same length.
    package func image(_ reference: Symbol) -> ImageFact? {
        foundImages.facts.withLock { found in
            if let fact = found[reference] { return fact }
            let fact = find(reference)
            found[reference] = .some(fact)
            return fact
        }
    }

    private func find(_ reference: Symbol) -> ImageFact? {
        let text = reference.text
        var best: (fact: ImageFact, length: Int)?
        for fact in images where fact.matches(text) {
            let length = fact.pattern.text.utf8.count
            if best == nil || length >= best!.length { best = (fact, length) }
        }
        return best?.fact
    }
}
