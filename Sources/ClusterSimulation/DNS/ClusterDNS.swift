/// The cluster's name server: CoreDNS with its `kubernetes` plugin, a pure function of a cluster and a question.
///
/// Multi-cluster names are left out. Source: CoreDNS `plugin/kubernetes/handler.go` and `plugin/backend_lookup.go`,
/// restated in specs/coredns.md.
package struct ClusterDNS {
    private let records: ClusterRecords
    private var settings: CoreDNSSettings { records.settings }

    package init(_ simulation: Simulation, _ settings: CoreDNSSettings = CoreDNSSettings()) {
        records = ClusterRecords(simulation: simulation, settings: settings)
    }

    /// Answers a question. Addresses are in no order that means anything.
    package func answer(_ question: DNSQuestion) -> DNSAnswer {
        guard let zone = Zone(question.name, among: settings.zones) else {
            return settings.upstreamAnswer(question) ?? DNSAnswer(.next)
        }
        if question.type == .axfr || question.type == .ixfr { return DNSAnswer(.refused) }
        if zone.isApex {
            if question.type == .soa { return DNSAnswer(.noError, answers: [startOfAuthority(zone)]) }
            if question.type == .ns { return nameServers(zone) }
        }
        if question.type == .soa { return denial(.noError, zone) }
        if zone.isReverse { return reverse(question, zone) }
        if zone.labels == ["ns", "dns"], question.type == .a || question.type == .aaaa {
            let own = settings.localAddresses.filter { $0.isIPv4 == (question.type == .a) }
            return positive(own.map { record(question.name, .address($0)) }, zone)
        }
        if zone.labels == ["dns-version"], question.type == .txt {
            // The schema's version and its TTL (9.1).
            return DNSAnswer(.noError, answers: [DNSResourceRecord(question.name, ttl: 28_800, .txt("1.1.0"))])
        }
        guard let name = ClusterName(zone.labels, isZonal: settings.isZonal), let rows = records.rows(name) else {
            return nameError(zone)
        }
        switch question.type {
        case .a, .aaaa: return addresses(question, rows, zone)
        case .cname: return positive(aliases(question, rows), zone)
        case .srv: return services(question, rows, zone)
        // A name without a single row has no TXT, not even an empty one (9.2); an emptied topology zone has (12).
        case .txt where rows.isEmpty && name.preference == nil: return nameError(zone)
        default: return denial(.noError, zone)
        }
    }
}

// MARK: - Answers by type

extension ClusterDNS {
    /// Addresses, or the alias and what it stands for (4.1, 6).
    private func addresses(_ question: DNSQuestion, _ rows: [ClusterRecords.Row], _ zone: Zone) -> DNSAnswer {
        var isTruncated = false
        let found = addresses(question, rows, zone, previous: [], &isTruncated)
        var answer = positive(found, zone)
        answer.isTruncated = isTruncated
        return answer
    }

    private func addresses(
        _ question: DNSQuestion, _ rows: [ClusterRecords.Row], _ zone: Zone, previous: [DNSResourceRecord],
        _ isTruncated: inout Bool
    ) -> [DNSResourceRecord] {
        var found: [DNSResourceRecord] = []
        for row in rows {
            switch row.target {
            case .address(let address):
                let record = record(question.name, .address(address))
                if address.isIPv4 == (question.type == .a), !found.contains(record) { found.append(record) }
            case .name(let target):
                let alias = record(question.name, .cname(target))
                guard !Zone.contains(question.name, target), previous.count <= 7, !previous.contains(alias) else {
                    continue
                }
                let next = DNSQuestion(target, question.type)
                if Zone.contains(zone.text, target) {
                    // A target in the zone that yields nothing takes the alias with it (6.2).
                    let more = inside(next, zone, previous: previous + [alias], &isTruncated)
                    if !more.isEmpty { found += [alias] + more }
                } else {
                    // Of names outside nothing is known unless the settings say so; a reply of any kind leaves the alias.
                    let reply = settings.upstreamAnswer(next)
                    isTruncated = isTruncated || reply?.isTruncated == true
                    found += [alias] + (reply?.answers ?? [])
                }
            }
        }
        return found
    }

    private func inside(
        _ question: DNSQuestion, _ zone: Zone, previous: [DNSResourceRecord], _ isTruncated: inout Bool
    ) -> [DNSResourceRecord] {
        guard let inner = Zone(question.name, among: [zone.text]),
            let name = ClusterName(inner.labels, isZonal: settings.isZonal), let rows = records.rows(name)
        else { return [] }
        return addresses(question, rows, inner, previous: previous, &isTruncated)
    }

    private func aliases(_ question: DNSQuestion, _ rows: [ClusterRecords.Row]) -> [DNSResourceRecord] {
        rows.compactMap { row in
            guard case .name(let target) = row.target else { return nil }
            return record(question.name, .cname(target))
        }
    }

    /// SRV records with the addresses of their targets (7.3 to 7.5). Weights count every row, before duplicates go.
    private func services(_ question: DNSQuestion, _ rows: [ClusterRecords.Row], _ zone: Zone) -> DNSAnswer {
        let weight = max(1, 100 / max(1, rows.count))
        var answers: [DNSResourceRecord] = []
        var additional: [DNSResourceRecord] = []
        for row in rows where row.port >= 0 {
            guard case .address(let address) = row.target else { continue }
            let target = "\(row.owner).\(zone.text)"
            let service = record(question.name, .srv(priority: 0, weight: weight, port: row.port, target: target))
            let extra = record(target, .address(address))
            if !answers.contains(service) { answers.append(service) }
            if !additional.contains(extra) { additional.append(extra) }
        }
        var answer = positive(answers, zone)
        answer.additional = additional
        return answer
    }

    private func reverse(_ question: DNSQuestion, _ zone: Zone) -> DNSAnswer {
        let forward = settings.zones.first { !Zone.isReverse($0) } ?? "cluster.local."
        guard question.type == .ptr, let address = EndpointName.reverse(question.name) else { return nameError(zone) }
        let names = records.names(of: address)
        if names.isEmpty { return nameError(zone) }
        return DNSAnswer(.noError, answers: names.map { record(question.name, .ptr("\($0).\(forward)")) })
    }

    private func nameServers(_ zone: Zone) -> DNSAnswer {
        var answer = DNSAnswer(.noError)
        for (name, address) in records.nameServers() {
            let name = "\(name).\(zone.text)"
            let server = record(zone.text, .ns(name))
            let extra = record(name, .address(address))
            if !answer.answers.contains(server) { answer.answers.append(server) }
            if !answer.additional.contains(extra) { answer.additional.append(extra) }
        }
        return answer
    }
}

// MARK: - Records and denials

extension ClusterDNS {
    private func record(_ name: String, _ content: DNSResourceRecord.Content) -> DNSResourceRecord {
        DNSResourceRecord(name, ttl: settings.ttl, content)
    }

    /// An answer with records; without any it is a denial of the type.
    private func positive(_ found: [DNSResourceRecord], _ zone: Zone) -> DNSAnswer {
        found.isEmpty ? denial(.noError, zone) : DNSAnswer(.noError, answers: found)
    }

    private func denial(_ code: DNSAnswer.Code, _ zone: Zone) -> DNSAnswer {
        var answer = DNSAnswer(code)
        answer.authority = [startOfAuthority(zone)]
        return answer
    }

    /// Fall-through is decided before it matters whether the caches are filled (10).
    private func nameError(_ zone: Zone) -> DNSAnswer {
        if settings.fallthroughZones.contains(where: { Zone.contains($0, zone.name) }) { return DNSAnswer(.next) }
        return denial(settings.isSynced ? .nameError : .serverFailure, zone)
    }

    private func startOfAuthority(_ zone: Zone) -> DNSResourceRecord {
        DNSResourceRecord(
            zone.text, ttl: min(settings.ttl, 300),
            .soa(
                server: "ns.dns.\(zone.text)", mailbox: "hostmaster.\(zone.text)", refresh: 7200, retry: 1800,
                expire: 86_400, minimum: settings.ttl))
    }
}

/// The zone that a name lies in (1.1), and where in it.
private struct Zone {
    /// The name that is asked for.
    let name: String
    /// The zone as the question writes it (1.2).
    let text: String
    /// The labels left of the zone, in lower case.
    let labels: [String]

    var isApex: Bool { labels.isEmpty }
    var isReverse: Bool { Self.isReverse(text) }

    init?(_ name: String, among zones: [String]) {
        var longest: String?
        for zone in zones where Self.contains(zone, name) && zone.utf8.count > longest?.utf8.count ?? -1 {
            longest = zone
        }
        guard let zone = longest else { return nil }
        self.name = name
        text = String(name.suffix(zone.count))
        let rest = name.dropLast(zone.count)
        labels =
            rest.isEmpty
            ? [] : rest.dropLast().lowercased().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    /// Whether a name is a zone or lies in it; case does not count.
    static func contains(_ zone: String, _ name: String) -> Bool {
        let zone = zone.lowercased()
        let name = name.lowercased()
        return name == zone || name.hasSuffix("." + zone)
    }

    static func isReverse(_ zone: String) -> Bool {
        contains("in-addr.arpa.", zone) || contains("ip6.arpa.", zone)
    }
}
