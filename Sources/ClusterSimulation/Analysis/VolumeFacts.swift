/// What the model reads of a PersistentVolumeClaim.
package final class ClaimFacts {
    /// nil where the field is missing: the default class. Empty text means no class at all.
    package let storageClass: Symbol?
    package let accessModes: [Symbol]
    package let request: Quantity
    package let volumeName: Symbol
    /// `Filesystem` or `Block`.
    package let volumeMode: Symbol
    /// Labels that a volume must have.
    package let selector: LabelSelector

    init(_ spec: Value) {
        storageClass = spec["storageClassName"]?.symbol
        accessModes = spec["accessModes"]?.symbols ?? []
        request = spec.at("resources", "requests", "storage").flatMap { Quantity($0) } ?? .zero
        volumeName = spec["volumeName"]?.symbol ?? .empty
        volumeMode = spec["volumeMode"]?.symbol ?? "Filesystem"
        selector = LabelSelector(spec["selector"] ?? nil)
    }

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = ClaimFacts(body["spec"] ?? nil)
        var collector = ReferenceCollector()
        collector.add(.resource, .persistentVolume, facts.volumeName)
        collector.add(.resource, .storageClass, facts.storageClass ?? .empty, optional: true)
        return Analysis.Result(facts: facts, references: collector.references)
    }
}

/// What the model reads of a PersistentVolume.
package final class PersistentVolumeFacts {
    package let storageClass: Symbol
    package let accessModes: [Symbol]
    package let capacity: Quantity
    /// `Filesystem` or `Block`.
    package let volumeMode: Symbol
    /// `Retain`, `Delete` or `Recycle`.
    package let reclaimPolicy: Symbol
    package let claimNamespace: Symbol
    /// Empty: no claim.
    package let claimName: Symbol
    /// The uid of the claim that is bound; 0 where the volume is only reserved.
    package let claimUID: UInt32

    init(_ spec: Value) {
        storageClass = spec["storageClassName"]?.symbol ?? .empty
        accessModes = spec["accessModes"]?.symbols ?? []
        capacity = spec.at("capacity", "storage").flatMap { Quantity($0) } ?? .zero
        volumeMode = spec["volumeMode"]?.symbol ?? "Filesystem"
        reclaimPolicy = spec["persistentVolumeReclaimPolicy"]?.symbol ?? "Retain"
        claimNamespace = spec.at("claimRef", "namespace")?.symbol ?? .empty
        claimName = spec.at("claimRef", "name")?.symbol ?? .empty
        claimUID = ObjectDraft.number(uid: spec.at("claimRef", "uid")?.text)
    }

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = PersistentVolumeFacts(body["spec"] ?? nil)
        var collector = ReferenceCollector()
        collector.add(
            .resource, .persistentVolumeClaim, facts.claimName, in: facts.claimNamespace, optional: true)
        return Analysis.Result(facts: facts, references: collector.references)
    }
}

/// What the model reads of a StorageClass.
package final class StorageClassFacts {
    package let provisioner: Symbol
    package let reclaimPolicy: Symbol
    package let waitsForFirstConsumer: Bool

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        Analysis.Result(facts: StorageClassFacts(body))
    }

    init(_ body: Value) {
        provisioner = body["provisioner"]?.symbol ?? .empty
        reclaimPolicy = body["reclaimPolicy"]?.symbol ?? "Delete"
        waitsForFirstConsumer = body["volumeBindingMode"]?.symbol == "WaitForFirstConsumer"
    }

    /// Whether something makes volumes on demand.
    package var provisions: Bool { !provisioner.isEmpty && provisioner != "kubernetes.io/no-provisioner" }
}
