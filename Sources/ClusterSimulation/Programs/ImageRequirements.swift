/// What the images of a workload look for, worked out once a body.
enum ImageRequirements {
    static let workloads: [KindID] = [.deployment, .statefulSet, .daemonSet]

    /// The images of a workload's pod template with the places where they are named.
    static func images(_ simulation: Simulation, _ workload: ObjectKey) -> [Image] {
        let memo = simulation.tables.memo.store(ImageMemo.self, make: ImageMemo.init)
        return memo.images(simulation.state[workload].body, simulation.tables)
    }

    struct Image {
        var reference: Symbol
        var origin: Origin
    }

    /// The objects that a requirement names, seen from a Pod's namespace.
    static func targets(
        _ simulation: Simulation, _ requirement: ImageFact.Requirement, from namespace: Symbol
    ) -> [ObjectKey] {
        guard let kind = simulation.tables.builtInKindID(group: .empty, kind: requirement.kind) else { return [] }
        let place = requirement.namespace.isEmpty ? namespace : requirement.namespace
        return requirement.names.map { simulation.tables.key(kind, place, $0) }
    }

    /// The workloads that look at an object whose namespace is baked into their image.
    static func readers(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        let content = simulation.tables.content(key)
        let kind = simulation.tables.kind(content.kind).kind
        for fact in simulation.externals.images {
            let reads = fact.requirements.contains {
                $0.kind == kind && $0.namespace == content.namespace && $0.names.contains(content.name)
            }
            guard reads else { continue }
            for workloadKind in workloads {
                simulation.forEach(workloadKind) { workload in
                    if images(simulation, workload).contains(where: { fact.matches($0.reference.text) }) {
                        body(workload)
                    }
                }
            }
        }
    }
}

private final class ImageMemo {
    private var images: [BodyID: [ImageRequirements.Image]] = [:]

    func images(_ id: BodyID, _ tables: ClusterTables) -> [ImageRequirements.Image] {
        if let known = images[id] { return known }
        let spec = tables.body(id).value.at("spec", "template", "spec")
        let containers = (spec?["initContainers"]?.elements ?? []) + (spec?["containers"]?.elements ?? [])
        let found = containers.compactMap { container in
            container["image"].flatMap { image in
                image.symbol.map { ImageRequirements.Image(reference: $0, origin: image.origin) }
            }
        }
        images[id] = found
        return found
    }
}
