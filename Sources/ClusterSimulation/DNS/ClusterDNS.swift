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
        guard let zone = DNSZone(question.name, among: settings.zones) else {
            return settings.upstreamAnswer(question) ?? DNSAnswer(.next)
        }
        if question.type == .axfr || question.type == .ixfr { return DNSAnswer(.refused) }
        if zone.isApex, question.type == .ns { return nameServers(zone) }
        if question.type == .soa {
            return zone.isApex
                ? DNSAnswer(.noError, answers: [startOfAuthority(zone)]) : denial(.noError, zone)
        }
        if zone.labels == ["dns-version"], question.type == .txt {
            // The schema's version and its TTL (9.1).
            return DNSAnswer(.noError, answers: [DNSResourceRecord(question.name, ttl: 28_800, .txt("1.1.0"))])
        }
        if question.type == .ptr, let address = EndpointName.reverse(question.name) {
            return reverse(question, address, zone)
        }
        guard let rows = rows(question, zone) else { return nameError(zone) }
        switch question.type {
        case .a, .aaaa: return addresses(question, rows, zone)
        case .cname: return positive(aliases(question, rows), zone)
        case .srv: return services(question, rows, zone)
        // A name without a single row has no TXT, not even an empty one (9.2); an emptied topology zone has (12).
        case .txt where rows.isEmpty && ClusterName(zone.labels, isZonal: settings.isZonal)?.preference == nil:
            return nameError(zone)
        default: return denial(.noError, zone)
        }
    }

    /// The rows of a name; nil where there is no such name.
    private func rows(_ question: DNSQuestion, _ zone: DNSZone) -> [ClusterRecords.Row]? {
        // The name of the name server itself: of these two types it does not exist (9.3).
        if zone.labels == ["ns", "dns"], question.type != .txt, question.type != .ptr {
            if question.type != .a, question.type != .aaaa { return [] }
            return records.nameServers().map { .init(target: .address($0.address), port: -1, owner: "ns.dns") }
        }
        guard let name = ClusterName(zone.labels, isZonal: settings.isZonal) else { return nil }
        // Below a reverse zone there are addresses alone; the zone itself is there.
        if zone.isReverse, name.branch != nil { return nil }
        return records.rows(name)
    }
}

// MARK: - Answers by type

extension ClusterDNS {
    /// Addresses, or the alias and what it stands for (4.1, 6).
    private func addresses(_ question: DNSQuestion, _ rows: [ClusterRecords.Row], _ zone: DNSZone) -> DNSAnswer {
        var isTruncated = false
        let found = addresses(question, rows, zone, previous: [], &isTruncated)
        var answer = positive(found, zone)
        answer.isTruncated = isTruncated
        return answer
    }

    private func addresses(
        _ question: DNSQuestion, _ rows: [ClusterRecords.Row], _ zone: DNSZone, previous: [DNSResourceRecord],
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
                guard !DNSZone.contains(question.name, target), previous.count <= 7, !previous.contains(alias) else {
                    continue
                }
                let next = DNSQuestion(target, question.type)
                if DNSZone.contains(zone.text, target) {
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
        _ question: DNSQuestion, _ zone: DNSZone, previous: [DNSResourceRecord], _ isTruncated: inout Bool
    ) -> [DNSResourceRecord] {
        guard let inner = DNSZone(question.name, among: [zone.text]), let rows = rows(question, inner) else {
            return []
        }
        return addresses(question, rows, inner, previous: previous, &isTruncated)
    }

    private func aliases(_ question: DNSQuestion, _ rows: [ClusterRecords.Row]) -> [DNSResourceRecord] {
        rows.compactMap { row in
            guard case .name(let target) = row.target else { return nil }
            return record(question.name, .cname(target))
        }
    }

    /// SRV records with the addresses of their targets (7.3 to 7.5). Weights count every row, before duplicates go.
    private func services(_ question: DNSQuestion, _ rows: [ClusterRecords.Row], _ zone: DNSZone) -> DNSAnswer {
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

    private func reverse(_ question: DNSQuestion, _ address: IPAddress, _ zone: DNSZone) -> DNSAnswer {
        let forward = settings.zones.first { !DNSZone.isReverse($0) } ?? "cluster.local."
        let names = records.names(of: address)
        if names.isEmpty { return nameError(zone) }
        return DNSAnswer(.noError, answers: names.map { record(question.name, .ptr("\($0).\(forward)")) })
    }

    private func nameServers(_ zone: DNSZone) -> DNSAnswer {
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
    private func positive(_ found: [DNSResourceRecord], _ zone: DNSZone) -> DNSAnswer {
        found.isEmpty ? denial(.noError, zone) : DNSAnswer(.noError, answers: found)
    }

    private func denial(_ code: DNSAnswer.Code, _ zone: DNSZone) -> DNSAnswer {
        var answer = DNSAnswer(code)
        answer.authority = [startOfAuthority(zone)]
        return answer
    }

    /// Fall-through is decided before it matters whether the caches are filled (10).
    private func nameError(_ zone: DNSZone) -> DNSAnswer {
        if settings.fallthroughZones.contains(where: { DNSZone.contains($0, zone.name) }) { return DNSAnswer(.next) }
        return denial(settings.isSynced ? .nameError : .serverFailure, zone)
    }

    private func startOfAuthority(_ zone: DNSZone) -> DNSResourceRecord {
        DNSResourceRecord(
            zone.text, ttl: min(settings.ttl, 300),
            .soa(
                server: "ns.dns.\(zone.text)", mailbox: "hostmaster.\(zone.text)", refresh: 7200, retry: 1800,
                expire: 86_400, minimum: settings.ttl))
    }
}
