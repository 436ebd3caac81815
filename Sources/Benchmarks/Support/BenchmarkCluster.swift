package import ClusterSimulation

/// A cluster of a chosen size as teams run one, with every controller and every invariant on.
///
/// Ten applications to a namespace. Each is five manifests (ServiceAccount, ConfigMap, Secret, Deployment, Service)
/// and what controllers make of them: a ReplicaSet, two Pods, an EndpointSlice. Every application names two others by
/// DNS, one of them in the next namespace.
package struct BenchmarkCluster {
    package var simulation: Simulation
    package let applications: [Application]
    package var objectCount: Int { simulation.state.objectCount }

    /// The objects of one application, and what the workload writes to them in turn.
    package struct Application {
        package var configMap: ObjectKey
        package var secret: ObjectKey
        package var serviceAccount: ObjectKey
        package var service: ObjectKey
        package var deployment: ObjectKey
        package var pod: ObjectKey
        /// The ConfigMap's body, and one with another value.
        package var configuration: BodyID
        package var otherConfiguration: BodyID
        /// The Deployment's body, and one with another image.
        package var template: BodyID
        package var otherTemplate: BodyID
    }

    /// Objects of one application, its controllers' included.
    package static let objectsEach = 9
    static let applicationsPerNamespace = 10

    /// A settled cluster of about `count` objects.
    package init(objects count: Int, seed: UInt64 = 0) {
        let tables = ClusterTables()
        var externals = ExternalSystems()
        externals.images = [ImageFact(pattern: "*", program: "server")]
        simulation = Simulation(
            tables: tables, configuration: Configuration(tables: tables), externals: externals, start: .epoch,
            seed: seed)
        let number = max(Self.applicationsPerNamespace, count / Self.objectsEach)
        for node in 1...4 {
            Self.create(BenchmarkManifests.node("worker-\(node)"), &simulation)
        }
        for namespace in 0...(number - 1) / Self.applicationsPerNamespace {
            Self.create(BenchmarkManifests.namespace("team-\(namespace)"), &simulation)
        }
        for index in 0..<number {
            for manifest in BenchmarkManifests.application(index, of: number) { Self.create(manifest, &simulation) }
        }
        // Deployments are looked at once more when their progress deadline of ten minutes has passed.
        simulation.run(until: .epoch + .minutes(30))
        let settled = simulation
        applications = (0..<number).map { Self.application($0, of: number, settled) }
    }

    private static func create(_ manifest: Value, _ simulation: inout Simulation) {
        guard let draft = simulation.draft(manifest: manifest) else {
            preconditionFailure("not a manifest: \(manifest.jsonText)")
        }
        if case .failure(let error) = simulation.create(draft, as: .admin) { preconditionFailure(error.message) }
    }

    private static func application(_ index: Int, of number: Int, _ simulation: Simulation) -> Application {
        let tables = simulation.tables
        let namespace = Symbol(BenchmarkManifests.namespaceName(index))
        let name = Symbol("app-\(index)")
        let deployment = tables.key(.deployment, namespace, name)
        let replicaSet = simulation.dependents(of: deployment, kind: .replicaSet).first ?? .none
        let configMap = BenchmarkManifests.configMap(index, of: number, level: "debug")
        let template = BenchmarkManifests.deployment(index, of: number, tag: "2.0.0")
        let configMapKey = tables.key(.configMap, namespace, name)
        return Application(
            configMap: configMapKey, secret: tables.key(.secret, namespace, name),
            serviceAccount: tables.key(.serviceAccount, namespace, name),
            service: tables.key(.service, namespace, name), deployment: deployment,
            pod: simulation.dependents(of: replicaSet, kind: .pod).first ?? .none,
            configuration: simulation.state[configMapKey].body,
            otherConfiguration: tables.body(kind: .configMap, ObjectDraft.body(of: configMap)),
            template: simulation.state[deployment].body,
            otherTemplate: tables.body(kind: .deployment, ObjectDraft.body(of: template)))
    }
}
