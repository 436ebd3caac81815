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
