@testable import ClusterSimulation

/// A small cluster for tests: one node, one namespace, and manifests as JSON-like values.
struct KubernetesTestCluster {
    var simulation: Simulation
    var tables: ClusterTables { simulation.tables }

    init(
        nodes: [String] = ["worker-1"], images: [ImageFact] = [ImageFact(pattern: "*", program: "server")],
        minor: Int = 34, seed: UInt64 = 0
    ) {
        let tables = ClusterTables()
        var versions = Versions()
        versions.kubernetesMinor = minor
        let configuration = Configuration(tables: tables, versions: versions, invariants: [])
        var externals = ExternalSystems()
        externals.images = images
        simulation = Simulation(
            tables: tables, configuration: configuration, externals: externals, start: .epoch, seed: seed)
        for node in nodes { create(["apiVersion": "v1", "kind": "Node", "metadata": ["name": .string(node)]]) }
        create(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "apps"]])
        settle()
    }

    @discardableResult
    mutating func create(_ manifest: Value) -> Result<ObjectKey, APIError> {
        let draft = simulation.draft(manifest: manifest, defaultNamespace: "apps")!
        return simulation.create(draft, as: .admin)
    }

    @discardableResult
    mutating func apply(_ manifest: Value) -> Result<ObjectKey, APIError> {
        let draft = simulation.draft(manifest: manifest, defaultNamespace: "apps")!
        return simulation.apply(draft, as: .admin)
    }

    /// Runs until nothing happens, at most for a while.
    @discardableResult
    mutating func settle(_ span: SimulationTime.Span = .minutes(5)) -> Simulation.End {
        simulation.run(until: simulation.now + span)
    }

    func key(_ kind: KindID, _ name: Symbol, in namespace: Symbol = "apps") -> ObjectKey {
        tables.key(kind, namespace, name)
    }

    /// `STATUS READY message` of every Pod, in order of creation.
    var podRows: [PodRow] { simulation.objects(of: .pod).map { simulation.podRow(of: $0) } }

    func workload(_ kind: KindID, _ name: Symbol) -> WorkloadState { simulation.workloadState(key(kind, name)) }

    static func container(_ fields: Value = [:]) -> Value {
        var container: Value = ["name": "main", "image": "registry.example/app:1"]
        for field in fields.fields { container[field.key] = field.value }
        return container
    }

    static func podSpec(_ container: Value = container(), _ fields: Value = [:]) -> Value {
        var spec: Value = ["containers": [container]]
        for field in fields.fields { spec[field.key] = field.value }
        return spec
    }

    static func pod(_ name: String, _ spec: Value = podSpec(), labels: Value = [:]) -> Value {
        let metadata: Value = ["name": .string(name), "namespace": "apps", "labels": labels]
        return ["apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec]
    }

    static func workload(
        _ kind: String, _ name: String, replicas: Int = 1, podSpec: Value = podSpec(), _ fields: Value = [:]
    ) -> Value {
        let labels: Value = ["app": .string(name)]
        let template: Value = ["metadata": ["labels": labels], "spec": podSpec]
        var spec: Value = ["selector": ["matchLabels": labels], "template": template]
        if kind != "DaemonSet" { spec["replicas"] = .integer(replicas) }
        for field in fields.fields { spec[field.key] = field.value }
        let metadata: Value = ["name": .string(name), "namespace": "apps"]
        return ["apiVersion": "apps/v1", "kind": .string(kind), "metadata": metadata, "spec": spec]
    }

    static func service(_ name: String, _ fields: Value = [:]) -> Value {
        var spec: Value = ["selector": ["app": .string(name)], "ports": [["port": 80]]]
        for field in fields.fields { spec[field.key] = field.value }
        let metadata: Value = ["name": .string(name), "namespace": "apps"]
        return ["apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec]
    }

    static func data(_ kind: String, _ name: String, _ keys: [String] = ["a"], type: String? = nil) -> Value {
        let metadata: Value = ["name": .string(name), "namespace": "apps"]
        let data = Value.object(of: keys.map { (Symbol($0), "eA==") })
        return .object([
            "apiVersion": "v1", "kind": .string(kind), "metadata": metadata, "data": data,
            "type": type.map { .string($0) },
        ])
    }
}
