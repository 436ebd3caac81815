extension Invariant {
    /// I7: every Service DNS name written in a workload or its configuration resolves.
    static let dnsNamesResolve = Invariant(
        "dns-names-resolve", .always,
        title: "Every Service DNS name in env, args and configuration resolves",
        predicate: "names a host that does not resolve",
        grace: .minutes(10),
        reads: [
            .subjects(.kind(.deployment)), .subjects(.kind(.statefulSet)), .subjects(.kind(.daemonSet)),
            .subjects(.kind(.cronJob)), .subjects(.kind(.job)), .subjects(.kind(.configMap)),
            .subjects(.custom(group: "secrets.hashicorp.com", kind: "VaultConnection")),
            .targets(.dnsName),
            .changes(of: .kind(.service), [.created, .body, .removed], ServiceNames.usersOfBridges),
            .changes(of: .kind(.endpointSlice), [.created, .body, .labels, .removed], ServiceNames.usersOfEndpoints),
            .changes(of: .kind(.namespace), [.created, .removed], ServiceNames.usersOfNamespace),
            .imageFacts { simulation, body in
                for kind in ImageRequirements.workloads { simulation.forEach(kind, body) }
            },
        ],
        page: Page(
            rule: """
                A name resolves where the cluster's DNS answers with an address. The namespace and the Service must \
                exist (a Terminating namespace still answers, a gone one does not); a headless Service needs a ready \
                endpoint; an ExternalName of the cluster needs a target that resolves (specs/coredns.md 3.1, 4.1, 5.3, \
                6.2). The host of a URL with a port may be short, `service` or `service.namespace`: the search list of \
                the Pod completes it, as the C library of the image does it (`facts.images[].libc`): where a Pod lowers \
                `ndots`, musl asks for a name of that many dots as it is and for nothing else (14.2).
                """,
            incident: "A rename of `telemetry` to `observability` touched more than sixty files with such names.",
            symptom: "`no such host` in the client's log, once the old namespace is gone.",
            remedy: "Change the name in the same change set that moves the Service, or leave an ExternalName behind.")
    ) { simulation, key in
        let finding = Dangling.finding(simulation, key, .dnsName, isThere: ServiceNames.resolves) {
            explain($0, of: key, $1)
        }
        guard case .holds = finding, let name = WrittenNames.unreached(simulation, key) else { return finding }
        return unreached(name, by: key)
    }

    /// The names that do not resolve, and what helps.
    private static func explain(
        _ simulation: Simulation, of key: ObjectKey, _ missing: [ClusterState.ReferenceLink]
    ) -> Explanation {
        let names = missing.map { link in
            let content = simulation.tables.content(link.target)
            return "\(content.name).\(content.namespace).svc"
        }
        return Explanation(
            "\(simulation.tables.describe(key)) names \(names.joined(separator: ", ")), which does not resolve "
                + "(\(ServiceNames.denial(simulation, missing[0].target)))",
            remedy: ServiceNames.remedy(simulation, missing[0].target) ?? moved(simulation, missing),
            theme: "does not resolve: \(names.joined(separator: ", "))")
    }

    /// A name that resolves, and that the container's library does not ask for.
    private static func unreached(_ name: WrittenNames.Unreached, by key: ObjectKey) -> Finding {
        .violated(
            Evidence(fingerprint: Symbol(name.host).stableHash) { simulation in
                let content = simulation.tables.content(name.service)
                return Explanation(
                    "\(simulation.tables.describe(key)) names \(name.host), which \(name.library.rawValue) does not find "
                        + "with ndots:\(name.ndots): it asks for the name as it is, not below the search list",
                    remedy: "write \(content.name).\(content.namespace).svc.cluster.local, or leave ndots at 5",
                    origin: name.origin, theme: "does not resolve: \(name.host)")
            })
    }

    /// Where a Service of that name lives now.
    private static func moved(_ simulation: Simulation, _ missing: [ClusterState.ReferenceLink]) -> String {
        for link in missing {
            let name = simulation.tables.name(link.target)
            var found: Symbol?
            simulation.forEach(.service) { service in
                if found == nil, simulation.tables.name(service) == name {
                    found = simulation.tables.namespace(service)
                }
            }
            if let found {
                let old = simulation.tables.namespace(link.target)
                return
                    "write \(name).\(found).svc instead of \(name).\(old).svc, or leave an ExternalName Service behind"
            }
        }
        return "create the Service, or remove the name"
    }
}
