@testable import ClusterSimulation

/// A cluster with the definitions of one operator and one instance of it that may do everything.
struct OperatorCluster {
    var simulation: Simulation
    static let start = SimulationTime(rfc3339: "2025-01-01T00:00:00Z")!

    /// - Parameter kinds: `group/Kind/plural`; a plural that ends in `!` is cluster-scoped.
    init(kinds: [String] = [], namespaces: [Symbol], externals: ExternalSystems = ExternalSystems()) {
        let tables = ClusterTables()
        let configuration = Configuration(tables: tables, invariants: [])
        simulation = Simulation(
            tables: tables, configuration: configuration, externals: externals, start: Self.start)
        for namespace in namespaces {
            apply(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": Value(namespace)]])
        }
        for kind in kinds { define(kind) }
        apply([
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": ["name": "everything"],
            "rules": [["apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]]],
        ])
    }

    private mutating func define(_ text: String) {
        let parts = text.split(separator: "/").map(String.init)
        let isClusterScoped = parts[2].hasSuffix("!")
        let plural = isClusterScoped ? String(parts[2].dropLast()) : parts[2]
        apply([
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": ["name": .string("\(plural).\(parts[0])")],
            "spec": [
                "group": .string(parts[0]), "scope": isClusterScoped ? "Cluster" : "Namespaced",
                "names": ["kind": .string(parts[1]), "plural": .string(plural)],
                "versions": Value(
                    .array(
                        // Every version in which the operators' kinds are written; a client may use any of them.
                        ["v1", "v1beta2", "v1beta1", "v1alpha1"].map { version -> Value in
                            [
                                "name": .string(version), "served": true, "storage": Value(.boolean(version == "v1")),
                                "subresources": ["status": .object([:])],
                                "schema": [
                                    "openAPIV3Schema": [
                                        "type": "object", "x-kubernetes-preserve-unknown-fields": true,
                                    ]
                                ],
                            ]
                        })),
            ],
        ])
    }

    /// Starts a program in a namespace, with every right, without a Pod.
    ///
    /// - Parameters:
    ///   - watching: the only namespace that it watches; empty: all.
    ///   - pod: the name of its Pod, which does not exist.
    ///   - lease: stands for the Lease of that name in its namespace.
    mutating func run(
        _ program: Symbol, in namespace: Symbol, watching: Symbol = .empty, mayDoEverything: Bool = true,
        pod: Symbol? = nil, lease: Symbol? = nil, releasesOnStop: Bool = false
    ) {
        if mayDoEverything {
            apply([
                "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
                "metadata": ["name": .string("\(program)-\(namespace)")],
                "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "everything"],
                "subjects": [["kind": "ServiceAccount", "name": Value(program), "namespace": Value(namespace)]],
            ])
        }
        let name = pod ?? Symbol("\(program)-pod")
        let candidacy = lease.map { lease in
            Candidacy(
                lease: simulation.tables.key(.lease, namespace, lease), identity: name, since: simulation.now,
                releasesOnStop: releasesOnStop)
        }
        simulation.startProgram(
            ProgramInstance(
                program: program, pod: simulation.tables.key(.pod, namespace, name), podUID: 0, namespace: watching,
                caller: .serviceAccount(namespace, program), candidacy: candidacy))
        settle()
    }

    /// Runs a program in a Pod of its own on the only node, as a ServiceAccount of the Pod's name.
    ///
    /// - Parameters:
    ///   - container: fields of the container besides name and image.
    ///   - mayDoEverything: binds the account to every right in the cluster.
    @discardableResult
    mutating func deploy(
        _ name: Symbol, in namespace: Symbol, image: Value, _ container: Value = [:], mayDoEverything: Bool = true
    ) -> ObjectKey {
        apply(["apiVersion": "v1", "kind": "Node", "metadata": ["name": "node"]])
        apply([
            "apiVersion": "v1", "kind": "ServiceAccount",
            "metadata": ["name": Value(name), "namespace": Value(namespace)],
        ])
        if mayDoEverything { grant("everything", to: name, in: namespace) }
        var main: Value = ["name": "manager", "image": image]
        for field in container.fields { main[field.key] = field.value }
        let pod = apply([
            "apiVersion": "v1", "kind": "Pod", "metadata": ["name": Value(name), "namespace": Value(namespace)],
            "spec": ["serviceAccountName": Value(name), "containers": [main]],
        ])
        settle()
        return pod
    }

    /// Binds an account to a ClusterRole: everywhere, or in one namespace.
    mutating func grant(_ role: Symbol, to account: Symbol, in namespace: Symbol, only target: Symbol? = nil) {
        var metadata: Value = ["name": .string("\(account)-\(namespace)-\(role)")]
        if let target { metadata["namespace"] = Value(target) }
        apply([
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": target == nil ? "ClusterRoleBinding" : "RoleBinding", "metadata": metadata,
            "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": Value(role)],
            "subjects": [["kind": "ServiceAccount", "name": Value(account), "namespace": Value(namespace)]],
        ])
    }

    /// Deletes as the cluster admin.
    mutating func delete(_ key: ObjectKey, in span: SimulationTime.Span = .minutes(5)) {
        simulation.delete(key, as: .admin)
        settle(span)
    }

    mutating func stop(_ program: Symbol, in namespace: Symbol, pod: Symbol? = nil, isTold: Bool = false) {
        let name = pod ?? Symbol("\(program)-pod")
        simulation.stopPrograms(of: simulation.tables.key(.pod, namespace, name), uid: 0, isTold: isTold)
    }

    /// Writes a manifest as the cluster admin, over what is there.
    @discardableResult
    mutating func apply(_ manifest: Value) -> ObjectKey {
        let draft = simulation.draft(manifest: manifest)!
        let key = simulation.tables.key(draft.kind, draft.namespace, draft.name)
        if simulation.state.exists(key) {
            simulation.update(key, as: .admin) { live in
                live.body = draft.body
                live.labels = draft.labels
                live.annotations = draft.annotations
            }
        } else if case .failure(let error) = simulation.create(draft, as: .admin) {
            fatalError("\(error)")
        }
        return key
    }

    /// Makes a Service look as if a ready Pod stood behind it, or none.
    mutating func serve(_ namespace: Symbol, _ name: Symbol, ready: Bool = true) {
        apply([
            "apiVersion": "v1", "kind": "Service", "metadata": ["name": Value(name), "namespace": Value(namespace)],
            "spec": ["clusterIP": "10.0.0.1", "ports": [["port": 80]]],
        ])
        apply([
            "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
            "metadata": [
                "name": .string("\(name)-1"), "namespace": Value(namespace),
                "labels": ["kubernetes.io/service-name": Value(name)],
            ],
            "endpoints": [["addresses": ["10.1.0.1"], "conditions": ["ready": Value(.boolean(ready))]]],
        ])
    }

    /// Runs for a while; a minute unless told.
    mutating func settle(_ span: SimulationTime.Span = .minutes(1)) {
        simulation.run(until: simulation.now + span)
    }

    func key(_ apiVersion: Symbol, _ kind: Symbol, _ namespace: Symbol, _ name: Symbol) -> ObjectKey {
        simulation.tables.key(
            simulation.tables.kindIDDefiningIfNeeded(apiVersion: apiVersion, kind: kind), namespace, name)
    }

    func exists(_ kind: KindID, _ namespace: Symbol, _ name: Symbol) -> Bool {
        simulation.state.exists(simulation.tables.key(kind, namespace, name))
    }

    func body(_ kind: KindID, _ namespace: Symbol, _ name: Symbol) -> Value {
        simulation.tables.body(simulation.state[simulation.tables.key(kind, namespace, name)].body).value
    }

    func isTrue(_ key: ObjectKey, _ condition: Symbol) -> Bool { simulation.isTrue(key, condition) }

    func names(_ kind: KindID, in namespace: Symbol) -> [String] {
        simulation.objects(of: kind, in: namespace).map { simulation.tables.name($0).text }
    }
}

extension OperatorCluster: CustomStringConvertible {
    /// Keeps what a failed expectation prints short: the last writes.
    var description: String {
        let trace = simulation.trace
        return (max(1, trace.count - 12)..<max(1, trace.count)).map { index in
            let entry = trace[index]
            return "\(entry.action) \(simulation.tables.describe(entry.key)) by \(entry.actor) \(entry.detail)"
        }.joined(separator: "; ")
    }
}
