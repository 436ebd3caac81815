import ClusterSimulation
import LuaHealth
import Manifests

/// Turns a scenario's `spec` into a `Scenario`, field by field.
struct ScenarioDecoder {
    let context: DecodingContext

    init(_ context: DecodingContext) { self.context = context }

    func decode(_ spec: Value, name: String, description: String, path: String) -> Scenario {
        let reader = FieldReader(spec, .spec, context)
        let start = moment(reader, "start") ?? .epoch
        let horizon = moment(reader, "horizon") ?? start
        if horizon < start {
            context.problems.error(
                "time-order", "'horizon' lies before 'start'", at: spec["horizon"]?.origin ?? spec.origin)
        }
        let seed = reader.integer("seed", in: 0...Int.max) ?? 0
        let versions = VersionDecoder(context).matrix(reader.object("versions", .versions))
        let latencies = latencies(reader.object("latencies", .latencies))
        let settle = settle(reader) ?? .minutes(240)
        let cluster = cluster(reader.object("cluster", .cluster))
        let repositories = reader.list("repositories").map(repository)
        let charts = reader.list("charts").map(chart)
        let changeSets = changeSets(reader.list("changeSets"), repositories)
        let facts = FactsDecoder(context).decode(reader.object("facts", .facts))
        let timeline = StepDecoder(context, changeSets: changeSets.map(\.name), vaults: facts.vaults.map(\.address))
        let steps = timeline.decode(reader.list("steps"), start: start, horizon: horizon)
        let (disabled, grace) = invariants(reader.object("invariants", .invariants))
        var view: [Symbol] = []
        if let reader = reader.object("view", .view) {
            view = reader.symbols("applications")
            reader.finish()
        }
        let expected = reader.object("expect", .expect).map(expectation)
        reader.finish()
        return Scenario(
            name: name, description: description, start: start, horizon: horizon, seed: UInt64(seed),
            versions: versions, latencies: latencies, settle: settle, cluster: cluster, repositories: repositories,
            charts: charts, changeSets: changeSets, facts: facts, steps: steps, disabledInvariants: disabled,
            grace: grace, viewApplications: view, expectation: expected, files: context.files, path: path)
    }

    // MARK: Time

    /// The years that can be rehearsed. Far from the ends of what a date can say, so that no sum leaves it.
    private static let years = 1980...2999

    private func moment(_ reader: FieldReader, _ key: String) -> SimulationTime? {
        guard let time = reader.time(key, required: true) else { return nil }
        guard let year = Int(time.rfc3339.prefix(4)), Self.years.contains(year) else {
            context.problems.error(
                "out-of-range", "'\(key)' must lie between \(Self.years.lowerBound) and \(Self.years.upperBound)",
                at: reader.value[Symbol(key)]?.origin ?? .none)
            return nil
        }
        return time
    }

    /// How long the initial cluster has before the start: at most a year.
    private func settle(_ reader: FieldReader) -> SimulationTime.Span? {
        guard let span = reader.span("settle") else { return nil }
        guard span <= .minutes(366 * 24 * 60) else {
            context.problems.error(
                "out-of-range", "'settle' must be at most 366d", at: reader.value["settle"]?.origin ?? .none)
            return nil
        }
        return span
    }

    // MARK: Latencies

    private func latencies(_ reader: FieldReader?) -> Latencies {
        var latencies = Latencies()
        guard let reader else { return latencies }
        for latency in Latency.allCases {
            if let span = reader.span(latency.rawValue) { latencies[latency] = span }
        }
        reader.finish()
        return latencies
    }

    // MARK: The cluster and what it is made from

    private func cluster(_ reader: FieldReader?) -> Scenario.InitialCluster {
        var cluster = Scenario.InitialCluster()
        guard let reader else { return cluster }
        let objects = ManifestFiles(context)
        for (path, origin) in reader.texts("manifests") { cluster.manifests += objects.read(path, from: origin) }
        for (path, origin) in reader.texts("snapshot") { cluster.snapshot += objects.read(path, from: origin) }
        if let path = reader.text("healthScripts") {
            cluster.healthScripts = healthScripts(path, at: reader.value["healthScripts"]?.origin ?? .none)
        }
        reader.finish()
        for object in cluster.manifests + cluster.snapshot where Self.isSettings(object) {
            ScriptProblems.report(settings: object["data"] ?? nil, context.problems.collector)
        }
        return cluster
    }

    private func healthScripts(_ path: String, at place: Origin) -> HealthScripts {
        guard let folder = context.resolve(path, at: place) else { return .none }
        guard context.files.entry(folder) == .folder else {
            context.problems.error("missing-folder", "no folder '\(folder)'", at: place)
            return .none
        }
        return ScriptFolder.read(folder, context.problems.collector) { path in
            context.files.read(path).mapError { InputFiles.Failure(reason: $0.reason) }
        }
    }

    /// Whether an object is Argo CD's `argocd-cm`.
    private static func isSettings(_ object: Value) -> Bool {
        object["kind"]?.text == "ConfigMap" && object.at("metadata", "name")?.text == "argocd-cm"
    }

    private func repository(_ value: Value) -> Scenario.Repository {
        let reader = FieldReader(value, .repository, context)
        let url = reader.symbol("url", required: true) ?? .empty
        let repository = Scenario.Repository(
            url: url, aliases: reader.symbols("aliases"), branch: reader.symbol("branch") ?? "main",
            tree: folder(reader, "path", required: true))
        reader.finish()
        return repository
    }

    private func chart(_ value: Value) -> Scenario.ChartFact {
        let reader = FieldReader(value, .chart, context)
        let fact = Scenario.ChartFact(
            repoURL: reader.symbol("repoURL", required: true) ?? .empty, chart: reader.symbol("chart") ?? .empty,
            folder: reader.symbol("in") ?? .empty, version: reader.symbol("version") ?? .empty,
            tree: folder(reader, "path", required: true), origin: value.origin)
        if fact.chart.isEmpty, fact.folder.isEmpty {
            context.problems.error("missing-field", "charts[] needs 'chart' or 'in'", at: value.origin)
        }
        reader.finish()
        for file in fact.tree.files
        where file.path.hasPrefix("templates/") && context.checkedTemplates.insert(file.shownPath).inserted {
            if case .failure(let refusal) = Template.parse(file) {
                context.problems.error("unsupported-template", refusal.message, at: refusal.origin)
            }
        }
        return fact
    }

    /// The files of the folder that a field names.
    private func folder(_ reader: FieldReader, _ key: String, required isRequired: Bool) -> FileTree {
        guard let path = reader.text(key, required: isRequired) else { return FileTree() }
        let place = reader.value[Symbol(key)]?.origin ?? .none
        guard let resolved = context.resolve(path, at: place) else { return FileTree() }
        guard context.files.entry(resolved) == .folder else {
            context.problems.error("missing-folder", "no folder '\(resolved)'", at: place)
            return FileTree()
        }
        let tree = FileTree.read(resolved, context.files, context.problems, from: place)
        if tree.files.isEmpty {
            context.problems.warning("empty-folder", "no manifest below folder '\(resolved)'", at: place)
        }
        return tree
    }

    private func changeSets(_ values: [Value], _ repositories: [Scenario.Repository]) -> [Scenario.ChangeSet] {
        var changeSets: [Scenario.ChangeSet] = []
        var names: Set<Symbol> = []
        for value in values {
            let reader = FieldReader(value, .changeSet, context)
            let name = reader.symbol("name", required: true) ?? .empty
            let title = reader.text("title") ?? ""
            let url = reader.symbol("repository") ?? repositories.first?.url ?? .empty
            if !repositories.contains(where: { $0.url == url || $0.aliases.contains(url) }) {
                context.problems.error(
                    "unknown-repository", "no repository '\(url)'", at: value["repository"]?.origin ?? value.origin,
                    word: url.text, known: repositories.map(\.url.text))
            }
            if !names.insert(name).inserted {
                context.problems.error(
                    "duplicate-name", "two change sets are named '\(name)'", at: value["name"]?.origin ?? value.origin)
            }
            let overlay = folder(reader, "overlay", required: false)
            let removed = reader.texts("removed")
            if let repository = repositories.first(where: { $0.url == url || $0.aliases.contains(url) }) {
                checkRemoved(removed, repository)
            }
            changeSets.append(
                Scenario.ChangeSet(
                    name: name, title: title, repository: url, overlay: overlay,
                    removed: removed.map { ScenarioFiles.normal($0.text) }, origin: value.origin))
            reader.finish()
        }
        return changeSets
    }

    private func checkRemoved(_ removed: [(text: String, origin: Origin)], _ repository: Scenario.Repository) {
        for (text, origin) in removed {
            if let fault = InputPath.fault(text) {
                context.problems.error("invalid-path", fault, at: origin)
            } else if repository.tree[ScenarioFiles.normal(text)] == nil {
                context.problems.warning("missing-file", "the repository has no file '\(text)' to remove", at: origin)
            }
        }
    }

    // MARK: Invariants and expectations

    private func invariants(
        _ reader: FieldReader?
    ) -> (disabled: [Symbol], grace: [(invariant: Symbol, span: SimulationTime.Span)]) {
        guard let reader else { return ([], []) }
        let disabled = reader.texts("disabled").map { text, origin in
            checkInvariant(Symbol(text), origin)
            return Symbol(text)
        }
        var grace: [(invariant: Symbol, span: SimulationTime.Span)] = []
        if let spans = reader.object("grace", .grace) {
            for field in spans.entries() {
                checkInvariant(field.key, field.keyOrigin)
                if let span = spans.span(field.key.text) { grace.append((field.key, span)) }
            }
        }
        reader.finish()
        return (disabled, grace)
    }

    private func checkInvariant(_ id: Symbol, _ origin: Origin) {
        if InvariantCatalogue.invariant(id) != nil { return }
        context.problems.error(
            "unknown-invariant", "no invariant '\(id)'", at: origin, word: id.text,
            known: InvariantCatalogue.all.map(\.id.text))
    }

    private func expectation(_ reader: FieldReader) -> Scenario.Expectation {
        var expectation = outcome(reader)
        for value in reader.list("under") {
            let inner = FieldReader(value, .expectedUnder, context)
            let releases = VersionDecoder(context).selection(inner)
            expectation.exceptions.append(.init(releases: releases, expectation: outcome(inner)))
            inner.finish()
        }
        reader.finish()
        return expectation
    }

    private func outcome(_ reader: FieldReader) -> Scenario.Expectation {
        var expectation = Scenario.Expectation()
        expectation.origin = (reader.value["verdict"] ?? reader.value).origin
        expectation.isComplete = reader.boolean("complete") ?? false
        expectation.verdict = reader.word("verdict", among: Verdict.allCases.map(\.rawValue))
            .flatMap(Verdict.init(rawValue:))
        for value in reader.list("violations") {
            let inner = FieldReader(value, .expectedViolation, context)
            let invariant = inner.symbol("invariant", required: true) ?? .empty
            if let origin = value["invariant"]?.origin { checkInvariant(invariant, origin) }
            guard let subjectValue = inner.required("subject") else { continue }
            let subject = FieldReader(subjectValue, .subject, context)
            expectation.violations.append(
                Scenario.Expectation.ExpectedViolation(
                    invariant: invariant,
                    subject: Subject(
                        kind: subject.text("kind", required: true) ?? "", namespace: subject.text("namespace"),
                        name: subject.text("name", required: true) ?? ""),
                    fixed: inner.boolean("fixed"), origin: value.origin))
            subject.finish()
            inner.finish()
        }
        return expectation
    }
}
