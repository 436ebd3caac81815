import Testing

@testable import ClusterSimulation

/// Which volume a claim gets, where the recordings do not ask.
@Suite struct VolumeBindingTests {
    private static func volume(_ name: String, _ fields: Value = [:], labels: Value = [:]) -> Value {
        var spec: Value = [
            "capacity": ["storage": "5Gi"], "accessModes": ["ReadWriteOnce"], "storageClassName": "manual",
            "hostPath": ["path": "/data"],
        ]
        for field in fields.fields { spec[field.key] = field.value }
        let metadata: Value = ["name": .string(name), "labels": labels]
        return ["apiVersion": "v1", "kind": "PersistentVolume", "metadata": metadata, "spec": spec]
    }

    /// The name of the volume that a claim is bound to; empty: none.
    private static func bound(_ volumes: [Value], _ fields: Value = [:]) -> Symbol {
        var cluster = KubernetesTestCluster(nodes: [])
        for volume in volumes { cluster.create(volume) }
        cluster.settle()
        var spec: Value = [
            "accessModes": ["ReadWriteOnce"], "storageClassName": "manual",
            "resources": ["requests": ["storage": "2Gi"]],
        ]
        for field in fields.fields { spec[field.key] = field.value }
        let metadata: Value = ["name": "data", "namespace": "apps"]
        cluster.create(["apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": metadata, "spec": spec])
        cluster.settle()
        let claim = cluster.key(.persistentVolumeClaim, "data")
        guard cluster.simulation.volumePhase(claim) == "Bound" else { return .empty }
        return cluster.simulation.facts(claim, ClaimFacts.self)?.volumeName ?? .empty
    }

    private static let reserved: Value = ["name": "data", "namespace": "apps"]

    @Test func `the smallest volume that is large enough`() {
        let volumes = [("a", "5Gi"), ("b", "1Gi"), ("c", "2Gi"), ("d", "3Gi")].map { name, size in
            Self.volume(name, ["capacity": ["storage": .string(size)]])
        }
        #expect(Self.bound(volumes) == "c")
    }

    @Test func `a reserved volume comes first, of any class, if it is large enough`() {
        let other = Self.volume("a")
        #expect(Self.bound([other, Self.volume("b", ["claimRef": Self.reserved])]) == "b")
        #expect(Self.bound([other, Self.volume("b", ["claimRef": Self.reserved, "storageClassName": "fast"])]) == "b")
        let small: Value = ["claimRef": Self.reserved, "capacity": ["storage": "1Gi"]]
        #expect(Self.bound([other, Self.volume("b", small)]) == "a")
    }

    @Test func `the class, the modes and the selector count`() {
        let volumes = [
            Self.volume("fast", ["storageClassName": "fast"]), Self.volume("block", ["volumeMode": "Block"]),
            Self.volume("many", ["accessModes": ["ReadWriteOnce", "ReadWriteMany"]], labels: ["tier": "gold"]),
        ]
        #expect(Self.bound(volumes) == "many")
        #expect(Self.bound(volumes, ["volumeMode": "Block"]) == "block")
        #expect(Self.bound(volumes, ["accessModes": ["ReadWriteMany"]]) == "many")
        #expect(Self.bound(volumes, ["selector": ["matchLabels": ["tier": "gold"]]]) == "many")
        #expect(Self.bound(volumes, ["selector": ["matchLabels": ["tier": "tin"]]]) == .empty)
        #expect(Self.bound(volumes + [Self.volume("one")]) == "one")
    }

    @Test func `a volume that a claim names must satisfy it, unless it is reserved for it`() {
        let small: Value = ["capacity": ["storage": "1Gi"]]
        #expect(Self.bound([Self.volume("a")], ["volumeName": "a"]) == "a")
        #expect(Self.bound([Self.volume("a", small)], ["volumeName": "a"]) == .empty)
        #expect(Self.bound([Self.volume("a", ["storageClassName": "fast"])], ["volumeName": "a"]) == .empty)
        #expect(Self.bound([Self.volume("a", ["volumeMode": "Block"])], ["volumeName": "a"]) == .empty)
        let own: Value = ["capacity": ["storage": "1Gi"], "claimRef": Self.reserved]
        #expect(Self.bound([Self.volume("a", own)], ["volumeName": "a"]) == "a")
    }
}
