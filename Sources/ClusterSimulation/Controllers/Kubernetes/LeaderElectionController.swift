/// Plays what the instances of programs do to the Leases for which they stand.
///
/// The renewals of a holder change nothing for anybody, so they are not played: the last one is written when the holder
/// has stopped, for it is what the others see then. A settled cluster schedules nothing. The random part of client-go's
/// retry period (up to a fifth more) is left out.
enum LeaderElectionController {
    static let controller = Controller(
        LeaderElection.controllerName,
        watches: [
            Watch(.lease, changes: [.created, .body, .removed]),
            Watch(.namespace, .function(leases), changes: [.created]),
            Watch(.role, .function(leases), changes: [.created, .body, .removed]),
            Watch(.roleBinding, .function(leases), changes: [.created, .body, .removed]),
            Watch(.clusterRole, .function(leases), changes: [.created, .body, .labels, .removed]),
            Watch(.clusterRoleBinding, .function(leases), changes: [.created, .body, .removed]),
        ],
        reconcile: reconcile)

    /// Every Lease that somebody stands for: rights or namespaces have changed.
    private static func leases(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        for instance in simulation.programs.running {
            if let candidacy = instance.candidacy { body(candidacy.lease) }
        }
    }

    private static func reconcile(_ simulation: inout Simulation, _ lease: ObjectKey) {
        writeDepartures(&simulation, lease)
        for instance in simulation.programs.candidates(for: lease) {
            guard let candidacy = instance.candidacy else { continue }
            if instance.isLeading {
                renew(&simulation, instance, candidacy)
            } else {
                acquire(&simulation, instance, candidacy)
            }
        }
    }

    // MARK: Holders that have stopped

    private static func writeDepartures(_ simulation: inout Simulation, _ lease: ObjectKey) {
        let departures = simulation.memory.elections.departures
        if departures.isEmpty { return }
        simulation.memory.elections.departures.removeAll { $0.candidacy.lease == lease }
        for departure in departures where departure.candidacy.lease == lease {
            let candidacy = departure.candidacy
            guard var spec = spec(simulation, lease), spec["holderIdentity"]?.symbol == candidacy.identity else {
                continue
            }
            if departure.isTold, candidacy.releasesOnStop {
                spec["holderIdentity"] = ""
                spec["leaseDurationSeconds"] = 1
                spec["acquireTime"] = simulation.now.microTime
                spec["renewTime"] = simulation.now.microTime
            } else {
                spec["renewTime"] = candidacy.lastTry(until: simulation.now).microTime
            }
            _ = write(&simulation, lease, spec, as: departure.caller)
        }
    }

    // MARK: The holder

    /// Looks whether the holder can go on renewing; where it cannot for the renew deadline, its process ends.
    private static func renew(_ simulation: inout Simulation, _ instance: ProgramInstance, _ candidacy: Candidacy) {
        var instance = instance
        if canRenew(&simulation, instance, candidacy) {
            guard candidacy.failingSince != .never else { return }
            instance.candidacy?.failingSince = .never
            simulation.programs.replace(instance)
            return
        }
        if candidacy.failingSince == .never {
            let first = candidacy.nextTry(from: simulation.now)
            instance.candidacy?.failingSince = first
            simulation.programs.replace(instance)
            simulation.requeue(
                LeaderElection.controllerName, candidacy.lease,
                after: first + candidacy.periods.renewDeadline - simulation.now)
            return
        }
        let end = candidacy.failingSince + candidacy.periods.renewDeadline
        if simulation.now >= end {
            lose(&simulation, instance, candidacy)
        } else {
            simulation.requeue(LeaderElection.controllerName, candidacy.lease, after: end - simulation.now)
        }
    }

    private static func canRenew(
        _ simulation: inout Simulation, _ instance: ProgramInstance, _ candidacy: Candidacy
    ) -> Bool {
        guard let spec = spec(simulation, candidacy.lease) else {
            return write(&simulation, candidacy.lease, taken(simulation, candidacy, from: nil), as: instance.caller)
        }
        return spec["holderIdentity"]?.symbol == candidacy.identity
            && isAllowed(simulation, "get", instance, candidacy) && isAllowed(simulation, "update", instance, candidacy)
    }

    /// The process ends, and its container starts again as a candidate.
    private static func lose(_ simulation: inout Simulation, _ instance: ProgramInstance, _ candidacy: Candidacy) {
        simulation.record(.refuse, candidacy.lease, by: instance.caller.user, detail: "leader election lost")
        let containers = simulation.podState(instance.pod)?.containers ?? []
        let place = containers.firstIndex {
            simulation.tables.list($0.controllerPrograms).contains(instance.program)
        }
        simulation.endContainer(of: instance.pod, at: place, code: 1, message: "leader election lost")
        simulation.stopPrograms(of: instance.pod, uid: instance.podUID)
    }

    // MARK: Candidates

    /// A try, where it is time for one.
    private static func acquire(_ simulation: inout Simulation, _ instance: ProgramInstance, _ candidacy: Candidacy) {
        let old = spec(simulation, candidacy.lease)
        guard let time = firstChance(simulation, candidacy, old) else { return }
        if time > simulation.now {
            simulation.requeue(LeaderElection.controllerName, candidacy.lease, after: time - simulation.now)
            return
        }
        guard isAllowed(simulation, "get", instance, candidacy) else {
            let message = "error retrieving resource lock \(simulation.tables.describe(candidacy.lease)): forbidden"
            simulation.record(.refuse, candidacy.lease, by: instance.caller.user, detail: Symbol(message))
            return
        }
        if old?["holderIdentity"]?.symbol != candidacy.identity {
            let spec = taken(simulation, candidacy, from: old)
            guard write(&simulation, candidacy.lease, spec, as: instance.caller) else { return }
        }
        var leader = instance
        leader.isLeading = true
        simulation.programs.replace(leader)
        simulation.startControllers(of: leader)
        simulation.tellProgramsChanged()
    }

    /// The first try that can succeed; nil while a holder lives.
    ///
    /// A candidate believes a holder for the Lease's duration since it saw it last, whatever the Lease says of times.
    private static func firstChance(
        _ simulation: Simulation, _ candidacy: Candidacy, _ spec: Value?
    ) -> SimulationTime? {
        guard let holder = spec?["holderIdentity"]?.symbol, !holder.isEmpty, holder != candidacy.identity else {
            return candidacy.nextTry(from: simulation.now)
        }
        let lives = simulation.programs.candidates(for: candidacy.lease).contains {
            $0.isLeading && $0.candidacy?.identity == holder
        }
        if lives { return nil }
        let renewed = spec?["renewTime"]?.text.flatMap(SimulationTime.init(rfc3339:)) ?? candidacy.since
        let seconds = spec?["leaseDurationSeconds"]?.int32 ?? 15
        let expiry = max(renewed, candidacy.since) + .seconds(Int64(seconds))
        return candidacy.nextTry(from: max(expiry, simulation.now))
    }

    // MARK: The Lease

    private static func spec(_ simulation: Simulation, _ lease: ObjectKey) -> Value? {
        guard simulation.state.exists(lease) else { return nil }
        return simulation.tables.body(simulation.state[lease].body).value["spec"] ?? .object([:])
    }

    private static func taken(_ simulation: Simulation, _ candidacy: Candidacy, from old: Value?) -> Value {
        var spec = old ?? .object([:])
        let transitions = old.map { ($0["leaseTransitions"]?.int32 ?? 0) + 1 } ?? 0
        spec["holderIdentity"] = Value(candidacy.identity)
        spec["leaseDurationSeconds"] = .integer(Int(candidacy.periods.lease.milliseconds / 1000))
        spec["acquireTime"] = simulation.now.microTime
        spec["renewTime"] = simulation.now.microTime
        spec["leaseTransitions"] = .integer(transitions)
        return spec
    }

    private static func isAllowed(
        _ simulation: Simulation, _ verb: Symbol, _ instance: ProgramInstance, _ candidacy: Candidacy
    ) -> Bool {
        let content = simulation.tables.content(candidacy.lease)
        return instance.caller.isTrusted
            || simulation.isAllowed(instance.caller.user, verb, .lease, content.namespace, content.name)
    }

    /// Creates or updates the Lease; false where the API server refused, which is recorded.
    private static func write(
        _ simulation: inout Simulation, _ lease: ObjectKey, _ spec: Value, as caller: Caller
    ) -> Bool {
        let tables = simulation.tables
        let result: Result<ObjectKey, APIError>
        if simulation.state.exists(lease) {
            result = simulation.update(lease, as: caller) { live in
                live.body = tables.body(kind: live.kind, ["spec": spec])
            }
        } else {
            let manifest: Value = [
                "apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
                "metadata": ["name": Value(tables.name(lease)), "namespace": Value(tables.namespace(lease))],
                "spec": spec,
            ]
            guard let draft = simulation.draft(manifest: manifest) else { return false }
            result = simulation.create(draft, as: caller)
        }
        guard case .failure(let error) = result else { return true }
        simulation.record(.refuse, lease, by: caller.user, detail: Symbol(error.message))
        return false
    }
}

extension SimulationTime {
    /// A MicroTime as Leases have it: `2025-11-27T04:10:00.250000Z`.
    fileprivate var microTime: Value {
        let digits = String(((milliseconds % 1000) + 1000) % 1000)
        let padded = String(repeating: "0", count: 3 - digits.count) + digits
        return .string("\(rfc3339.dropLast()).\(padded)000Z")
    }
}
