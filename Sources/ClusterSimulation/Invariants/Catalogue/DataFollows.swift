extension Invariant {
    /// I15: data goes where its workload goes.
    static let dataFollows = Invariant(
        "data-follows", .always,
        title: "A claim that goes takes no data with it, and one that moved has its volume",
        predicate: "loses its data",
        explainedBy: ["data-follows"],
        grace: .minutes(1),
        reads: [
            .subjects(.kind(.persistentVolumeClaim)),
            .changes(of: .kind(.persistentVolumeClaim), [.created, .removed]) { simulation, key, body in
                forEachClaim(simulation, simulation.tables.name(key), body)
            },
            .changes(of: .kind(.persistentVolume), [.created, .body, .status, .removed], claimsOfVolume),
        ]
            + Departures.workloads.map { kind in
                .changes(of: .kind(kind), .removed) { simulation, key, body in
                    for claim in simulation.claims(ofWorkload: key) {
                        forEachClaim(simulation, simulation.tables.name(claim), body)
                    }
                }
            },
        page: Page(
            rule: """
                A claim is bound to one volume and lives in one namespace. Where it is removed, reclaim policy Delete \
                removes the volume with the data; Retain keeps it Released, bound to the old claim, so that a new \
                claim of the same name gets an empty volume ("Persistent Volumes", Reclaiming).
                """,
            incident: "kubernetes/kubernetes#91847: the volume kept its claimRef and the new claim was never bound.",
            symptom: "A database, dashboard or message store that is empty after the move.",
            remedy: """
                Before the move: set persistentVolumeReclaimPolicy Retain. After it: clear claimRef of the volume and \
                name the volume in spec.volumeName of the new claim. Or restore a backup.
                """)
    ) { simulation, key in
        guard simulation.state.exists(key) else { return removed(simulation, key) }
        guard let facts = simulation.facts(key, ClaimFacts.self) else { return .notApplicable }
        if simulation.state[key].isDeleting { return going(simulation, key, facts) }
        if let finding = reserved(simulation, key, facts) { return finding }
        guard let past = past(simulation, key), let volume = volume(simulation, of: past), !facts.volumeName.isEmpty
        else { return .holds }
        if volume == simulation.tables.key(.persistentVolume, .empty, facts.volumeName) { return .holds }
        return .violated(
            Evidence(fingerprint: fingerprint(simulation, volume)) { simulation in
                let tables = simulation.tables
                return Explanation(
                    "\(tables.describe(key)) has a new, empty volume; the data of \(tables.describe(past.key)) "
                        + whereabouts(simulation, volume, past.key),
                    remedy: remedy(simulation, volume, key),
                    origin: simulation.manifestOrigin(of: key), because: [past.key],
                    theme: simulation.state.exists(volume) ? "" : wentAlong)
            })
    }

    /// Volumes that go with their claims for want of a Retain policy are one issue, however many they are.
    private static let wentAlong = "volumes go with their claims"

    // MARK: Claims that go

    /// A claim that was removed although its volume goes with it.
    private static func removed(_ simulation: Simulation, _ key: ObjectKey) -> Finding {
        guard let entry = simulation.monitor.departures.entry(key, simulation.tables), !entry.isOwnedByPod,
            let name = simulation.tables.body(entry.body).facts(ClaimFacts.self)?.volumeName, !name.isEmpty
        else { return .notApplicable }
        let volume = simulation.tables.key(.persistentVolume, .empty, name)
        guard !simulation.state.exists(volume) else { return .holds }
        return .violated(
            Evidence(fingerprint: UInt64(volume.index)) { simulation in
                Explanation(
                    "\(simulation.tables.describe(key)) was removed, and \(simulation.tables.describe(volume)) "
                        + "with its data (reclaim policy Delete)",
                    remedy: "restore a backup; next time set persistentVolumeReclaimPolicy Retain on \(name) first",
                    cause: entry.cause, origin: simulation.tables.body(entry.body).value.origin, theme: wentAlong)
            })
    }

    /// A claim that is being removed and will take its volume along.
    private static func going(_ simulation: Simulation, _ key: ObjectKey, _ facts: ClaimFacts) -> Finding {
        let volume = simulation.tables.key(.persistentVolume, .empty, facts.volumeName)
        guard !facts.volumeName.isEmpty, simulation.state.exists(volume),
            simulation.facts(volume, PersistentVolumeFacts.self)?.reclaimPolicy == "Delete"
        else { return .holds }
        return .violated(
            Evidence(fingerprint: UInt64(volume.index)) { simulation in
                Explanation(
                    "\(simulation.tables.describe(key)) is being removed: \(simulation.tables.describe(volume)) "
                        + "and its data will go with it (reclaim policy Delete)",
                    remedy: "kubectl patch pv \(facts.volumeName) -p "
                        + "'{\"spec\":{\"persistentVolumeReclaimPolicy\":\"Retain\"}}' before the claim is gone",
                    cause: simulation.state[key].lastWrite,
                    origin: simulation.manifestOrigin(of: key), theme: wentAlong)
            })
    }

    // MARK: Claims that took another's place

    /// A claim that names a volume which still belongs to another claim.
    private static func reserved(_ simulation: Simulation, _ key: ObjectKey, _ facts: ClaimFacts) -> Finding? {
        guard !facts.volumeName.isEmpty, simulation.volumePhase(key) != "Bound" else { return nil }
        let volume = simulation.tables.key(.persistentVolume, .empty, facts.volumeName)
        guard simulation.state.exists(volume), let held = simulation.facts(volume, PersistentVolumeFacts.self),
            !held.claimName.isEmpty
        else { return nil }
        let holder = simulation.tables.key(.persistentVolumeClaim, held.claimNamespace, held.claimName)
        if holder == key, held.claimUID == 0 || held.claimUID == simulation.state[key].uid { return nil }
        return .violated(
            Evidence(fingerprint: UInt64(holder.index)) { simulation in
                let tables = simulation.tables
                return Explanation(
                    "\(tables.describe(key)) waits for \(tables.describe(volume)), whose claimRef still names "
                        + "\(tables.describe(holder))",
                    remedy: "kubectl patch pv \(facts.volumeName) --type=json "
                        + "-p '[{\"op\":\"remove\",\"path\":\"/spec/claimRef\"}]'",
                    origin: simulation.manifestOrigin(of: key))
            })
    }

    /// The older claim of the same name, in another namespace, that was removed or lost its workload.
    private static func past(_ simulation: Simulation, _ key: ObjectKey) -> (key: ObjectKey, body: BodyID)? {
        let name = simulation.tables.name(key)
        let created = simulation.state[key].created
        for claim in simulation.monitor.departures.abandonedClaims(named: name).reversed() where claim != key {
            if simulation.state.exists(claim), simulation.state[claim].created < created {
                return (claim, simulation.state[claim].body)
            }
        }
        let entries = simulation.monitor.departures.entries(.persistentVolumeClaim, name)
        let entry = entries.last { $0.key != key && $0.created < created && !$0.isOwnedByPod }
        return entry.map { ($0.key, $0.body) }
    }

    /// The volume that a claim was bound to; nil where it never was.
    private static func volume(_ simulation: Simulation, of claim: (key: ObjectKey, body: BodyID)) -> ObjectKey? {
        let name = simulation.tables.body(claim.body).facts(ClaimFacts.self)?.volumeName ?? .empty
        return name.isEmpty ? nil : simulation.tables.key(.persistentVolume, .empty, name)
    }

    private static func fingerprint(_ simulation: Simulation, _ volume: ObjectKey) -> UInt64 {
        UInt64(volume.index) ^ (simulation.state.exists(volume) ? simulation.volumePhase(volume).stableHash : 0)
    }

    private static func whereabouts(_ simulation: Simulation, _ volume: ObjectKey, _ claim: ObjectKey) -> String {
        let name = simulation.tables.describe(volume)
        if !simulation.state.exists(volume) { return "went with \(name) (reclaim policy Delete)" }
        if simulation.state.exists(claim) { return "is still on \(name), which that claim holds" }
        return "is on \(name), which is \(simulation.volumePhase(volume))"
    }

    private static func remedy(_ simulation: Simulation, _ volume: ObjectKey, _ claim: ObjectKey) -> String {
        let name = simulation.tables.name(volume)
        guard simulation.state.exists(volume) else {
            return "restore a backup; next time set persistentVolumeReclaimPolicy Retain on \(name) before the move"
        }
        let isFree = simulation.volumePhase(volume) == "Available"
        return (isFree ? "" : "clear spec.claimRef of PersistentVolume \(name), then ")
            + "name \(name) in spec.volumeName of \(simulation.tables.describe(claim))"
    }

    // MARK: Who looks again

    /// Claims of a name, where one of that name went or was abandoned.
    private static func forEachClaim(_ simulation: Simulation, _ name: Symbol, _ body: (ObjectKey) -> Void) {
        let departures = simulation.monitor.departures
        guard departures.hasEntries(.persistentVolumeClaim, name) || !departures.abandonedClaims(named: name).isEmpty
        else { return }
        simulation.forEach(.persistentVolumeClaim) { if simulation.tables.name($0) == name { body($0) } }
    }

    private static func claimsOfVolume(_ simulation: Simulation, _ volume: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.state.forEachReferrer(of: volume) { link in
            if simulation.tables.kindID(link.source) == .persistentVolumeClaim { body(link.source) }
        }
        guard let facts = simulation.facts(volume, PersistentVolumeFacts.self), !facts.claimName.isEmpty else { return }
        body(simulation.tables.key(.persistentVolumeClaim, facts.claimNamespace, facts.claimName))
        forEachClaim(simulation, facts.claimName, body)
    }
}
