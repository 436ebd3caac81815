/// The resolver in a container's C library: which names it asks for, in which order, and when it stops.
///
/// Source: resolv.conf(5) and musl's `res_msend`/`name_from_dns_search`, restated in specs/coredns.md 14; the Kubernetes
/// documentation "DNS for Services and Pods".
package struct StubResolver: Sendable {
    /// Domains without the dot at their end.
    package var search: [String]
    /// Fewer dots than this in a name: the search list comes first.
    package var ndots: Int
    package var library: CLibrary

    package init(search: [String], ndots: Int = 5, library: CLibrary = .glibc) {
        self.search = search
        self.ndots = ndots
        self.library = library
    }

    /// What kubelet writes into `/etc/resolv.conf` of a Pod, by its `dnsPolicy` and `dnsConfig`; nil where the Pod asks
    /// its node's name servers, of which nothing is known.
    package init?(_ pod: PodTemplateFacts, namespace: Symbol, domain: String = "cluster.local") {
        var search: [String] = []
        var ndots = 1
        switch pod.dnsPolicy {
        case .none: break
        case .node: return nil
        case .clusterFirst where pod.hostNetwork: return nil
        case .clusterFirst, .clusterFirstWithHostNet:
            search = ["\(namespace).svc.\(domain)", "svc.\(domain)", domain]
            ndots = 5
        }
        for entry in pod.dnsSearches where !search.contains(entry.text) { search.append(entry.text) }
        self.init(search: search, ndots: pod.dnsDots ?? ndots)
    }

    /// The names that are asked for, each until one ends the search.
    package func candidates(_ name: String) -> [String] {
        if name.hasSuffix(".") { return [name] }
        let literal = name + "."
        let searched = search.map { "\(name).\($0)." }
        if name.utf8.count(where: { $0 == 46 }) < ndots { return searched + [literal] }
        return library == .glibc ? [literal] + searched : [literal]
    }

    /// How a name was looked up.
    package struct Walk: Sendable {
        package var queries: [(name: String, answer: DNSAnswer)] = []
        package var result = Result.notFound
    }

    package enum Result: Hashable, Sendable {
        /// The name that answered, and its addresses.
        case resolved(name: String, [IPAddress])
        case noData
        case temporaryFailure
        case notFound
    }

    /// Looks a name up. An answer `.next` (nothing is known of the name) goes on like one that does not exist.
    package func walk(_ name: String, _ type: DNSRecordType, ask: (DNSQuestion) -> DNSAnswer) -> Walk {
        var walk = Walk()
        var sawNoData = false
        var sawFailure = false
        var first: Result?
        for candidate in candidates(name) {
            let answer = ask(DNSQuestion(candidate, type))
            walk.queries.append((candidate, answer))
            if !answer.addresses.isEmpty {
                walk.result = .resolved(name: candidate, answer.addresses)
                return walk
            }
            let result: Result =
                switch answer.code {
                case .noError: .noData
                case .serverFailure, .refused: .temporaryFailure
                case .nameError, .next: .notFound
                }
            first = first ?? result
            sawNoData = sawNoData || result == .noData
            sawFailure = sawFailure || result == .temporaryFailure
            // musl goes on after names that do not exist, and after nothing else.
            if library == .musl, result != .notFound { break }
        }
        let isLiteralFirst = walk.queries.first?.name == (name.hasSuffix(".") ? name : name + ".")
        if isLiteralFirst, let first {
            walk.result = first
        } else {
            walk.result = sawNoData ? .noData : sawFailure ? .temporaryFailure : .notFound
        }
        return walk
    }
}

extension ClusterDNS {
    /// Looks a name up as a program in a Pod does; nil where the Pod does not ask the cluster's DNS.
    package func lookUp(_ name: String, _ type: DNSRecordType = .a, from pod: PodTemplateFacts, namespace: Symbol)
        -> StubResolver.Result?
    {
        StubResolver(pod, namespace: namespace)?.walk(name, type, ask: answer).result
    }
}
