/// The phase of a PersistentVolume or of a claim.
package final class VolumeStatus: Status, @unchecked Sendable {
    /// `Pending`, `Bound`, `Lost` of a claim; `Available`, `Bound`, `Released`, `Failed` of a volume.
    package let phase: Symbol

    package init(phase: Symbol) { self.phase = phase }

    package override var document: Value { ["phase": Value(phase)] }
}

extension Simulation {
    /// The phase of a volume or claim; empty where there is none yet.
    package func volumePhase(_ key: ObjectKey) -> Symbol {
        guard let status = state.status(key) else { return .empty }
        if let status = status as? VolumeStatus { return status.phase }
        return status.document["phase"]?.symbol ?? .empty
    }

    mutating func setVolumePhase(_ key: ObjectKey, _ phase: Symbol, as caller: Caller) {
        if volumePhase(key) != phase { updateStatus(key, as: caller, VolumeStatus(phase: phase)) }
    }
}
