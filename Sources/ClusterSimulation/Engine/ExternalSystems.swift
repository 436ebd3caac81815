import Synchronization

/// What lives outside the cluster and no manifest holds: git repositories, Vault, image facts, queues of work, and
/// whether machines and servers answer.
///
/// Filled from a scenario's facts; steps change it. A value: forks change theirs alone.
package struct ExternalSystems: Sendable {
    package var repositories: [GitRepository] = []
    /// Turns a source and a revision into manifests; nil: every source is unreadable.
    package var repoServer: (any RepoServer)?
    /// Users' own health checks; nil: none are run.
    package var customHealth: CustomHealth?
    package var images: [ImageFact] = [] { didSet { foundImages = FoundImages() } }
    package var vaults: [VaultFact] = []
    package var githubActions: [GitHubActionsFact] = []
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

/// A git repository: which change sets its branch holds now.
package struct GitRepository: Sendable {
    package var url: Symbol
    package var aliases: [Symbol]
    /// What `HEAD` means.
    package var branch: Symbol
    /// Names of the merged change sets, in order; a revert takes its name out.
    package var merged: [Symbol]
    /// 40 hexadecimal digits: the commit the branch is at. Changes with every merge and revert.
    package var revision: Symbol

    package init(url: Symbol, aliases: [Symbol] = [], branch: Symbol = "main") {
        self.url = url
        self.aliases = aliases
        self.branch = branch
        merged = []
        revision = Self.revision(url, [], count: 0)
    }

    private var commits = 0

    /// Merges a change set, or takes one back: a new commit.
    package mutating func merge(_ changeSet: Symbol) {
        merged.append(changeSet)
        commit()
    }

    package mutating func revert(_ changeSet: Symbol) {
        if let index = merged.lastIndex(of: changeSet) { merged.remove(at: index) }
        commit()
    }

    private mutating func commit() {
        commits += 1
        revision = Self.revision(url, merged, count: commits)
    }

    private static func revision(_ url: Symbol, _ merged: [Symbol], count: Int) -> Symbol {
        var digits = ""
        for part in 0..<3 {
            var hash = StableHash(seed: UInt64(part))
            hash.combine(url.stableHash)
            hash.combine(UInt64(count))
            for name in merged { hash.combine(name.stableHash) }
            let text = String(hash.value, radix: 16)
            digits += String(repeating: "0", count: 16 - text.count) + text
        }
        return Symbol(String(digits.prefix(40)))
    }
}

/// The part of Argo CD that reads repositories, given from outside: pure, the same answer to the same request.
package protocol RepoServer: AnyObject, Sendable {
    /// The request with those change sets only that can matter to its answer.
    func reduced(_ request: ManifestRequest) -> ManifestRequest
    func generate(_ request: ManifestRequest) -> Result<[Value], ManifestFailure>
}

extension RepoServer {
    package func reduced(_ request: ManifestRequest) -> ManifestRequest { request }
}

/// What the repo server is asked.
package struct ManifestRequest: Hashable, Sendable {
    /// `metadata.name` of the Application: the release name unless the source says otherwise.
    package var application: Symbol
    /// `spec.source`, or one of `spec.sources`, by content.
    package var source: Value
    /// `spec.destination.namespace`.
    package var namespace: Symbol
    /// The change sets that the revision holds, for a repository of the scenario; empty otherwise.
    package var changeSets: [Symbol]
    package var versions: Versions

    package init(
        application: Symbol, source: Value, namespace: Symbol, changeSets: [Symbol], versions: Versions
    ) {
        self.application = application
        self.source = source
        self.namespace = namespace
        self.changeSets = changeSets
        self.versions = versions
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(application)
        hasher.combine(source.contentHash)
        hasher.combine(namespace)
        hasher.combine(changeSets)
    }
}

/// Why no manifests could be made: the text Argo CD puts behind `Failed to load target state: `.
package struct ManifestFailure: Error, Sendable, Equatable {
    package var message: String
    /// Whether the failure is the model's own: it was not told what the source holds, or does not make it. Nothing is
    /// violated by that.
    package var isUnknown: Bool

    package init(_ message: String, isUnknown: Bool = false) {
        self.message = message
        self.isUnknown = isUnknown
    }
}

/// What is known of an image.
package struct ImageFact: Sendable {
    /// Repository, with or without a tag; `*` stands for any text.
    package var pattern: Symbol
    /// A modelled program, `server` or `task`.
    package var program: Symbol
    /// Programs that one word of the command line selects instead, the first that matches.
    package var programsByArgument: [(whenArgument: Symbol, program: Symbol)]
    /// Whether pulling it needs a credential.
    package var isPrivate: Bool
    /// The C library that looks names up in it.
    package var library: StubResolver.Library
    /// What the program looks for when it starts; one thing missing ends it.
    package var requirements: [Requirement]
    package var origin: Origin

    /// Objects the program reads at its start.
    package struct Requirement: Sendable {
        /// `ConfigMap`, `Secret`, `Service`.
        package var kind: Symbol
        /// A namespace baked into the image; empty: the Pod's own.
        package var namespace: Symbol
        package var names: [Symbol]
        /// What the program prints before it exits with code 1.
        package var message: Symbol
        package var origin: Origin

        package init(kind: Symbol, namespace: Symbol, names: [Symbol], message: Symbol, origin: Origin) {
            self.kind = kind
            self.namespace = namespace
            self.names = names
            self.message = message
            self.origin = origin
        }
    }

    package init(
        pattern: Symbol, program: Symbol, isPrivate: Bool = false, library: StubResolver.Library = .glibc,
        requirements: [Requirement] = [], programsByArgument: [(whenArgument: Symbol, program: Symbol)] = [],
        origin: Origin = .none
    ) {
        self.pattern = pattern
        self.program = program
        self.programsByArgument = programsByArgument
        self.isPrivate = isPrivate
        self.library = library
        self.requirements = requirements
        self.origin = origin
    }

    /// Whether the pattern covers an image reference: with a tag or digest exactly, without one every tag.
    package func matches(_ reference: String) -> Bool {
        let pattern = pattern.text
        return Glob.matches(pattern, reference) || Glob.matches(pattern, Self.repository(of: reference))
    }

    /// An image reference without tag and digest.
    package static func repository(of reference: String) -> String {
        let plain = reference.split(separator: "@", maxSplits: 1).first.map(String.init) ?? reference
        guard let colon = plain.lastIndex(of: ":"), !plain[colon...].contains("/") else { return plain }
        return String(plain[..<colon])
    }
}

/// What a Vault server holds: paths and the keys under them, never values.
package struct VaultFact: Sendable {
    package var address: Symbol
    /// `mount/path` and its keys.
    package var secrets: [(path: Symbol, keys: [Symbol])]
    package var roles: [Role]
    /// Whether it answers now, and with what.
    package var condition = Condition.serving

    /// What a request to the server meets.
    package enum Condition: Sendable, Equatable {
        case serving
        /// It answers everything but its seal status with 503.
        case sealed
        /// Nothing answers at its address.
        case unreachable
    }

    /// A role of the Kubernetes auth method; `*` allows all.
    package struct Role: Sendable {
        package var mount: Symbol
        package var name: Symbol
        package var serviceAccounts: [Symbol]
        package var namespaces: [Symbol]
        package var origin: Origin

        package init(
            mount: Symbol, name: Symbol, serviceAccounts: [Symbol], namespaces: [Symbol], origin: Origin = .none
        ) {
            self.mount = mount
            self.name = name
            self.serviceAccounts = serviceAccounts
            self.namespaces = namespaces
            self.origin = origin
        }
    }

    package init(address: Symbol, secrets: [(path: Symbol, keys: [Symbol])], roles: [Role]) {
        self.address = address
        self.secrets = secrets
        self.roles = roles
    }
}

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
