/// What a container finds under a path.
package enum MountedFile: Equatable, Sendable {
    /// A key of a ConfigMap.
    case text(String)
    /// A key of a Secret: it is there, and its content is not known.
    case secret
}

extension ContainerRun {
    /// The file of a ConfigMap or Secret that is mounted under a path, as it is now; nil where there is none.
    ///
    /// Left out: `subPath`, and that the kubelet brings changes into running Pods up to a minute late.
    package func file(_ path: String, _ simulation: Simulation) -> MountedFile? {
        let mounts = container.mounts.filter { path.hasPrefix(Self.folder($0.path.text)) }
        guard let mount = mounts.max(by: { $0.path.text.utf8.count < $1.path.text.utf8.count }),
            let volume = template.volumes.first(where: { $0.name == mount.volume })
        else { return nil }
        let name = Symbol(String(path.dropFirst(Self.folder(mount.path.text).count)))
        for part in volume.parts {
            if let file = file(name, in: part, simulation) { return file }
        }
        return nil
    }

    private static func folder(_ path: String) -> String { path.hasSuffix("/") ? path : path + "/" }

    private func file(_ name: Symbol, in part: VolumeFacts.Part, _ simulation: Simulation) -> MountedFile? {
        guard part.source == .configMap || part.source == .secret else { return nil }
        let place = part.paths.firstIndex(of: name)
        guard part.keys.isEmpty || place != nil else { return nil }
        let key = place.map { part.keys[$0] } ?? name
        let object = simulation.tables.key(part.source == .secret ? .secret : .configMap, namespace, part.name)
        guard simulation.state.exists(object), simulation.facts(object, DataFacts.self)?.has(key) ?? false else {
            return nil
        }
        if part.source == .secret { return .secret }
        let body = simulation.tables.body(simulation.state[object].body).value
        return .text(body["data"]?[key]?.text ?? "")
    }
}
