extension Invariant {
    /// I17: the namespace that an image has baked in is the one in which its objects are.
    static let imageNamespaceMatches = Invariant(
        "image-namespace-matches", .always,
        title: "What an image looks for in a namespace of its own exists there",
        predicate: "has an image that looks into another namespace",
        grace: .minutes(5),
        reads: ImageRequirements.workloads.map { .subjects(.kind($0)) } + [
            .changes(of: .kind(.configMap), .existence, ImageRequirements.readers),
            .changes(of: .kind(.secret), .existence, ImageRequirements.readers),
            .changes(of: .kind(.service), .existence, ImageRequirements.readers),
            .imageFacts { simulation, body in
                for kind in ImageRequirements.workloads { simulation.forEach(kind, body) }
            },
        ],
        page: Page(
            rule: """
                A namespace compiled into a program is a reference that no manifest shows. What images look for is a \
                fact that a scenario states; without a fact the answer is unknown.
                """,
            incident: "A controller built with the namespace of an earlier rename: its Pod could not start again.",
            symptom: "A process that ends at its start, although every manifest names the right namespace.",
            remedy: "Rebuild the image so that it reads its own namespace, and roll it out before the old one goes.")
    ) { simulation, key in
        guard simulation.state.exists(key) else { return .notApplicable }
        let namespace = simulation.tables.namespace(key)
        for image in ImageRequirements.images(simulation, key) {
            guard let fact = simulation.externals.image(image.reference) else {
                return .unknown(
                    Evidence(fingerprint: image.reference.stableHash) { _ in
                        Explanation(
                            "no fact says what image \(image.reference) looks for",
                            remedy: "add the image to facts.images", origin: image.origin)
                    })
            }
            // What is missing in the workload's own namespace keeps its Pods from starting, and is told there.
            for requirement in fact.requirements
            where !requirement.namespace.isEmpty && requirement.namespace != namespace {
                let missing = ImageRequirements.targets(simulation, requirement, from: namespace)
                    .filter { !simulation.state.exists($0) }
                if !missing.isEmpty { return missed(image, requirement, missing, namespace) }
            }
        }
        return .holds
    }

    private static func missed(
        _ image: ImageRequirements.Image, _ requirement: ImageFact.Requirement, _ missing: [ObjectKey],
        _ namespace: Symbol
    ) -> Finding {
        .violated(
            Evidence(fingerprint: image.reference.stableHash ^ requirement.namespace.stableHash) { simulation in
                let names = missing.prefix(3).map { simulation.tables.name($0).text }.joined(separator: ", ")
                let more = missing.count > 3 ? " and \(missing.count - 3) more" : ""
                return Explanation(
                    "\(image.reference) is looking for \(requirement.kind)s in `\(requirement.namespace)` namespace: "
                        + "\(names)\(more) not found there; the workload runs in \(namespace)",
                    remedy: "rebuild \(image.reference) so that it reads namespace \(namespace)",
                    origin: image.origin, theme: "\(image.reference) looks into \(requirement.namespace)")
            })
    }
}
