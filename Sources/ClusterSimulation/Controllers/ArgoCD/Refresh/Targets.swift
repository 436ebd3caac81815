/// The desired state of one Application at certain revisions: immutable, shared by all forks.
/// Source: specs/argocd.md 2.
final class TargetSet {
    /// Resources and hooks in the order of the manifests, duplicates removed.
    let objects: [TargetObject]
    /// RepeatedResourceWarning, ExcludedResourceWarning and InvalidSpecError.
    let conditions: [ApplicationCondition]
    /// What made the manifests impossible; nil where they are.
    let failure: ManifestFailure?
    /// What the repo server said, to which request.
    let sources: [(request: ManifestRequest, answer: ManifestAnswer)]
    /// By custom kind: whether it was namespaced, as far as that was known, and whether the manifests' own definitions say
    /// it is.
    private let scopes: [(kind: KindID, known: Bool?, learned: Bool?)]

    init(
        _ objects: [TargetObject] = [], _ conditions: [ApplicationCondition] = [], failure: ManifestFailure? = nil,
        sources: [(request: ManifestRequest, answer: ManifestAnswer)] = [],
        scopes: [(kind: KindID, known: Bool?, learned: Bool?)] = []
    ) {
        self.objects = objects
        self.conditions = conditions
        self.failure = failure
        self.sources = sources
        self.scopes = scopes
    }

    /// Whether the set would be made the same in a cluster that serves these kinds.
    func fits(_ kinds: ServedKinds) -> Bool {
        scopes.allSatisfy { (kinds[$0.kind]?.kind.namespaced ?? $0.learned) == $0.known }
    }
}

/// One object of the desired state.
struct TargetObject {
    /// With its tracking annotation. The name is empty where `generateName` is used.
    var draft: ObjectDraft
    /// `.none` for a hook with a generated name.
    var key: ObjectKey
    var directives: ObjectDirectives
    /// Where the manifest names its namespace; the manifest itself where it leaves that to the destination.
    var namespaceOrigin: Origin
}

/// Target sets by what they were made from.
private final class TargetMemo {
    struct Question: Hashable {
        var application: ObjectKey
        var requests: [ManifestRequest]
    }

    /// Sets of one question that are kept: forks may serve a kind in one scope or the other, or not.
    static let variantsMax = 4

    var answers: [ManifestRequest: ManifestAnswer] = [:]
    /// The newest first.
    var sets = BoundedMemo<Question, [TargetSet]>(max: 8192)
}

extension Simulation {
    /// The revision that each source means now. A chart of a registry has its version. Source: specs/argocd.md 9.4.
    func resolvedRevisions(_ facts: ApplicationFacts) -> [Symbol] {
        facts.sources.map { source in
            guard let repository = trackedRepository(source) else {
                return source.targetRevision.isEmpty ? "HEAD" : source.targetRevision
            }
            return externals.repositories[repository].revision
        }
    }

    /// The repository whose branch a source follows; nil where it pins something.
    func trackedRepository(_ source: ApplicationFacts.Source) -> Int? {
        guard source.chart.isEmpty, let index = externals.repository(source.repoURL) else { return nil }
        let branch = externals.repositories[index].branch
        let revision = source.targetRevision
        return revision.isEmpty || revision == "HEAD" || revision == branch
            || revision.text == "refs/heads/\(branch)" ? index : nil
    }

    /// The targets of an Application at certain revisions, one for each source.
    mutating func targets(
        _ application: ObjectKey, _ facts: ApplicationFacts, revisions: [Symbol]
    ) -> TargetSet {
        guard let server = externals.repoServer else {
            let isNeeded = facts.sources.contains { !$0.isReferenceOnly }
            return TargetSet(failure: isNeeded ? ManifestFailure("no repo server can be reached") : nil)
        }
        var requests: [ManifestRequest] = []
        for (index, source) in facts.sources.enumerated() where !source.isReferenceOnly {
            let request = ManifestRequest(
                application: tables.name(application), source: source.value, namespace: facts.destination.namespace,
                changeSets: changeSets(source, revisions.indices.contains(index) ? revisions[index] : .empty),
                versions: configuration.versions)
            requests.append(server.reduced(request))
        }
        if manifestAccount.isExhausted {
            // Nothing more is rendered then, or each further source would cost what it is refused for.
            let known = tables.memo.store(TargetMemo.self, make: TargetMemo.init).answers
            let refused = requests.first { request in !(known[request].map { manifestAccount.has($0) } ?? false) }
            if let refused { return TargetSet(failure: manifestAccount.refuse(refused)) }
        }
        let set = targets(application, facts, requests, server)
        for source in set.sources {
            if let failure = manifestAccount.take(source.answer, source.request, server.bounds) {
                return TargetSet(failure: failure)
            }
        }
        return set
    }

    /// Made once for all forks that serve the same kinds.
    private func targets(
        _ application: ObjectKey, _ facts: ApplicationFacts, _ requests: [ManifestRequest], _ server: any RepoServer
    ) -> TargetSet {
        let memo = tables.memo.store(TargetMemo.self, make: TargetMemo.init)
        let question = TargetMemo.Question(application: application, requests: requests)
        let known = memo.sets.answer(to: question) ?? []
        if let set = known.first(where: { $0.fits(state.kinds) }) { return set }
        let sources = requests.map { request in
            let answer = memo.answers[request] ?? server.generate(request)
            memo.answers[request] = answer
            return (request: request, answer: answer)
        }
        var manifests: [Value] = []
        var failure: ManifestFailure?
        for source in sources {
            switch source.answer.result {
            case .success(let values): manifests += values
            case .failure(let error): failure = failure ?? error
            }
        }
        let set =
            failure == nil
            ? normalisedTargets(manifests, application, facts, sources)
            : TargetSet(failure: failure, sources: sources)
        memo.sets.keep([set] + known.prefix(TargetMemo.variantsMax - 1), to: question)
        return set
    }

    /// The change sets of a commit; none where the source follows no branch of the scenario.
    private func changeSets(_ source: ApplicationFacts.Source, _ revision: Symbol) -> [Symbol] {
        guard let index = trackedRepository(source) else { return [] }
        let repository = externals.repositories[index]
        if revision == repository.revision { return repository.merged }
        return memory.argoCD.changeSets[revision] ?? []
    }

    /// Namespaces filled in, tracking written, duplicates and excluded objects taken out.
    /// Source: specs/argocd.md 2.1, 2.3 to 2.5, 8.6.
    private func normalisedTargets(
        _ manifests: [Value], _ application: ObjectKey, _ facts: ApplicationFacts,
        _ sources: [(request: ManifestRequest, answer: ManifestAnswer)]
    ) -> TargetSet {
        let flat = manifests.flatMap(flattened)
        let learned = definedKinds(flat)
        var kinds = state.kinds
        for (id, served) in learned where kinds[id] == nil { kinds.serve(id, served) }
        var scopes: [(kind: KindID, known: Bool?, learned: Bool?)] = []
        var conditions: [ApplicationCondition] = []
        var objects: [TargetObject] = []
        var places: [ObjectKey: Int] = [:]
        var counts: [(key: ObjectKey, count: Int)] = []
        for manifest in flat {
            guard let object = target(manifest, application, facts, kinds, &conditions) else { continue }
            let id = object.draft.kind
            if tables.isCustom(id), !scopes.contains(where: { $0.kind == id }) {
                let own = learned.last { $0.id == id }?.served.kind.namespaced
                scopes.append((id, kinds[id]?.kind.namespaced, own))
            }
            guard !object.key.isNone, let place = places[object.key] else {
                places[object.key] = objects.count
                objects.append(object)
                continue
            }
            objects[place] = object
            if let index = counts.firstIndex(where: { $0.key == object.key }) {
                counts[index].count += 1
            } else {
                counts.append((object.key, 2))
            }
        }
        for (key, count) in counts {
            let content = tables.content(key)
            let kind = tables.kind(content.kind)
            conditions.append(
                ApplicationCondition(
                    .repeatedResourceWarning,
                    "Resource \(kind.group)/\(kind.kind)/\(content.namespace)/\(content.name) appeared \(count) times "
                        + "among application resources."))
        }
        return TargetSet(objects, conditions, sources: sources, scopes: scopes)
    }

    private func flattened(_ manifest: Value) -> [Value] {
        guard manifest["kind"]?.text == "List", let items = manifest["items"]?.elements else { return [manifest] }
        return items.flatMap(flattened)
    }

    /// Definitions among the manifests say whether their kinds are namespaced, before they are applied.
    private func definedKinds(_ manifests: [Value]) -> [(id: KindID, served: ServedKinds.Served)] {
        manifests.compactMap { manifest in
            guard manifest["kind"]?.text == "CustomResourceDefinition",
                let draft = draft(manifest: manifest),
                let kind = tables.body(draft.body).facts(DefinitionFacts.self)?.servedKind
            else { return nil }
            let definition = tables.key(.customResourceDefinition, .empty, draft.name)
            return (
                tables.define(group: kind.group, kind: kind.kind),
                ServedKinds.Served(kind: kind, definition: definition, body: draft.body)
            )
        }
    }

    private func target(
        _ manifest: Value, _ application: ObjectKey, _ facts: ApplicationFacts, _ kinds: ServedKinds,
        _ conditions: inout [ApplicationCondition]
    ) -> TargetObject? {
        let namespace = facts.destination.namespace
        guard
            var draft = ObjectDraft(manifest: manifest, tables: tables, kinds: kinds, defaultNamespace: namespace)
        else { return nil }
        let kind = kinds[draft.kind]?.kind ?? tables.undescribedKind(draft.kind)
        if isExcluded(kind) {
            conditions.append(
                ApplicationCondition(
                    .excludedResourceWarning,
                    "Resource \(kind.group)/\(kind.kind) \(draft.name) is excluded in the settings"))
            return nil
        }
        if kind.namespaced, draft.namespace.isEmpty {
            let version = draft.version.isEmpty ? kind.version : draft.version
            conditions.append(
                ApplicationCondition(
                    .invalidSpecError,
                    "Namespace for \(draft.name) \(kind.group)/\(version), Kind=\(kind.kind) is missing."))
            return nil
        }
        let key = draft.name.isEmpty ? ObjectKey.none : tables.key(draft.kind, draft.namespace, draft.name)
        if draft.kind != .customResourceDefinition, !key.isNone {
            configuration.argoCD.tracking.track(
                &draft, as: application, key, destinationNamespace: namespace, tables)
        }
        return TargetObject(
            draft: draft, key: key, directives: tables.directives(draft.annotations),
            namespaceOrigin: manifest.at("metadata", "namespace")?.origin ?? draft.origin)
    }

    private func isExcluded(_ kind: Kind) -> Bool {
        ResourceExclusion.always.contains { $0.matches(kind) }
            || configuration.argoCD.exclusions.contains { $0.matches(kind) }
    }
}
