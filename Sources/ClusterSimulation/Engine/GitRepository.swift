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
    /// The same answer each time, as long as the server is there.
    func generate(_ request: ManifestRequest) -> ManifestAnswer
    /// What all answers that one cluster uses may come to.
    var bounds: ManifestBounds { get }
}

extension RepoServer {
    package var bounds: ManifestBounds { ManifestBounds() }
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
