import ClusterSimulation
import RehearseTestSupport

@testable import Scenarios

/// A fork in which anything is done: what it leaves in what forks share is what a later fork must not see.
struct WildSibling {
    private var runner: ScenarioRunner
    private var random: TestRandom

    /// - Parameters:
    ///   - runner: where the sibling begins.
    ///   - number: decides what it does.
    init(_ runner: ScenarioRunner, number: Int) {
        self.runner = runner
        random = TestRandom(state: UInt64(number))
    }

    private static let namespaces: [Symbol] = ["aa-wild", "default", "mm-wild", "zz-wild"]

    /// Does some things, and lets some time pass after each.
    mutating func run() {
        let wild = ["definitions", "namespaces", "roles", "webhooks", "objects", "deletions", "merges", "steps"]
        for _ in 0..<6 {
            let what = wild.randomElement(using: &self.random)!
            var random = self.random
            let runner = runner
            self.runner.change { simulation in
                simulation.perform(by: "wild", detail: Symbol(what), origin: .none) { simulation in
                    Self.act(what, runner, &simulation, &random)
                }
            }
            self.random = random
            if what == "steps", self.runner.nextStepDue != nil { self.runner.performNextStep() }
            self.runner.advance(to: self.runner.simulation.now + .minutes(Int64(random.next() % 3)))
        }
    }

    private static func act(
        _ what: String, _ runner: ScenarioRunner, _ simulation: inout Simulation, _ random: inout TestRandom
    ) {
        let namespace = namespaces.randomElement(using: &random)!
        switch what {
        case "definitions": redefine(&simulation, &random)
        case "namespaces":
            for name in namespaces.shuffled(using: &random) {
                write(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": Value(name)]], &simulation)
            }
        case "roles":
            write(
                [
                    "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
                    "metadata": ["name": .string("wild-\(random.next() % 5)")],
                    "roleRef": [
                        "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
                        "name": random.next() % 2 == 0 ? "cluster-admin" : "missing",
                    ],
                    "subjects": [["kind": "Group", "name": "system:authenticated"]],
                ], &simulation)
            let roles = simulation.objects(of: .clusterRole) + simulation.objects(of: .clusterRoleBinding)
            if let role = roles.randomElement(using: &random) { simulation.delete(role, as: .admin) }
        case "webhooks":
            write(
                [
                    "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
                    "metadata": ["name": .string("wild-\(random.next() % 3)")],
                    "webhooks": [
                        [
                            "name": "wild.example.com", "sideEffects": "None", "admissionReviewVersions": ["v1"],
                            "failurePolicy": random.next() % 2 == 0 ? "Fail" : "Ignore",
                            "clientConfig": ["service": ["namespace": "default", "name": "nobody"]],
                            "rules": [
                                [
                                    "apiGroups": ["*"], "apiVersions": ["*"], "operations": ["*"], "resources": ["*"],
                                ]
                            ],
                        ]
                    ],
                ], &simulation)
        case "objects": copyObjects(to: namespace, &simulation, &random)
        case "deletions":
            for key in simulation.allObjects.shuffled(using: &random).prefix(5) where simulation.state.exists(key) {
                simulation.delete(key, as: .admin)
            }
        case "merges":
            for changeSet in runner.scenario.changeSets.shuffled(using: &random) {
                guard let repository = simulation.externals.repository(changeSet.repository) else { continue }
                simulation.mergeChangeSet(repository: repository, changeSet.name)
            }
        default: break
        }
    }

    /// Gives kinds other plurals, scopes and versions, in part as a dry run; and defines kinds that nobody serves.
    private static func redefine(_ simulation: inout Simulation, _ random: inout TestRandom) {
        let definitions = simulation.objects(of: .customResourceDefinition)
        for key in definitions.shuffled(using: &random).prefix(8) {
            var document = simulation.document(of: key)
            guard var spec = document["spec"], var names = spec["names"], let group = spec["group"]?.text else {
                continue
            }
            let versions: [Value] = (spec["versions"]?.elements ?? []).map { version in
                var version = version
                version["name"] = .string("v\(random.next() % 9)wild")
                return version
            }
            let plural = "wild\(random.next() % 3)"
            names["plural"] = .string(plural)
            spec["names"] = names
            spec["scope"] = random.next() % 2 == 0 ? "Cluster" : "Namespaced"
            spec["versions"] = Value(.array(versions))
            document["spec"] = spec
            document["status"] = nil
            document["metadata"] = ["name": .string("\(plural).\(group)")]
            let isDryRun = random.next() % 2 == 0
            if !isDryRun { simulation.delete(key, as: .admin) }
            _ = simulation.handle(
                HTTPRequest(
                    method: "POST",
                    path: "/apis/apiextensions.k8s.io/v1/customresourcedefinitions" + (isDryRun ? "?dryRun=All" : ""),
                    body: document))
        }
    }

    /// Copies some objects of the cluster to another namespace, and writes the same in another order of fields.
    private static func copyObjects(to namespace: Symbol, _ simulation: inout Simulation, _ random: inout TestRandom) {
        for key in simulation.allObjects.shuffled(using: &random).prefix(20) {
            var document = simulation.document(of: key)
            document.content = .object(document.fields.shuffled(using: &random))
            document["status"] = nil
            document["metadata"] = [
                "name": Value(simulation.tables.name(key)), "namespace": Value(namespace),
                "labels": ["wild": .string("\(random.next() % 4)")],
            ]
            write(document, &simulation)
        }
    }

    private static func write(_ manifest: Value, _ simulation: inout Simulation) {
        guard let draft = simulation.draft(manifest: manifest) else { return }
        _ = simulation.apply(draft, as: .admin)
    }
}
