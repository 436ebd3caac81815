import Testing

@testable import ClusterSimulation

/// What Applications do on small clusters.
@Suite struct ArgoCDSyncTests {
    typealias Toys = ArgoCDToys

    @Test func `a new Application is synced at once, and then nothing happens any more`() {
        var simulation = Toys.simulation(namespaces: ["a"]) { _ in .success([Toys.configMap("one")]) }
        Toys.add(Toys.application("app", namespace: "a"), to: &simulation)
        #expect(simulation.run(until: .epoch + .minutes(60)) == .settled)
        #expect(Toys.names(simulation, .configMap, "a") == ["one"])
        #expect(Toys.row(simulation, "app") == "Synced Healthy ")
        let key = Toys.key(simulation, .configMap, "a", "one")
        #expect(simulation.annotation(key, ArgoCD.trackingID)?.text == "app:/ConfigMap:a/one")
        #expect(Toys.state(simulation, "app").operation?.message == "successfully synced (all tasks run)")
    }

    @Test func `a merge is found at the next poll and chains to what it makes`() throws {
        var simulation = Toys.simulation(namespaces: ["a"]) { request in
            .success([Toys.configMap(request.changeSets == ["#1"] ? "two" : "one")])
        }
        Toys.add(Toys.application("app", namespace: "a"), to: &simulation)
        simulation.run(30)
        let merge = simulation.mergeChangeSet(repository: 0, "#1")
        simulation.run(60)
        #expect(Toys.names(simulation, .configMap, "a") == ["one"])
        simulation.run(150)
        #expect(Toys.names(simulation, .configMap, "a") == ["two"])
        let two = Toys.key(simulation, .configMap, "a", "two")
        let chain = simulation.causes(of: simulation.state[two].creation)
        #expect(chain.map(\.action) == [.merge, .sync, .create])
        #expect(chain.first?.detail == "#1")
        #expect(!merge.isNone)
        simulation.revertChangeSet(repository: 0, "#1")
        simulation.run(200)
        #expect(Toys.names(simulation, .configMap, "a") == ["one"])
    }

    @Test func `a destination that moves without a new revision is not synced, a manual sync moves it`() {
        var simulation = Toys.simulation(namespaces: ["old", "new"]) { _ in .success([Toys.configMap("one")]) }
        Toys.add(Toys.application("app", namespace: "old"), to: &simulation)
        simulation.run(30)
        Toys.add(Toys.application("app", namespace: "new"), to: &simulation)
        simulation.run(600)
        #expect(Toys.row(simulation, "app") == "OutOfSync Healthy ")
        let resources = Toys.state(simulation, "app").resources
        #expect(resources.map(\.requiresPruning) == [false, true])
        #expect(Toys.names(simulation, .configMap, "old") == ["one"])
        let isKnown = simulation.syncApplication("app", prune: true)
        #expect(isKnown)
        simulation.run(600)
        #expect(Toys.names(simulation, .configMap, "old") == [])
        #expect(Toys.names(simulation, .configMap, "new") == ["one"])
        #expect(Toys.row(simulation, "app") == "Synced Healthy ")
    }

    @Test func `self-heal follows a destination, partially`() {
        var simulation = Toys.simulation(namespaces: ["old", "new"]) { _ in .success([Toys.configMap("one")]) }
        let automated: Value = ["prune": true, "selfHeal": true]
        Toys.add(Toys.application("app", namespace: "old", automated: automated), to: &simulation)
        simulation.run(30)
        Toys.add(Toys.application("app", namespace: "new", automated: automated), to: &simulation)
        simulation.run(600)
        #expect(Toys.names(simulation, .configMap, "old") == [])
        #expect(Toys.names(simulation, .configMap, "new") == ["one"])
        #expect(Toys.state(simulation, "app").operation?.operation.selfHealAttempts == 1)
    }

    @Test func `a missing namespace fails a sync, other objects are applied, and the failure sticks`() {
        var simulation = Toys.simulation(namespaces: ["a"]) { _ in
            .success([Toys.configMap("bad", namespace: "trader"), Toys.configMap("good")])
        }
        Toys.add(
            Toys.application("app", namespace: "a", automated: ["selfHeal": true]), to: &simulation)
        simulation.run(60)
        let message = "one or more objects failed to apply, reason: namespaces \"trader\" not found"
        #expect(Toys.state(simulation, "app").operation?.message.text == message)
        #expect(Toys.names(simulation, .configMap, "a") == ["good"])
        #expect(Toys.row(simulation, "app").hasPrefix("OutOfSync Healthy Failed last sync attempt to ["))
        Toys.add(Toys.manifest("v1", "Namespace", "trader"), to: &simulation)
        simulation.run(1200)
        #expect(Toys.names(simulation, .configMap, "trader") == [])
        simulation.syncApplication("app")
        simulation.run(60)
        #expect(Toys.names(simulation, .configMap, "trader") == ["bad"])
        #expect(Toys.row(simulation, "app") == "Synced Healthy ")
    }

    @Test func `retries wait 10, 20, 40 seconds and heal when the cause is gone`() {
        var simulation = Toys.simulation { _ in .success([Toys.configMap("one")]) }
        Toys.add(Toys.application("app", namespace: "late", retry: nil), to: &simulation)
        simulation.run(5)
        let first = Toys.state(simulation, "app").operation
        #expect(first?.retryCount == 1)
        #expect(first?.message.text.hasSuffix("Retrying attempt #1 at 12:00AM.") == true)
        simulation.run(20)
        #expect(Toys.state(simulation, "app").operation?.retryCount == 2)
        Toys.add(Toys.manifest("v1", "Namespace", "late"), to: &simulation)
        simulation.run(60)
        let last = Toys.state(simulation, "app").operation
        #expect(last?.phase == .succeeded)
        #expect(last?.message == "successfully synced (all tasks run) (retried 2 times).")
        #expect(Toys.row(simulation, "app") == "Synced Healthy ")
    }

    @Test func `CreateNamespace makes the destination only, and does not track it`() {
        var simulation = Toys.simulation { _ in .success([Toys.configMap("one")]) }
        Toys.add(
            Toys.application("app", namespace: "made", options: ["CreateNamespace=true"]), to: &simulation)
        simulation.run(60)
        let namespace = Toys.key(simulation, .namespace, .empty, "made")
        #expect(simulation.state.exists(namespace))
        #expect(simulation.annotation(namespace, ArgoCD.trackingID) == nil)
        #expect(Toys.names(simulation, .configMap, "made") == ["one"])
        #expect(Toys.row(simulation, "app") == "Synced Healthy ")
    }

    @Test func `an unreadable source is Unknown, with the health of what is tracked`() {
        var simulation = Toys.simulation(namespaces: ["a"]) { _ in .failure(ManifestFailure("chart not found")) }
        Toys.add(Toys.application("app", namespace: "a", chart: "oci"), to: &simulation)
        simulation.run(600)
        #expect(Toys.row(simulation, "app") == "Unknown Healthy Failed to load target state: chart not found")
    }

    @Test func `an error after a merge is kept back for the grace period, then told`() {
        var simulation = Toys.simulation(namespaces: ["a"]) { request in
            request.changeSets.isEmpty ? .success([Toys.configMap("one")]) : .failure(ManifestFailure("broken"))
        }
        Toys.add(Toys.application("app", namespace: "a"), to: &simulation)
        simulation.run(30)
        simulation.mergeChangeSet(repository: 0, "#1")
        simulation.run(180)
        #expect(Toys.row(simulation, "app") == "Synced Healthy ")
        simulation.run(500)
        #expect(Toys.row(simulation, "app") == "Unknown Healthy Failed to load target state: broken")
        #expect(Toys.names(simulation, .configMap, "a") == ["one"])
    }

    @Test func `a destination that the project does not permit is Unknown in both`() {
        var simulation = Toys.simulation(namespaces: ["a"]) { _ in .success([Toys.configMap("one")]) }
        Toys.add(
            Toys.manifest("argoproj.io/v1alpha1", "AppProject", "default", namespace: "argocd").with(
                "spec", ["sourceRepos": ["*"], "destinations": [["server": "*", "namespace": "b"]]]),
            to: &simulation)
        Toys.add(Toys.application("app", namespace: "a"), to: &simulation)
        simulation.run(60)
        #expect(
            Toys.row(simulation, "app")
                == "Unknown Unknown application destination server 'https://kubernetes.default.svc' and namespace 'a' "
                + "do not match any of the allowed destinations in project 'default'")
        #expect(Toys.names(simulation, .configMap, "a") == [])
    }

    @Test func `duplicates warn, and the last one wins`() {
        var simulation = Toys.simulation(namespaces: ["a"]) { _ in
            .success([Toys.configMap("one", ["a": "first"]), Toys.configMap("one", ["a": "last"])])
        }
        Toys.add(Toys.application("app", namespace: "a"), to: &simulation)
        simulation.run(60)
        let key = Toys.key(simulation, .configMap, "a", "one")
        #expect(simulation.document(of: key).at("data", "a")?.text == "last")
        let conditions = Toys.state(simulation, "app").conditions
        #expect(conditions.map(\.kind) == [.repeatedResourceWarning])
        #expect(
            conditions.first?.message
                == "Resource /ConfigMap/a/one appeared 2 times among application resources.")
    }

    @Test func `drift is seen at once, and healed only with self-heal`() {
        for selfHeal in [false, true] {
            var simulation = Toys.simulation(namespaces: ["a"]) { _ in .success([Toys.configMap("one")]) }
            let automated: Value = ["selfHeal": .init(.boolean(selfHeal))]
            Toys.add(Toys.application("app", namespace: "a", automated: automated), to: &simulation)
            simulation.run(30)
            let key = Toys.key(simulation, .configMap, "a", "one")
            simulation.delete(key, as: .admin)
            simulation.run(30)
            #expect(simulation.state.exists(key) == selfHeal)
            #expect(Toys.row(simulation, "app") == (selfHeal ? "Synced Healthy " : "OutOfSync Missing "))
        }
    }

    @Test func `ignored differences do not count`() {
        var simulation = Toys.simulation(namespaces: ["a"]) { _ in .success([Toys.configMap("one")]) }
        var manifest = Toys.application("app", namespace: "a")
        var spec = manifest["spec"] ?? nil
        spec["ignoreDifferences"] = [["group": "", "kind": "ConfigMap", "jsonPointers": ["/data/a"]]]
        manifest["spec"] = spec
        Toys.add(manifest, to: &simulation)
        simulation.run(30)
        let key = Toys.key(simulation, .configMap, "a", "one")
        let tables = simulation.tables
        simulation.update(key, as: .admin) { $0.body = tables.body(kind: .configMap, ["data": ["a": "other"]]) }
        simulation.run(30)
        #expect(Toys.row(simulation, "app") == "Synced Healthy ")
        simulation.update(key, as: .admin) { $0.body = tables.body(kind: .configMap, ["data": ["b": "other"]]) }
        simulation.run(30)
        #expect(Toys.row(simulation, "app") == "Synced Healthy ")
        simulation.update(key, as: .admin) { $0.annotations = .empty }
        simulation.run(300)
        #expect(Toys.row(simulation, "app").hasPrefix("OutOfSync"))
    }
}
