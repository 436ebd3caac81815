/// The controller of PostgreSQL clusters.
///
/// Source: cloudnative-pg 1.27, `internal/controller/cluster_controller.go`, and `api/v1/cluster_types.go` for phases
/// and conditions: one instance at a time, a lost Pod comes back on its volume. A Cluster has no finalizer; all it has
/// made goes with it by its owner references. Left out: failover and switchover, rolling changes of running Pods.
enum PostgresClusters {
    static let controllerName: Symbol = "cnpg-cluster-controller"

    static let controller = Operator.controller(
        controllerName, program: CloudNativePG.program,
        watches: [
            Watch(group: CloudNativePG.group, kind: "Cluster", changes: .exceptStatus),
            Watch(.pod, .customOwner(group: CloudNativePG.group, kind: "Cluster"), changes: [.status, .removed]),
            Watch(
                .persistentVolumeClaim, .customOwner(group: CloudNativePG.group, kind: "Cluster"), changes: .removed),
            Watch(.secret, .customOwner(group: CloudNativePG.group, kind: "Cluster"), changes: .removed),
            Watch(.service, .customOwner(group: CloudNativePG.group, kind: "Cluster"), changes: [.body, .removed]),
            Watch(.serviceAccount, .customOwner(group: CloudNativePG.group, kind: "Cluster"), changes: .removed),
            Watch(.role, .customOwner(group: CloudNativePG.group, kind: "Cluster"), changes: [.body, .removed]),
            Watch(.roleBinding, .customOwner(group: CloudNativePG.group, kind: "Cluster"), changes: [.body, .removed]),
        ],
        reconcile: reconcile)

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key), !simulation.state[key].isDeleting,
            let facts = simulation.facts(key, PostgresClusterFacts.self), simulation.canWatch(key)
        else { return }
        let cluster = cluster(simulation, key, facts)
        guard ensureObjects(&simulation, key, cluster), ensureCertificates(&simulation, key, cluster) else {
            let reason = Value(simulation.memory.operators.refusal)
            report(&simulation, key, facts, ("Unable to create required cluster objects", reason))
            return
        }
        let phase = ensureInstances(&simulation, key, cluster)
        report(&simulation, key, facts, phase)
    }

    private static func cluster(
        _ simulation: Simulation, _ key: ObjectKey, _ facts: PostgresClusterFacts
    ) -> PostgresCluster {
        let container = simulation.currentInstance.flatMap {
            simulation.facts($0.pod, PodTemplateFacts.self)?.containers.first
        }
        let image =
            facts.image ?? container?.literal("POSTGRES_IMAGE_NAME")
            ?? "ghcr.io/cloudnative-pg/postgresql:17.6"
        return PostgresCluster(
            name: simulation.tables.name(key), namespace: simulation.tables.namespace(key), facts: facts,
            operatorImage: container?.literal("OPERATOR_IMAGE_NAME") ?? container?.image
                ?? "ghcr.io/cloudnative-pg/cloudnative-pg",
            image: image)
    }

    private static func ensureObjects(
        _ simulation: inout Simulation, _ key: ObjectKey, _ cluster: PostgresCluster
    ) -> Bool {
        for manifest in cluster.credentials where simulation.ensureCreated(manifest, ownedBy: key) == nil {
            return false
        }
        for manifest in cluster.access + cluster.services + cluster.budgets
        where simulation.ensure(manifest, ownedBy: key) == nil { return false }
        return true
    }

    // MARK: Certificates

    /// The cluster's own CA, and what it signs: the server's certificate and that of replicas.
    private static func ensureCertificates(
        _ simulation: inout Simulation, _ key: ObjectKey, _ cluster: PostgresCluster
    ) -> Bool {
        let tables = simulation.tables
        let labels: [(Symbol, Symbol)] = [(PostgresCluster.clusterLabel, cluster.name)]
        func name(_ suffix: String) -> Symbol { Symbol("\(cluster.name)-\(suffix)") }
        let authorityKey = tables.key(.secret, cluster.namespace, name("ca"))
        if !simulation.state.exists(authorityKey) {
            let made = simulation.makeCertificate(
                subject: Symbol("CN=\(cluster.name),OU=\(cluster.namespace)"), isCA: true,
                validFor: CloudNativePG.validity, purpose: name("ca"), keyAlgorithm: "ECDSA")
            let manifest = SecretContent.manifest(
                cluster.namespace, name("ca"), keys: ["ca.crt", "ca.key"], labels: labels,
                certificates: [("ca.crt", [made])])
            guard simulation.ensure(manifest, ownedBy: key) != nil else { return false }
        }
        let issuer = CertificateFacts.chain(of: tables.body(simulation.state[authorityKey].body).value, "ca.crt").first
        let leaves: [(suffix: String, subject: Symbol, names: [Symbol])] = [
            ("server", name("rw"), cluster.serverNames), ("replication", "streaming_replica", []),
        ]
        for leaf in leaves where !simulation.state.exists(tables.key(.secret, cluster.namespace, name(leaf.suffix))) {
            let made = simulation.makeCertificate(
                subject: Symbol("CN=\(leaf.subject)"), dnsNames: leaf.names, issuer: issuer,
                validFor: CloudNativePG.validity, purpose: name(leaf.suffix), keyAlgorithm: "ECDSA")
            let manifest = SecretContent.manifest(
                cluster.namespace, name(leaf.suffix), type: "kubernetes.io/tls", keys: ["tls.crt", "tls.key"],
                labels: labels, certificates: [("tls.crt", [made])])
            guard simulation.ensure(manifest, ownedBy: key) != nil else { return false }
        }
        return true
    }

    // MARK: Instances

    /// The instances, by the claims of their data, in the order of their numbers.
    private static func instances(_ simulation: Simulation, _ key: ObjectKey) -> [(name: Symbol, number: Int)] {
        let prefix = "\(simulation.tables.name(key))-"
        let claims = simulation.dependents(of: key, kind: .persistentVolumeClaim).filter {
            !simulation.state[$0].isDeleting && simulation.label($0, "cnpg.io/pvcRole") == "PG_DATA"
        }
        return claims.compactMap { claim in
            let name = simulation.tables.name(claim)
            return Int(name.text.dropFirst(prefix.count)).map { (name, $0) }
        }.sorted { $0.number < $1.number }
    }

    private static func primary(_ simulation: Simulation, _ key: ObjectKey) -> Symbol {
        simulation.state.status(key)?.document["currentPrimary"]?.symbol
            ?? Symbol("\(simulation.tables.name(key))-1")
    }

    /// Brings the instances one step on; the phase that this is.
    private static func ensureInstances(
        _ simulation: inout Simulation, _ key: ObjectKey, _ cluster: PostgresCluster
    ) -> (phase: Value, reason: Value?) {
        let waiting: (Value, Value?) = (
            "Waiting for the instances to become active", "Some instances are not yet active. Please wait."
        )
        let known = instances(simulation, key)
        let primary = primary(simulation, key)
        var areReady = true
        for instance in known {
            let pod = simulation.tables.key(.pod, cluster.namespace, instance.name)
            if simulation.podState(pod)?.phase.isTerminal ?? false { _ = simulation.ensureGone(pod) }
            if !simulation.state.exists(pod) {
                let manifest = cluster.pod(instance.name, isPrimary: instance.name == primary)
                _ = simulation.ensureCreated(manifest, ownedBy: key)
            }
            if !simulation.isPodReady(pod) { areReady = false }
        }
        let wanted = simulation.bounded(cluster.facts.instances, podsOf: key)
        if known.count > wanted {
            if let surplus = known.last(where: { $0.name != primary }) { remove(&simulation, cluster, surplus.name) }
            return waiting
        }
        guard areReady else {
            return known.count <= 1
                ? ("Setting up primary", .string("Creating primary instance \(primary)")) : waiting
        }
        guard known.count < wanted else { return ("Cluster in healthy state", nil) }
        let name = Symbol("\(cluster.name)-\((known.last?.number ?? 0) + 1)")
        let manifests = cluster.claims(name) + [cluster.pod(name, isPrimary: known.isEmpty)]
        for manifest in manifests where simulation.ensureCreated(manifest, ownedBy: key) == nil { break }
        return known.isEmpty
            ? ("Setting up primary", .string("Creating primary instance \(name)"))
            : ("Creating a new replica", .string("Creating replica \(name)"))
    }

    private static func remove(_ simulation: inout Simulation, _ cluster: PostgresCluster, _ instance: Symbol) {
        let tables = simulation.tables
        _ = simulation.ensureGone(tables.key(.pod, cluster.namespace, instance))
        for claim in [instance, Symbol("\(instance)-wal")] {
            _ = simulation.ensureGone(tables.key(.persistentVolumeClaim, cluster.namespace, claim))
        }
    }

    // MARK: Status

    private static func report(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: PostgresClusterFacts,
        _ phase: (phase: Value, reason: Value?)
    ) {
        let tables = simulation.tables
        let known = instances(simulation, key)
        let ready = known.filter {
            simulation.isPodReady(tables.key(.pod, tables.namespace(key), $0.name))
        }
        let isHealthy = phase.phase == "Cluster in healthy state"
        let condition =
            isHealthy
            ? OperatorCondition("Ready", true, "ClusterIsReady", "Cluster is Ready")
            : OperatorCondition("Ready", false, "ClusterIsNotReady", "Cluster Is Not Ready")
        let primary: Value? = known.isEmpty ? nil : Value(primary(simulation, key))
        simulation.setStatus(
            key, conditions: [condition],
            [
                ("phase", phase.phase), ("phaseReason", phase.reason), ("instances", .integer(known.count)),
                ("readyInstances", .integer(ready.count)), ("currentPrimary", primary), ("targetPrimary", primary),
                ("instanceNames", .strings(known.map(\.name))),
                ("writeService", .string("\(tables.name(key))-rw")), ("readService", .string("\(tables.name(key))-r")),
            ])
    }
}
