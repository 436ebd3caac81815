/// Names of Services as containers write them, looked up as their C libraries do.
///
/// With the search list and `ndots:5` that kubelet writes both libraries reach every Service of the cluster. A Pod that
/// lowers `ndots` has names of that many dots asked for as they are: glibc goes on to the search list, musl does not.
/// Source: specs/coredns.md 14.2; musl's "functional differences from glibc", name resolver.
enum WrittenNames {
    /// A name that its container does not reach, although its Service resolves.
    struct Unreached {
        var host: String
        var service: ObjectKey
        var library: CLibrary
        var ndots: Int
        var origin: Origin
    }

    /// What kubelet writes where the Pod says nothing.
    private static let usualDots = 5

    /// The first name in environment, command and arguments of a workload that its container's library does not reach.
    static func unreached(_ simulation: Simulation, _ workload: ObjectKey) -> Unreached? {
        let namespace = simulation.tables.namespace(workload)
        guard ImageRequirements.workloads.contains(simulation.tables.kindID(workload)),
            let template = simulation.facts(workload, WorkloadFacts.self)?.template, template.searchesCluster,
            var resolver = StubResolver(template, namespace: namespace), resolver.ndots < usualDots
        else { return nil }
        let dns = ClusterDNS(simulation)
        for container in template.allContainers {
            resolver.library = simulation.externals.image(container.image)?.library ?? .glibc
            for (text, origin) in texts(of: container) {
                for (host, name) in DNSNameScanner.written(in: text) + DNSNameScanner.writtenShort(in: text)
                where !template.hostAliases.contains(Symbol(host)) {
                    let service = simulation.tables.key(
                        .service, name.namespace.isEmpty ? namespace : name.namespace, name.service)
                    guard ServiceNames.resolves(simulation, service), !reaches(host, resolver, dns) else { continue }
                    return Unreached(
                        host: host, service: service, library: resolver.library, ndots: resolver.ndots, origin: origin)
                }
            }
        }
        return nil
    }

    /// Whether some answer has records: an alias of a name outside is one, whatever becomes of that.
    private static func reaches(_ host: String, _ resolver: StubResolver, _ dns: ClusterDNS) -> Bool {
        [DNSRecordType.a, .aaaa].contains { type in
            resolver.walk(host, type, ask: dns.answer).queries.contains { !$0.answer.answers.isEmpty }
        }
    }

    private static func texts(of container: ContainerFacts) -> [(Symbol, Origin)] {
        var texts = (container.command + container.arguments).map { ($0, container.origin) }
        for variable in container.environment {
            if case .value(let text) = variable.source { texts.append((text, variable.origin)) }
        }
        return texts
    }
}

extension DNSNameScanner {
    /// Short names of URLs, as they are written.
    static func writtenShort(in text: Symbol) -> [(host: String, name: Name)] {
        shortNames(in: text).map { ($0.namespace.isEmpty ? $0.service.text : "\($0.service).\($0.namespace)", $0) }
    }
}
