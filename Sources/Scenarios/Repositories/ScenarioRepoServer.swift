package import ClusterSimulation
internal import Synchronization

/// Argo CD's repo server over a scenario's repositories and charts: the same answer to the same request, made once, for all
/// runs of the scenario that ask. What one of them asks for no other can see.
///
/// Source of the failures' texts: Argo CD's repo server and what its users report; specs/argocd.md 2 and 17.
package final class ScenarioRepoServer: RepoServer {
    private struct State {
        var answers: [ManifestRequest: ManifestAnswer] = [:]
        var trees: [TreeName: FileTree] = [:]
        /// By the path of a source: the change sets that touch what it reads.
        var touching: [Symbol: [Symbol]] = [:]
        let templates = TemplateStore()
        /// Of the request that is answered: what could not be known, and what was made for it.
        var missing: [MissingFact] = []
        var budget = ManifestBudget(inputSize: 0)
    }

    private struct TreeName: Hashable {
        var repository: Int
        var changeSets: [Symbol]
    }

    private let repositories: [Scenario.Repository]
    private let charts: [Scenario.ChartFact]
    private let changeSets: [Scenario.ChangeSet]
    /// By the plain form of a URL or alias: the first repository that has it.
    private let repositoriesByURL: [String: Int]
    /// By the plain form of a URL: the charts from there, in their order.
    private let chartsByURL: [String: [Int]]
    private let inputSize: Int
    private let state = Mutex(State())

    /// - Parameter inputSize: the bytes of all files of the scenario, which bound what its sources may give.
    package init(
        repositories: [Scenario.Repository], charts: [Scenario.ChartFact], changeSets: [Scenario.ChangeSet],
        inputSize: Int = 0
    ) {
        self.repositories = repositories
        self.charts = charts
        self.changeSets = changeSets
        var repositoriesByURL: [String: Int] = [:]
        for (index, repository) in repositories.enumerated() {
            for url in [repository.url] + repository.aliases where repositoriesByURL[Self.plain(url.text)] == nil {
                repositoriesByURL[Self.plain(url.text)] = index
            }
        }
        self.repositoriesByURL = repositoriesByURL
        chartsByURL = Dictionary(grouping: charts.indices) { Self.plain(charts[$0].repoURL.text) }
        self.inputSize = inputSize
    }

    package convenience init(_ scenario: Scenario) {
        self.init(
            repositories: scenario.repositories, charts: scenario.charts, changeSets: scenario.changeSets,
            inputSize: scenario.files.size)
    }

    package var bounds: ManifestBounds {
        ManifestBounds(
            text: ManifestLimits.textMax(inputSize: inputSize), objects: ManifestLimits.objectsMax(inputSize: inputSize)
        )
    }

    /// How many different requests were answered: each was rendered once.
    package var answerCount: Int { state.withLock { $0.answers.count } }

    package func generate(_ request: ManifestRequest) -> ManifestAnswer {
        state.withLock { state in
            if let answer = state.answers[request] { return answer }
            state.missing = []
            state.budget = ManifestBudget(inputSize: inputSize)
            var result = bounded(generate(request, &state), request, &state)
            if case .failure(let failure) = result {
                result = .failure(
                    ManifestFailure(
                        "failed to generate manifest for source 1 of 1: \(failure.message)",
                        isUnknown: failure.isUnknown))
            }
            let answer = ManifestAnswer(result, missing: state.missing, textSize: state.budget.text)
            state.answers[request] = answer
            return answer
        }
    }

    /// An answer, unless it alone gives more objects than are rehearsed.
    private func bounded(
        _ answer: Result<[Value], ManifestFailure>, _ request: ManifestRequest, _ state: inout State
    ) -> Result<[Value], ManifestFailure> {
        guard case .success(let objects) = answer else { return answer }
        do throws(ManifestBudget.Exhausted) {
            try state.budget.admit(objects: objects.count)
            return answer
        } catch {
            return unknown(error.message, request, &state)
        }
    }

    /// A source reads the files below its path, unless it names others. So revisions that differ elsewhere have the
    /// same manifests. Source: Argo CD documentation, "Manifest Paths Annotation", which rests on the same.
    package func reduced(_ request: ManifestRequest) -> ManifestRequest {
        guard !request.changeSets.isEmpty, let path = request.source["path"]?.symbol,
            !(request.source.at("helm", "valueFiles")?.symbols ?? []).contains(where: Self.leavesFolder)
        else { return request }
        let touching = state.withLock { state in
            if let names = state.touching[path] { return names }
            let names = changeSetsTouching(ScenarioFiles.normal(path.text))
            state.touching[path] = names
            return names
        }
        var request = request
        request.changeSets.removeAll { !touching.contains($0) }
        return request
    }

    private static func leavesFolder(_ path: Symbol) -> Bool {
        let text = path.text
        return text.hasPrefix("/") || text.contains("..")
    }

    /// All change sets where a kustomization in the folder may name files outside of it.
    private func changeSetsTouching(_ path: String) -> [Symbol] {
        func isOutward(_ file: FileTree.File) -> Bool {
            KustomizeSource.fileNames.contains { file.path.split(separator: "/").last.map(String.init) == $0 }
                && String(decoding: file.bytes, as: UTF8.self).contains("..")
        }
        let prefix = path + "/"
        let trees = repositories.map(\.tree) + changeSets.map(\.overlay)
        if path == "."
            || trees.contains(where: { $0.files.contains { $0.path.hasPrefix(prefix) && isOutward($0) } })
        {
            return changeSets.map(\.name)
        }
        return changeSets.filter { changeSet in
            changeSet.overlay.hasFolder(path) || changeSet.removed.contains { $0.hasPrefix(prefix) }
        }.map(\.name)
    }

    // MARK: Where the files are

    private func generate(_ request: ManifestRequest, _ state: inout State) -> Result<[Value], ManifestFailure> {
        let source = request.source
        let url = source["repoURL"]?.text ?? ""
        let chart = source["chart"]?.symbol ?? .empty
        let path = ScenarioFiles.normal(source["path"]?.text ?? ".")
        let revision = source["targetRevision"]?.symbol ?? .empty
        if url.hasPrefix("oci://"), request.versions.has(.ociSources) || !chart.isEmpty {
            return artifact(request, url, chart, revision, &state)
        }
        if !chart.isEmpty {
            let fact = chartFact(url) { $0.chart == chart && ($0.version.isEmpty || $0.version == revision) }
            guard let fact else {
                return unknown(
                    "no chart '\(chart)' of version '\(revision)' from \(url) among the scenario's facts", request,
                    &state)
            }
            return helm(fact.tree, version: revision, repository: fact.tree, path: ".", request, &state)
        }
        if let index = repositoriesByURL[Self.plain(url)] {
            return git(index, path, revision, request, &state)
        }
        let fact = chartFact(url) { $0.folder.text == path && ($0.version.isEmpty || $0.version == revision) }
        if let fact { return helm(fact.tree, version: .empty, repository: fact.tree, path: ".", request, &state) }
        return unknown("no repository \(url) with '\(path)' among the scenario's facts", request, &state)
    }

    /// The last chart from a URL that fits.
    private func chartFact(_ url: String, where fits: (Scenario.ChartFact) -> Bool) -> Scenario.ChartFact? {
        (chartsByURL[Self.plain(url)] ?? []).last { fits(charts[$0]) }.map { charts[$0] }
    }

    /// An `oci://` URL names one artifact with its manifests; a chart name beside it is not looked at (from 3.1), or
    /// the URL is taken for a chart repository that cannot be read so (before). Source: specs/argocd.md 17; the errors
    /// that users of such sources report.
    private func artifact(
        _ request: ManifestRequest, _ url: String, _ chart: Symbol, _ revision: Symbol, _ state: inout State
    ) -> Result<[Value], ManifestFailure> {
        guard request.versions.has(.ociSources) else {
            return .failure(
                Self.failure(
                    "`helm pull --destination <path to cached source> --version \(revision) --repo \(url) \(chart)` failed "
                        + "exit status 1: Error: looks like \"\(url)\" is not a valid chart repository or cannot be "
                        + "reached: object required"))
        }
        let fact = chartFact(url) { $0.chart.isEmpty && ($0.version.isEmpty || $0.version == revision) }
        if let fact { return helm(fact.tree, version: revision, repository: fact.tree, path: ".", request, &state) }
        let parts = url.dropFirst("oci://".count).split(separator: "/", maxSplits: 1)
        let registry = parts.first ?? ""
        let repository = parts.dropFirst().first ?? ""
        if chart.isEmpty {
            note("no OCI artifact \(url) of version '\(revision)' among the scenario's facts", request, &state)
        }
        return .failure(
            Self.failure(
                "failed to resolve revision \"\(revision)\": cannot get digest for revision \(revision): HEAD "
                    + "\"https://\(registry)/v2/\(repository)/manifests/\(revision)\": response status code 403: denied: "
                    + "denied"))
    }

    private func git(
        _ index: Int, _ path: String, _ revision: Symbol, _ request: ManifestRequest, _ state: inout State
    ) -> Result<[Value], ManifestFailure> {
        let repository = repositories[index]
        let branch = repository.branch.text
        guard ["", "HEAD", branch, "refs/heads/\(branch)"].contains(revision.text) else {
            return unknown(
                "unable to resolve '\(revision)' to a commit SHA: the scenario holds the branch '\(branch)' only",
                request, &state)
        }
        let tree = tree(index, request.changeSets, &state)
        guard tree.hasFolder(path) else { return .failure(Self.failure("\(path): app path does not exist")) }
        let source = request.source
        if source["helm"].map({ !$0.isNull }) ?? false || tree[ScenarioFiles.join(path, "Chart.yaml")] != nil {
            return helm(tree.folder(path), version: .empty, repository: tree, path: path, request, &state)
        }
        if KustomizeSource.file(in: tree, path) != nil, source["directory"].map(\.isNull) ?? true {
            return kustomize(tree, path, request, &state)
        }
        return DirectorySource(tree: tree.folder(path), options: source["directory"] ?? Value(.null)).objects()
    }

    /// The tree of a repository's branch with some change sets merged, in that order.
    private func tree(_ repository: Int, _ names: [Symbol], _ state: inout State) -> FileTree {
        let key = TreeName(repository: repository, changeSets: names)
        if let tree = state.trees[key] { return tree }
        var tree = repositories[repository].tree
        for name in names {
            guard let changeSet = changeSets.first(where: { $0.name == name }) else { continue }
            tree = tree.overlaid(by: changeSet.overlay, removing: changeSet.removed)
        }
        state.trees[key] = tree
        return tree
    }

    // MARK: Making manifests

    private func helm(
        _ tree: FileTree, version: Symbol, repository: FileTree, path: String, _ request: ManifestRequest,
        _ state: inout State
    ) -> Result<[Value], ManifestFailure> {
        let source = HelmSource(
            options: request.source["helm"] ?? Value(.null), chart: Chart(tree: tree, version: version),
            repository: repository, path: path, budget: state.budget)
        do throws(Chart.Failure) {
            return .success(try source.objects(request, templates: state.templates))
        } catch {
            if error.isUnknown { note(error.message, request, &state, at: error.origin) }
            let release = source.release(request)
            return .failure(
                Self.failure(
                    "Manifest generation error: `helm template . --name-template \(release.name) --namespace "
                        + "\(release.namespace) --include-crds` failed exit status 1: Error: \(error.message)",
                    isUnknown: error.isUnknown))
        }
    }

    private func kustomize(
        _ tree: FileTree, _ path: String, _ request: ManifestRequest, _ state: inout State
    ) -> Result<[Value], ManifestFailure> {
        do throws(KustomizeSource.Failure) {
            if let options = request.source["kustomize"], let field = options.fields.first(where: { !$0.value.isNull })
            {
                throw KustomizeSource.Failure(
                    message: "'kustomize.\(field.key)' of a source is not modelled", isUnknown: true,
                    origin: field.keyOrigin)
            }
            return .success(try KustomizeSource(tree: tree, path: path, budget: state.budget).objects())
        } catch {
            if error.isUnknown { note(error.message, request, &state, at: error.origin) }
            return .failure(
                Self.failure(
                    "`kustomize build <path to cached source>/\(path)` failed exit status 1: Error: \(error.message)",
                    isUnknown: error.isUnknown))
        }
    }

    // MARK: Failures

    private static func failure(_ message: String, isUnknown: Bool = false) -> ManifestFailure {
        ManifestFailure("rpc error: code = Unknown desc = \(message)", isUnknown: isUnknown)
    }

    private func unknown(
        _ message: String, _ request: ManifestRequest, _ state: inout State
    ) -> Result<[Value], ManifestFailure> {
        note(message, request, &state)
        return .failure(Self.failure(message, isUnknown: true))
    }

    private func note(_ message: String, _ request: ManifestRequest, _ state: inout State, at origin: Origin = .none) {
        let fact = MissingFact(
            application: request.application, message: message,
            origin: origin.isNone ? request.source["repoURL"]?.origin ?? .none : origin)
        if !state.missing.contains(fact) { state.missing.append(fact) }
    }

    /// What two URLs of the same place have in common: case, `.git` and a slash at the end do not count.
    private static func plain(_ url: String) -> String {
        var text = url.lowercased()
        if text.hasSuffix("/") { text.removeLast() }
        if text.hasSuffix(".git") { text.removeLast(4) }
        return text
    }
}
