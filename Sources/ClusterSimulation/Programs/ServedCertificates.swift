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

/// Keeps what programs serve in step with the Secrets behind it.
enum CertificateReload {
    static let name: Symbol = "certificate-reload"

    static let controller = Controller(
        name,
        watches: [
            Watch(.secret, .function(readers), changes: [.created, .body]),
            Watch(.pod, .function(pods), changes: .removed),
        ],
        reconcile: reconcile)

    /// The Pods whose program has read its certificate from a Secret.
    private static func readers(_ simulation: Simulation, _ secret: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.state.forEachReferrer(of: secret) { link in
            if simulation.memory.certificates[link.source]?.source?.secret == secret { body(link.source) }
        }
    }

    private static func pods(_ simulation: Simulation, _ pod: ObjectKey, _ body: (ObjectKey) -> Void) {
        if simulation.memory.certificates[pod] != nil { body(pod) }
    }

    private static func reconcile(_ simulation: inout Simulation, _ pod: ObjectKey) {
        guard var entry = simulation.memory.certificates[pod] else { return }
        guard simulation.state.exists(pod), simulation.state[pod].uid == entry.podUID else {
            if !simulation.state.exists(pod) { simulation.memory.certificates[pod] = nil }
            return
        }
        guard let source = entry.source else { return }
        let chain = simulation.chain(of: source)
        if chain.isEmpty || chain == entry.chain {
            entry.refreshDue = .never
            simulation.memory.certificates[pod] = entry
            return
        }
        if entry.refreshDue == .never {
            let delay = simulation.configuration.latencies[.mountRefresh]
            entry.refreshDue = simulation.now + delay
            simulation.memory.certificates[pod] = entry
            simulation.requeue(name, pod, after: delay)
        } else if entry.refreshDue <= simulation.now {
            simulation.record(.start, pod, by: "kubelet", detail: "the program has loaded its certificate again")
            entry.chain = chain
            entry.refreshDue = .never
            simulation.setServed(entry, by: pod)
        }
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

    /// A program that starts presents the certificate in a file of a mounted Secret, and follows that file.
    ///
    /// - Parameter path: `/usr/local/certificates/cert`.
    mutating func serveFile(_ path: String, _ run: ContainerRun) {
        guard let source = source(of: path, run) else { return }
        setServed(
            ServedCertificates.Entry(podUID: state[run.pod].uid, chain: chain(of: source), source: source), by: run.pod)
    }

    fileprivate func chain(of source: ServedCertificates.Source) -> [CertificateFacts] {
        guard state.exists(source.secret) else { return [] }
        return CertificateFacts.chain(of: tables.body(state[source.secret].body).value, source.key)
    }

    fileprivate mutating func setServed(_ entry: ServedCertificates.Entry, by pod: ObjectKey) {
        memory.certificates[pod] = entry
        // No write announces this: what judges webhooks and aggregated APIs by their certificates has to be told.
        for kind in [KindID.validatingWebhookConfiguration, .mutatingWebhookConfiguration, .apiService] {
            for key in objects(of: kind) { markDirty(key, kind, .body) }
        }
    }

    /// The Secret, and the key in it, that a file of a container shows; the deepest mount wins.
    private func source(of path: String, _ run: ContainerRun) -> ServedCertificates.Source? {
        var best: (source: ServedCertificates.Source, length: Int)?
        for mount in run.container.mounts {
            let directory = mount.path.text.hasSuffix("/") ? mount.path.text : mount.path.text + "/"
            guard path.hasPrefix(directory), directory.count > best?.length ?? 0,
                let volume = run.template.volumes.first(where: { $0.name == mount.volume }),
                let part = volume.parts.first(where: { $0.source == .secret })
            else { continue }
            let secret = tables.key(.secret, run.namespace, part.name)
            let file = Symbol(path.dropFirst(directory.count))
            best = (ServedCertificates.Source(secret: secret, key: file), directory.count)
        }
        return best?.source
    }
}
