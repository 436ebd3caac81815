extension Invariant {
    /// I8: no dangling typed reference.
    static let referencesResolve = Invariant(
        "references-resolve", .always,
        title: "Every typed reference names an object that exists",
        predicate: "refers to what does not exist",
        grace: .minutes(10),
        reads: [
            .subjects(.kind(.roleBinding)), .subjects(.kind(.clusterRoleBinding)), .subjects(.kind(.ingress)),
            .subjects(.custom(group: "secrets.hashicorp.com", kind: "VaultStaticSecret")),
            .subjects(.custom(group: "secrets.hashicorp.com", kind: "VaultAuth")),
            .subjects(.custom(group: "argoproj.io", kind: "EventSource")),
            .subjects(.custom(group: "argoproj.io", kind: "Sensor")),
            .subjects(.custom(group: "cert-manager.io", kind: "Certificate")),
            .subjects(.custom(group: "gateway.networking.k8s.io", kind: "HTTPRoute")),
            .subjects(.custom(group: "gateway.networking.k8s.io", kind: "Gateway")),
            .subjects(.custom(group: "actions.github.com", kind: "AutoscalingRunnerSet")),
            .targets(.resource), .targets(.subject), .targets(.role), .targets(.backend),
        ],
        page: Page(
            rule: """
                A reference by name and namespace does nothing until its target exists: vaultAuthRef, issuerRef, \
                role bindings and their subjects, parentRefs, backends.
                """,
            incident: "migtools/crane#732: subjects of bindings kept the old namespace, silently.",
            symptom: "The referring object's controller reports a missing object, or permissions are simply absent.",
            remedy: "Change the reference in the same change set that moves its target.")
    ) { simulation, key in
        Dangling.finding(simulation, key, .resource, .subject, .role, .backend) { simulation, missing in
            let names = missing.map { simulation.tables.describe($0.target) }
            return Explanation(
                "\(simulation.tables.describe(key)) refers to \(names.joined(separator: ", ")), which does not exist",
                remedy: remedy(simulation, missing), theme: "nothing is at \(names.joined(separator: ", "))")
        }
    }

    private static func remedy(_ simulation: Simulation, _ missing: [ClusterState.ReferenceLink]) -> String {
        for link in missing {
            let content = simulation.tables.content(link.target)
            var found: ObjectKey?
            simulation.forEach(content.kind) { key in
                if found == nil, simulation.tables.name(key) == content.name { found = key }
            }
            if let found {
                return
                    "refer to \(simulation.tables.describe(found)) instead of \(simulation.tables.describe(link.target))"
            }
        }
        return "create \(simulation.tables.describe(missing[0].target)), or remove the reference"
    }
}
