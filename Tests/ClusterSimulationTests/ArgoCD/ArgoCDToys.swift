import Testing

@testable import ClusterSimulation

/// Answers from a closure.
final class FakeRepoServer: RepoServer, @unchecked Sendable {
    let answer: (ManifestRequest) -> Result<[Value], ManifestFailure>

    init(_ answer: @escaping (ManifestRequest) -> Result<[Value], ManifestFailure>) { self.answer = answer }

    func generate(_ request: ManifestRequest) -> ManifestAnswer { ManifestAnswer(answer(request)) }
}

/// Small clusters in which Argo CD alone works.
enum ArgoCDToys {
    static let url: Symbol = "https://git.example/platform"

    static func simulation(
        versions: Versions = Versions(), namespaces: [Symbol] = [],
        _ answer: @escaping (ManifestRequest) -> Result<[Value], ManifestFailure>
    ) -> Simulation {
        let tables = ClusterTables()
        let configuration = Configuration(
            tables: tables, versions: versions, controllers: [ApplicationController.controller], invariants: [])
        var externals = ExternalSystems()
        externals.repositories = [GitRepository(url: url)]
        externals.repoServer = FakeRepoServer(answer)
        var simulation = Simulation(
            tables: tables, configuration: configuration, externals: externals, start: .epoch)
        for kind in ["Application", "AppProject"] { add(definition(kind), to: &simulation) }
        for name in ["argocd"] + namespaces { add(manifest("v1", "Namespace", name), to: &simulation) }
        return simulation
    }

    static func definition(_ kind: String, group: String = "argoproj.io", scope: Value = "Namespaced") -> Value {
        let plural = kind.lowercased() + "s"
        let schema: Value = ["openAPIV3Schema": ["type": "object", "x-kubernetes-preserve-unknown-fields": true]]
        return manifest("apiextensions.k8s.io/v1", "CustomResourceDefinition", Symbol("\(plural).\(group)"))
            .with(
                "spec",
                [
                    "group": .string(group), "scope": scope,
                    "names": [
                        "kind": .string(kind), "plural": .string(plural), "singular": .string(kind.lowercased()),
                        "listKind": .string(kind + "List"),
                    ],
                    "versions": [["name": "v1alpha1", "served": true, "storage": true, "schema": schema]],
                ])
    }

    static func manifest(
        _ apiVersion: String, _ kind: String, _ name: Symbol, namespace: Symbol? = nil,
        annotations: [(Symbol, Value)] = []
    ) -> Value {
        let metadata = Value.object([
            "name": Value(name), "namespace": namespace.map { Value($0) },
            "annotations": annotations.isEmpty ? nil : Value(.object(annotations.map { Field($0.0, $0.1) })),
        ])
        return ["apiVersion": .string(apiVersion), "kind": .string(kind), "metadata": metadata]
    }

    static func configMap(
        _ name: Symbol, namespace: Symbol? = nil, annotations: [(Symbol, Value)] = [], _ data: Value = ["a": "1"]
    ) -> Value {
        manifest("v1", "ConfigMap", name, namespace: namespace, annotations: annotations).with("data", data)
    }

    static func deployment(_ name: Symbol, annotations: [(Symbol, Value)] = []) -> Value {
        manifest("apps/v1", "Deployment", name, annotations: annotations)
            .with(
                "spec",
                [
                    "replicas": 1, "selector": ["matchLabels": ["app": "x"]],
                    "template": [
                        "metadata": ["labels": ["app": "x"]],
                        "spec": ["containers": [["name": "x", "image": "x"]]],
                    ],
                ])
    }

    static func application(
        _ name: Symbol, namespace: Symbol, automated: Value? = ["prune": true], options: [Symbol] = [],
        retry: Value? = ["limit": 0], path: Value = "app", chart: Value? = nil, finalizers: [Symbol] = []
    ) -> Value {
        var source = Value.object(["repoURL": Value(url), "targetRevision": "HEAD", "path": path])
        if let chart {
            source = .object(["repoURL": "https://charts.example", "chart": chart, "targetRevision": "1.0.0"])
        }
        let policy = Value.object([
            "automated": automated, "retry": retry,
            "syncOptions": .strings(options + ["PrunePropagationPolicy=background"]),
        ])
        var value = manifest("argoproj.io/v1alpha1", "Application", name, namespace: "argocd").with(
            "spec",
            [
                "project": "default", "source": source, "syncPolicy": policy,
                "destination": ["server": "https://kubernetes.default.svc", "namespace": Value(namespace)],
            ])
        if !finalizers.isEmpty {
            value["metadata"] = (value["metadata"] ?? nil).with("finalizers", .strings(finalizers))
        }
        return value
    }

    @discardableResult
    static func add(_ manifest: Value, to simulation: inout Simulation) -> ObjectKey {
        guard let draft = simulation.draft(manifest: manifest) else {
            Issue.record("no manifest")
            return .none
        }
        switch simulation.apply(draft, as: .admin) {
        case .success(let key): return key
        case .failure(let error):
            Issue.record("\(error.message)")
            return .none
        }
    }

    static func key(_ simulation: Simulation, _ kind: KindID, _ namespace: Symbol, _ name: Symbol) -> ObjectKey {
        simulation.tables.key(kind, namespace, name)
    }

    static func names(_ simulation: Simulation, _ kind: KindID, _ namespace: Symbol) -> [String] {
        simulation.objects(of: kind, in: namespace).map { simulation.tables.name($0).text }
    }

    static func state(_ simulation: Simulation, _ name: Symbol) -> ApplicationState {
        simulation.applicationState(simulation.tables.key(simulation.tables.applicationKind, "argocd", name))
    }

    static func row(_ simulation: Simulation, _ name: Symbol) -> String {
        simulation.applicationRows(of: [name]).map { "\($0.sync) \($0.health) \($0.message)" }.joined()
    }
}

extension Value {
    func with(_ key: Symbol, _ value: Value) -> Value {
        var copy = self
        copy[key] = value
        return copy
    }
}

extension Simulation {
    mutating func run(_ seconds: Int64) { run(until: now + .seconds(seconds)) }
}
