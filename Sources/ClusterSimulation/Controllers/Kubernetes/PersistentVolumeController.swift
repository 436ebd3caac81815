/// Binds claims to volumes, makes volumes for classes with a provisioner, and deals with released ones.
///
/// A class's provisioner is taken to work: the model has no failing storage. Of volumes that fit a claim equally well
/// the real controller takes any; the model takes the oldest. Source: recordings, family storage; "Persistent Volumes"
/// in the Kubernetes documentation; `pv_controller.go` and `persistentvolume/volume` of the component helpers.
enum PersistentVolumeController {
    static let controllerName: Symbol = "persistentvolume-controller"

    static let controller = Controller(
        controllerName,
        watches: [
            Watch(.persistentVolumeClaim, changes: [.created, .body, .metadata]),
            Watch(.persistentVolumeClaim, .function(volumesOfClaim), changes: .removed),
            Watch(.persistentVolume, changes: [.created, .body, .status]),
            Watch(.persistentVolume, .function(pendingClaims), changes: [.created, .body, .removed]),
            Watch(.storageClass, .function(pendingClaims), changes: .created),
        ],
        reconcile: reconcile)

    static let caller = Caller.controller(controllerName)
    private static let provisionedBy: Symbol = "pv.kubernetes.io/provisioned-by"

    private static func volumesOfClaim(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.state.forEachReferrer(of: key) { link in
            if simulation.tables.kindID(link.source) == .persistentVolume { body(link.source) }
        }
    }

    private static func pendingClaims(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.forEach(.persistentVolumeClaim) { claim in
            if simulation.volumePhase(claim) != "Bound" { body(claim) }
        }
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key) else { return }
        if simulation.state[key].kind == .persistentVolume {
            syncVolume(&simulation, key)
        } else {
            syncClaim(&simulation, key)
        }
    }

    private static func claim(_ simulation: Simulation, of facts: PersistentVolumeFacts) -> ObjectKey {
        simulation.tables.key(.persistentVolumeClaim, facts.claimNamespace, facts.claimName)
    }

    private static func syncVolume(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard let facts = simulation.facts(key, PersistentVolumeFacts.self) else { return }
        if facts.claimName.isEmpty || facts.claimUID == 0 {
            simulation.setVolumePhase(key, "Available", as: caller)
            return
        }
        let claim = claim(simulation, of: facts)
        if simulation.state.exists(claim), simulation.state[claim].uid == facts.claimUID {
            simulation.setVolumePhase(key, "Bound", as: caller)
            return
        }
        simulation.setVolumePhase(key, "Released", as: caller)
        // Only what a provisioner has made can it delete; others keep the phase.
        if facts.reclaimPolicy == "Delete", simulation.annotation(key, provisionedBy) != nil {
            simulation.delete(key, as: caller)
        }
    }

    private static func syncClaim(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard !simulation.state[key].isDeleting, let facts = simulation.facts(key, ClaimFacts.self) else { return }
        if !facts.volumeName.isEmpty {
            let volume = simulation.tables.key(.persistentVolume, .empty, facts.volumeName)
            guard simulation.state.exists(volume) else {
                let wasBound = simulation.volumePhase(key) == "Bound"
                simulation.setVolumePhase(key, wasBound ? "Lost" : "Pending", as: caller)
                return
            }
            if canTake(simulation, volume, key, namedAs: facts) { bind(&simulation, key, volume) }
            if simulation.volumePhase(key).isEmpty { simulation.setVolumePhase(key, "Pending", as: caller) }
            return
        }
        if let volume = matchingVolume(simulation, key, facts) {
            bind(&simulation, key, volume)
            return
        }
        if simulation.volumePhase(key).isEmpty { simulation.setVolumePhase(key, "Pending", as: caller) }
        provision(&simulation, key, facts)
    }

    /// Whether a volume that a claim names can be bound to it: one that is reserved for the claim in any case, another
    /// if it satisfies the claim.
    private static func canTake(
        _ simulation: Simulation, _ volume: ObjectKey, _ key: ObjectKey, namedAs claim: ClaimFacts
    ) -> Bool {
        guard isFree(simulation, volume, key),
            let facts = simulation.facts(volume, PersistentVolumeFacts.self)
        else { return false }
        if !facts.claimName.isEmpty { return true }
        return !simulation.state[volume].isDeleting && facts.storageClass == claim.storageClass ?? .empty
            && facts.isLargeEnough(for: claim) && facts.hasModes(of: claim)
    }

    /// Whether a volume is reserved for a claim, bound to it, or for nobody.
    private static func isFree(_ simulation: Simulation, _ volume: ObjectKey, _ key: ObjectKey) -> Bool {
        guard let facts = simulation.facts(volume, PersistentVolumeFacts.self) else { return false }
        if facts.claimName.isEmpty { return true }
        guard claim(simulation, of: facts) == key else { return false }
        return facts.claimUID == 0 || facts.claimUID == simulation.state[key].uid
    }

    /// The smallest free volume that fits; one reserved for the claim comes first, of whatever class, but it must be
    /// large enough, too.
    private static func matchingVolume(
        _ simulation: Simulation, _ key: ObjectKey, _ facts: ClaimFacts
    ) -> ObjectKey? {
        let waits = waitsForConsumer(simulation, key, facts)
        var best: (key: ObjectKey, rank: (Int, Quantity))?
        for volume in simulation.objects(of: .persistentVolume)
        where !simulation.state[volume].isDeleting && isFree(simulation, volume, key) {
            guard let candidate = simulation.facts(volume, PersistentVolumeFacts.self),
                candidate.isLargeEnough(for: facts), candidate.hasModes(of: facts)
            else { continue }
            if !candidate.claimName.isEmpty { return volume }
            guard !waits, candidate.storageClass == facts.storageClass ?? .empty,
                facts.selector.isEmpty || facts.selector.matches(simulation.tables.map(simulation.state[volume].labels))
            else { continue }
            // Volumes with fewer access modes come first, then smaller ones.
            let rank = (candidate.accessModes.count, candidate.capacity)
            if best == nil || rank < best!.rank { best = (volume, rank) }
        }
        return best?.key
    }

    /// Whether the claim's class waits for a Pod, and no Pod has been given a node yet.
    private static func waitsForConsumer(_ simulation: Simulation, _ key: ObjectKey, _ facts: ClaimFacts) -> Bool {
        guard let storageClass = storageClass(simulation, facts), storageClass.waitsForFirstConsumer else {
            return false
        }
        return simulation.annotation(key, "volume.kubernetes.io/selected-node") == nil
    }

    private static func storageClass(_ simulation: Simulation, _ facts: ClaimFacts) -> StorageClassFacts? {
        guard let name = facts.storageClass, !name.isEmpty else { return nil }
        let key = simulation.tables.key(.storageClass, .empty, name)
        return simulation.state.exists(key) ? simulation.facts(key, StorageClassFacts.self) : nil
    }

    /// Points volume and claim at each other.
    private static func bind(_ simulation: inout Simulation, _ key: ObjectKey, _ volume: ObjectKey) {
        let tables = simulation.tables
        let uid = simulation.uidText(simulation.state[key].uid)
        var volumeBody = tables.body(simulation.state[volume].body).value
        var spec = volumeBody["spec"] ?? Value(.object([]))
        spec["claimRef"] = [
            "apiVersion": "v1", "kind": "PersistentVolumeClaim", "name": Value(tables.name(key)),
            "namespace": Value(tables.namespace(key)), "uid": .string(uid),
        ]
        volumeBody["spec"] = spec
        let bound = tables.body(kind: .persistentVolume, volumeBody)
        simulation.update(volume, as: caller) { draft in
            if !tables.sameContent(draft.body, bound) { draft.body = bound }
        }
        var claimBody = tables.body(simulation.state[key].body).value
        var claimSpec = claimBody["spec"] ?? Value(.object([]))
        claimSpec["volumeName"] = Value(tables.name(volume))
        claimBody["spec"] = claimSpec
        let named = tables.body(kind: .persistentVolumeClaim, claimBody)
        simulation.update(key, as: caller) { draft in
            if !tables.sameContent(draft.body, named) { draft.body = named }
        }
        simulation.setVolumePhase(volume, "Bound", as: caller)
        simulation.setVolumePhase(key, "Bound", as: caller)
    }

    /// Makes a volume for a claim whose class has a provisioner, once a node is known where that is waited for.
    private static func provision(_ simulation: inout Simulation, _ key: ObjectKey, _ facts: ClaimFacts) {
        guard let storageClass = storageClass(simulation, facts), storageClass.provisions,
            !waitsForConsumer(simulation, key, facts)
        else { return }
        let tables = simulation.tables
        let name = Symbol("pvc-\(simulation.uidText(simulation.state[key].uid))")
        let capacity = tables.body(simulation.state[key].body).value.at("spec", "resources", "requests", "storage")
        let spec = Value.object([
            "accessModes": .strings(facts.accessModes), "capacity": .object(["storage": capacity]),
            "claimRef": [
                "apiVersion": "v1", "kind": "PersistentVolumeClaim", "name": Value(tables.name(key)),
                "namespace": Value(tables.namespace(key)),
                "uid": .string(simulation.uidText(simulation.state[key].uid)),
            ],
            "persistentVolumeReclaimPolicy": Value(storageClass.reclaimPolicy),
            "storageClassName": facts.storageClass.map { Value($0) },
        ])
        var draft = ObjectDraft(
            kind: .persistentVolume, namespace: .empty, name: name,
            body: tables.body(kind: .persistentVolume, ["spec": spec]))
        draft.annotations = tables.map([(provisionedBy, storageClass.provisioner)])
        if case .success(let volume) = simulation.create(draft, as: caller) { bind(&simulation, key, volume) }
    }
}

extension PersistentVolumeFacts {
    fileprivate func isLargeEnough(for claim: ClaimFacts) -> Bool { capacity >= claim.request }

    /// Whether the volume is of the claim's kind, a file system or a device, and has at least its access modes.
    fileprivate func hasModes(of claim: ClaimFacts) -> Bool {
        volumeMode == claim.volumeMode && claim.accessModes.allSatisfy(accessModes.contains)
    }
}
