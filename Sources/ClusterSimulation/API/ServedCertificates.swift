/// The certificates with which running programs answer, as they have loaded them.
///
/// A program reads its certificate when it starts, and again when the kubelet has refreshed the files of the volume.
/// A Secret that is deleted takes nothing away from a program that runs.
/// Source: "Secrets", mounted Secrets are updated automatically: the kubelet's sync period plus its cache's delay.
package struct ServedCertificates: Sendable {
    /// What one Pod answers with.
    struct Entry: Sendable {
        var podUID: UInt32
        /// The leaf first, then what is sent with it; empty where the program found no certificate.
        var chain: [CertificateFacts]
        /// Where the file comes from; nil where the program keeps the certificate in its memory.
        var source: Source?
        /// When the kubelet will have refreshed the file; `.never` while it is up to date.
        var refreshDue = SimulationTime.never
    }

    /// A key of a Secret.
    struct Source: Sendable, Equatable {
        var secret: ObjectKey
        var key: Symbol
    }

    /// By Pod. Looked up, never iterated.
    private var entries: [ObjectKey: Entry] = [:]

    package init() {}

    subscript(pod: ObjectKey) -> Entry? {
        get { entries.isEmpty ? nil : entries[pod] }
        set { entries[pod] = newValue }
    }
}

extension StateSlots {
    private static let certificatesSlot = Slot("certificates", ServedCertificates())

    /// The certificates with which running programs answer.
    package internal(set) var certificates: ServedCertificates {
        _read { yield self[Self.certificatesSlot] }
        _modify { yield &self[Self.certificatesSlot] }
    }
}

extension Simulation {
    /// What a Pod's program presents as its certificate; nil where no program model says.
    func servedChain(of pod: ObjectKey) -> [CertificateFacts]? {
        guard let entry = memory.certificates[pod], entry.podUID == state[pod].uid else { return nil }
        return entry.chain
    }

    /// A program presents a certificate of its own making from now on.
    mutating func serve(_ chain: [CertificateFacts], from pod: ObjectKey) {
        setServed(ServedCertificates.Entry(podUID: state[pod].uid, chain: chain), by: pod)
    }

    mutating func setServed(_ entry: ServedCertificates.Entry, by pod: ObjectKey) {
        memory.certificates[pod] = entry
        // No write announces this: what judges webhooks and aggregated APIs by their certificates has to be told.
        for kind in [KindID.validatingWebhookConfiguration, .mutatingWebhookConfiguration, .apiService] {
            for key in objects(of: kind) { touch(key, kind, .body) }
        }
    }
}
