/// Where the images of containers come from.
///
/// Source: the image name rules of the Kubernetes documentation ("Images"); containerd's words as users report them
/// (kubesphere/kubekey#1613).
package enum ImageRegistry {
    /// The registry of an image that names none.
    package static let standard: Symbol = "docker.io"

    /// The registry's host, with its port, of an image reference: its first part, if that looks like a host.
    package static func host(of image: Symbol) -> Symbol {
        guard let slash = image.text.firstIndex(of: "/") else { return standard }
        let first = image.text[..<slash]
        return first.contains(".") || first.contains(":") || first == "localhost" ? Symbol(first) : standard
    }

    /// What the container runtime says of an image whose registry refuses connections. The address behind the host's
    /// name is not known: the name stands in its place.
    static func failure(of image: Symbol) -> Symbol {
        let host = host(of: image)
        var name = image.text
        if host == standard, !name.hasPrefix("\(standard)/") {
            name = "\(standard)/" + (name.contains("/") ? name : "library/\(name)")
        }
        let repository = ImageFact.repository(of: name)
        if repository == name { name += ":latest" }
        let version = name.dropFirst(repository.utf8.count).drop { $0 == ":" || $0 == "@" }
        let server = host == standard ? "registry-1.docker.io" : host.text
        let path = repository.dropFirst(host.text.utf8.count + 1)
        let address = server.contains(":") ? server : "\(server):443"
        return Symbol(
            "rpc error: code = Unknown desc = failed to pull and unpack image \"\(name)\": "
                + "failed to resolve reference \"\(name)\": failed to do request: "
                + "Head \"https://\(server)/v2/\(path)/manifests/\(version)\": dial tcp \(address): "
                + "connect: connection refused")
    }
}

extension ExternalSystems {
    /// Whether an image's registry answers.
    func isRegistryAvailable(for image: Symbol) -> Bool {
        unavailableRegistries.isEmpty || !unavailableRegistries.contains(ImageRegistry.host(of: image))
    }
}

extension Simulation {
    /// The registry because of which an image of a Pod cannot be pulled now.
    func unavailableRegistry(of pod: ObjectKey) -> Symbol? {
        guard !externals.unavailableRegistries.isEmpty, let template = facts(pod, PodTemplateFacts.self) else {
            return nil
        }
        let containers = podState(pod)?.containers ?? []
        for (index, container) in containers.enumerated() where container.phase == .pullFailed {
            let image = template.container(at: index).image
            if !externals.isRegistryAvailable(for: image) { return ImageRegistry.host(of: image) }
        }
        return nil
    }

    /// A registry stops answering, or answers again; Pods that wait for an image of it go on by their back-off.
    ///
    /// - Parameter host: as image references name it; `docker.io` for those that name none.
    package mutating func setRegistry(_ host: Symbol, isAvailable: Bool) {
        externals.unavailableRegistries.removeAll { $0 == host }
        guard isAvailable else {
            externals.unavailableRegistries.append(host)
            return
        }
        for pod in objects(of: .pod) {
            if podState(pod)?.containers.contains(where: { $0.phase == .pullFailed }) ?? false { lookAtPod(pod) }
        }
    }
}
