import Foundation
import Testing

@testable import ClusterSimulation

/// Both sides of the rules that differ between releases.
@Suite struct VersionRuleTests {
    typealias Toys = ArgoCDToys

    static func argocd(_ major: Int, _ minor: Int) -> Versions { Versions(kubernetes: 36, argocd: (major, minor)) }

    // MARK: The table

    @Test func `each rule has its line, in order, and its release is modelled`() {
        #expect(VersionRule.table.map(\.rule) == VersionRule.allCases)
        #expect(VersionRule.allCases.count <= 64)
        for rule in VersionRule.allCases {
            #expect(Versions().has(rule), "\(rule)")
            #expect(!Versions(kubernetes: 30, argocd: (2, 13)).has(rule), "\(rule)")
            #expect(!Versions().flipping(rule).has(rule), "\(rule)")
            #expect(VersionRule.allCases.allSatisfy { $0 == rule || Versions().flipping(rule).has($0) })
        }
    }

    @Test func `the page lists every rule as the table does`() throws {
        let page = try TestFiles.text("docs/versions.md")
        for line in VersionRule.table {
            #expect(page.contains("| `\(line.rule)` | \(line.since.text) | \(line.meaning) | \(line.source) |"))
        }
    }

    // MARK: Kubernetes

    private func withHeldPod(minor: Int, seed: UInt64 = 0) -> KubernetesTestCluster {
        var cluster = KubernetesTestCluster(minor: minor, seed: seed)
        cluster.create([
            "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "held", "finalizers": ["example.com/held"]],
            "spec": KubernetesTestCluster.podSpec(),
        ])
        for kind in ["ConfigMap", "Secret"] {
            cluster.create(["apiVersion": "v1", "kind": .string(kind), "metadata": ["name": "settings"]])
        }
        cluster.settle()
        _ = cluster.simulation.delete(cluster.tables.key(.namespace, .empty, "apps"), as: .admin)
        cluster.settle()
        return cluster
    }

    @Test func `a Pod that stays keeps the rest of its namespace from 1.33 on`() {
        let newer = withHeldPod(minor: 33)
        #expect(newer.simulation.state.exists(newer.key(.configMap, "settings")))
        let older = withHeldPod(minor: 32)
        #expect(!older.simulation.state.exists(older.key(.configMap, "settings")))
        #expect(older.simulation.state.exists(older.key(.pod, "held")))
    }

    @Test func `the order before 1.33 is drawn, and each order comes up`() {
        func order(_ seed: UInt64) -> [KindID] {
            let simulation = withHeldPod(minor: 32, seed: seed).simulation
            var kinds: [KindID] = []
            for index in 0..<simulation.trace.count where simulation.trace[index].action == .delete {
                let kind = simulation.tables.kindID(simulation.trace[index].key)
                if kind == .configMap || kind == .secret { kinds.append(kind) }
            }
            return kinds
        }
        #expect(order(1) == order(1))
        #expect(Set((0..<12).map { order($0).first }).count == 2)
    }

    @Test(arguments: [
        (34, #"Invalid value: {"matchLabels":{"app":"b"}}: field is immutable"#),
        (
            33,
            #"Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"b"}, "#
                + "MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable"
        ),
    ])
    func `a selector is shown as the release shows it`(minor: Int, message: String) {
        let wording = OlderWording(
            versions: Versions(kubernetes: minor), body: ["spec": ["selector": ["matchLabels": ["app": "b"]]]])
        let cause = Validation.invalid("spec.selector", #"{"matchLabels":{"app":"b"}}"#, "field is immutable")
        #expect(wording.reworded(cause).message == message)
    }

    @Test(arguments: [
        (32, "Too long: may not be more than 262144 bytes"), (31, "Too long: must have at most 262144 bytes"),
    ])
    func `sizes are worded as the release words them`(minor: Int, message: String) {
        let wording = OlderWording(versions: Versions(kubernetes: minor), body: nil)
        let cause = APIError.Cause(
            reason: "FieldValueTooLong", field: "metadata.annotations",
            message: "Too long: may not be more than 262144 bytes")
        #expect(wording.reworded(cause).message == message)
    }

    // MARK: Argo CD

    @Test func `self-heal waits longer each time from 2.14 on, and always 5 s before`() {
        func remaining(_ versions: Versions) -> [Int64] {
            (0...3).map {
                SelfHeal.remaining(attempts: $0, sinceFinished: .seconds(1), versions).milliseconds / 1000
            }
        }
        #expect(remaining(Self.argocd(2, 13)) == [4, 4, 4, 4])
        #expect(remaining(Self.argocd(2, 14)) == [0, 1, 5, 17])
    }

    @Test func `attempts are forgotten after a while between 3.0 and 3.2`() {
        func forgets(_ versions: Versions) -> Bool {
            SelfHeal.forgets(.seconds(330), wasSynced: true, versions)
        }
        #expect(
            [(2, 14), (3, 0), (3, 2), (3, 3)].map { forgets(Self.argocd($0.0, $0.1)) } == [false, true, true, false])
        #expect(!SelfHeal.forgets(.seconds(329), wasSynced: true, Self.argocd(3, 2)))
        #expect(!SelfHeal.forgets(.seconds(330), wasSynced: false, Self.argocd(3, 2)))
    }

    @Test func `git is polled with jitter from 3.0 on, unless a scenario says otherwise`() {
        func poll(_ versions: Versions, _ latencies: Latencies = Latencies()) -> [Int64] {
            let configuration = Configuration(
                tables: ClusterTables(), versions: versions, latencies: latencies, invariants: [])
            return [Latency.argocdReconciliation, .argocdJitter].map {
                configuration.latencies[$0].milliseconds / 1000
            }
        }
        #expect(poll(Self.argocd(2, 14)) == [180, 0])
        #expect(poll(Self.argocd(3, 0)) == [120, 60])
        var chosen = Latencies()
        chosen[.argocdReconciliation] = .seconds(120)
        #expect(poll(Self.argocd(2, 14), chosen) == [120, 0])
    }

    @Test func `objects are tracked by label before 3.0`() {
        for (versions, isLabel) in [(Self.argocd(2, 14), true), (Self.argocd(3, 0), false)] {
            var simulation = Toys.simulation(versions: versions, namespaces: ["a"]) { _ in
                .success([Toys.configMap("one")])
            }
            Toys.add(Toys.application("app", namespace: "a"), to: &simulation)
            simulation.run(30)
            let row = simulation.state[Toys.key(simulation, .configMap, "a", "one")]
            let label = simulation.tables.map(row.labels)["app.kubernetes.io/instance"]
            #expect((label == "app") == isLabel)
            #expect((simulation.tables.map(row.annotations)[ArgoCD.trackingID] == nil) == isLabel)
            #expect(Toys.row(simulation, "app") == "Synced Healthy ")
        }
    }

    @Test func `a copied label is pruned before 3.0`() {
        for (versions, isPruned) in [(Self.argocd(2, 14), true), (Self.argocd(3, 0), false)] {
            var simulation = Toys.simulation(versions: versions, namespaces: ["a"]) { _ in
                .success([Toys.configMap("one")])
            }
            var copy = Toys.configMap("copy", namespace: "a")
            copy["metadata"] = (copy["metadata"] ?? nil).with("labels", ["app.kubernetes.io/instance": "app"])
            Toys.add(copy, to: &simulation)
            Toys.add(Toys.application("app", namespace: "a"), to: &simulation)
            simulation.run(60)
            #expect(Toys.names(simulation, .configMap, "a").contains("copy") != isPruned)
        }
    }

    @Test func `automated enabled false is unknown before 3.1`() {
        for (versions, isSynced) in [(Self.argocd(3, 0), true), (Self.argocd(3, 1), false)] {
            var simulation = Toys.simulation(versions: versions, namespaces: ["a"]) { _ in
                .success([Toys.configMap("one")])
            }
            Toys.add(Toys.application("app", namespace: "a", automated: ["enabled": false]), to: &simulation)
            simulation.run(60)
            #expect((Toys.names(simulation, .configMap, "a") == ["one"]) == isSynced)
        }
    }

    @Test func `a manifest's status counts before 3.0`() {
        for (versions, status) in [(Self.argocd(2, 14), "OutOfSync"), (Self.argocd(3, 0), "Synced")] {
            var simulation = Toys.simulation(versions: versions, namespaces: ["a"]) { _ in
                .success([Toys.deployment("one").with("status", ["replicas": 7])])
            }
            Toys.add(Toys.application("app", namespace: "a"), to: &simulation)
            simulation.run(60)
            let key = Toys.key(simulation, .deployment, "a", "one")
            simulation.updateStatus(key, as: .admin, DocumentStatus(["replicas": 1]))
            simulation.run(600)
            #expect(Toys.row(simulation, "app").hasPrefix(status))
        }
    }

    @Test func `Endpoints are excluded from 3.0 on`() {
        func matches(_ versions: Versions) -> Bool {
            let endpoints = Kind.builtIns[Int(KindID.endpoints.index)]
            return ArgoCDSettings(versions).exclusions.contains { $0.matches(endpoints) }
        }
        #expect(!matches(Self.argocd(2, 14)))
        #expect(matches(Self.argocd(3, 0)))
    }

    @Test func `health checks have their releases`() {
        let checks: [(Symbol, Symbol, (Int, Int), (Int, Int))] = [
            ("postgresql.cnpg.io", "Cluster", (3, 0), (3, 1)), ("batch", "CronJob", (3, 1), (3, 2)),
            ("keda.sh", "ScaledJob", (3, 2), (3, 3)), ("operator.victoriametrics.com", "VMAgent", (3, 4), (3, 5)),
        ]
        for (group, kind, before, since) in checks {
            #expect(!Self.argocd(before.0, before.1).hasHealthCheck(group: group, kind: kind))
            #expect(Self.argocd(since.0, since.1).hasHealthCheck(group: group, kind: kind))
        }
    }

    @Test func `only missing ConfigMaps make an Application Missing from 3.4 on`() {
        let missing = [ApplicationHealth.Resource(kind: "ConfigMap", name: "c", isLive: false, health: nil)]
        #expect(ApplicationHealth.aggregate(missing, Self.argocd(3, 3)).code == .healthy)
        #expect(ApplicationHealth.aggregate(missing, Self.argocd(3, 4)).code == .missing)
    }
}
