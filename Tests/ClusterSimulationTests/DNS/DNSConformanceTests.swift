import Testing

@testable import ClusterSimulation

/// The cluster's DNS against the recorded cases of CoreDNS, where they lie beside the repository.
@Suite struct DNSConformanceTests {
    static let missing = Comment(rawValue: RecordedDNS.missing)

    /// Records as a set: the order of an answer means nothing.
    static func records(_ entry: Value?) -> Set<DNSResourceRecord> {
        Set((entry?.elements ?? []).compactMap(RecordedDNS.record))
    }

    @Test(.enabled(if: RecordedDNS.isPresent, missing))
    func `questions of CoreDNS' own tests`() throws {
        let document = try RecordedDNS.document("coredns-cases.json")
        var passed = 0
        var skipped = 0
        for group in document["groups"]?.elements ?? [] {
            // Names of several clusters are left out of the model.
            if group.at("config", "multiclusterZones") != nil {
                skipped += group["cases"]?.elements.count ?? 0
                continue
            }
            let fixture = document["fixtures"]?[group["fixture"]?.symbol ?? .empty] ?? nil
            let dns = ClusterDNS(RecordedDNS.simulation(fixture), RecordedDNS.settings(group["config"] ?? nil))
            for entry in group["cases"]?.elements ?? [] {
                let id = entry["id"]?.text ?? ""
                let answer = dns.answer(RecordedDNS.question(entry["query"] ?? nil))
                #expect(answer.code.rawValue == entry["rcode"]?.text, "\(id)")
                #expect(Set(answer.answers) == Self.records(entry["answer"]), "\(id)")
                #expect(Set(answer.authority) == Self.records(entry["authority"]), "\(id)")
                #expect(Set(answer.additional) == Self.records(entry["additional"]), "\(id)")
                #expect(answer.isTruncated == entry["truncated"]?.boolean ?? false, "\(id)")
                passed += 1
            }
        }
        #expect(passed > 90)
        print("CoreDNS cases: \(passed) compared, \(skipped) of several clusters skipped")
    }

    @Test(.enabled(if: RecordedDNS.isPresent, missing))
    func `search lists of glibc and musl`() throws {
        let document = try RecordedDNS.document("coredns-cases.json")
        let group = document["groups"]?.elements.first { $0["id"]?.text == "migration" } ?? nil
        let simulation = RecordedDNS.simulation(document.at("fixtures", "migration") ?? nil)
        for entry in document["clientWalks"]?.elements ?? [] {
            let id = entry["id"]?.text ?? ""
            var settings = RecordedDNS.settings(group["config"] ?? nil)
            if let isSynced = entry.at("configOverride", "synced")?.boolean { settings.isSynced = isSynced }
            let resolver = StubResolver(
                search: entry["search"]?.symbols.map(\.text) ?? [], ndots: entry["ndots"]?.integer ?? 5,
                library: StubResolver.Library(rawValue: entry["libc"]?.text ?? "") ?? .glibc)
            let type = DNSRecordType(rawValue: entry["type"]?.text ?? "") ?? .a
            let walk = resolver.walk(entry["name"]?.text ?? "", type, ask: ClusterDNS(simulation, settings).answer)
            let queries = (entry["queries"]?.elements ?? []).map {
                "\($0["query"]?.text ?? "") \($0["outcome"]?.text ?? "")"
            }
            #expect(walk.queries.map { "\($0.name) \(Self.outcome($0.answer))" } == queries, "\(id)")
            let final = entry["final"] ?? nil
            switch walk.result {
            case .resolved(let name, let addresses):
                #expect(final["result"]?.text == "resolved", "\(id)")
                #expect(name == final["name"]?.text, "\(id)")
                #expect(
                    Set(addresses.map(\.description)) == Set(final["addresses"]?.symbols.map(\.text) ?? []), "\(id)")
            case .noData: #expect(final["result"]?.text == "nodata", "\(id)")
            case .temporaryFailure: #expect(final["result"]?.text == "temporary-failure", "\(id)")
            case .notFound: #expect(final["result"]?.text == "not-found", "\(id)")
            }
        }
    }

    static func outcome(_ answer: DNSAnswer) -> String {
        if answer.isNoData { return "NODATA" }
        switch answer.code {
        case .noError: return "ANSWER"
        case .next: return "NXDOMAIN"
        default: return answer.code.rawValue
        }
    }

    @Test(.enabled(if: RecordedDNS.isPresent, missing))
    func `names taken apart, and names of endpoints`() throws {
        let cases = try RecordedDNS.document("coredns-cases.json")["functionCases"] ?? nil
        for entry in cases["parseRequest"]?.elements ?? [] where entry["multicluster"]?.boolean != true {
            let query = entry["query"]?.text ?? ""
            let zone = entry["zone"]?.text ?? ""
            let labels =
                query == zone
                ? []
                : query.dropLast(zone.count + 1).split(separator: ".", omittingEmptySubsequences: false).map(
                    String.init)
            let name = ClusterName(query.hasSuffix(zone) ? labels : ["pood"], isZonal: entry["zonal"]?.boolean ?? false)
            #expect((name == nil) == (entry["error"]?.boolean ?? false), "\(query)")
            guard let name else { continue }
            #expect(name.port == entry["port"]?.text, "\(query)")
            #expect(name.transport == entry["protocol"]?.text, "\(query)")
            #expect(name.endpoint == entry["endpoint"]?.text, "\(query)")
            #expect(name.service == entry["service"]?.text, "\(query)")
            #expect(name.namespace == entry["namespace"]?.text, "\(query)")
            #expect(name.topologyZone == entry["topologyZone"]?.text, "\(query)")
        }
        for entry in cases["endpointHostname"]?.elements ?? [] {
            let address = try #require(IPAddress(entry["ip"]?.text ?? ""))
            let label = EndpointName.of(
                address, hostname: entry["hostname"]?.symbol ?? .empty, pod: entry["podName"]?.symbol ?? .empty,
                byPod: entry["endpointPodNames"]?.boolean ?? false)
            #expect(label == entry["expected"]?.text)
        }
    }

    /// Objects through the API server, answers as a real CoreDNS over the same API server gave them.
    @Test(.enabled(if: RecordedDNS.isPresent, missing), arguments: RecordedDNS.traces)
    func `recorded traces`(path: String) throws {
        let trace = try RecordedDNS.document(path)
        let tables = ClusterTables()
        let configuration = Configuration(tables: tables, invariants: [])
        var simulation = Simulation(tables: tables, configuration: configuration, start: .epoch)
        for name: Symbol in ["default", "kube-system"] {
            let manifest: Value = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": Value(name)]]
            if let draft = ObjectDraft(manifest: manifest, tables: tables, defaultNamespace: .empty) {
                simulation.create(draft, as: .admin)
            }
        }
        for (index, step) in (trace["steps"]?.elements ?? []).enumerated() {
            if let request = step["request"] {
                let response = simulation.handle(
                    HTTPRequest(
                        method: request["method"]?.text ?? "", path: request["path"]?.text ?? "",
                        body: request["body"],
                        contentType: request["contentType"]?.text ?? "application/json", user: request["user"]?.symbol))
                #expect(response.code == step.at("response", "code")?.integer, "\(path) step \(index)")
                _ = simulation.run(until: simulation.now + .minutes(2))
            } else if let question = step["dns"], step["nondeterministic"]?.boolean != true {
                let answer = ClusterDNS(simulation).answer(RecordedDNS.question(question))
                let place = "\(path) step \(index): \(question["name"]?.text ?? "") \(question["type"]?.text ?? "")"
                #expect(answer.code.rawValue == step.at("answer", "rcode")?.text, "\(place)")
                let expected = (step.at("answer", "answers")?.elements ?? []).map { entry in
                    "\(entry["name"]?.text ?? "") \(entry["ttl"]?.integer ?? -1) \(entry["type"]?.text ?? "") "
                        + (entry["data"]?.text ?? "")
                }
                #expect(answer.answers.map(Self.line).sorted() == expected.sorted(), "\(place)")
            }
        }
    }

    /// A record as the recordings write it.
    static func line(_ record: DNSResourceRecord) -> String {
        let data: String =
            switch record.data {
            case .address(let address): address.description
            case .cname(let name), .ptr(let name), .ns(let name): name
            case .txt(let text): text
            case .srv(let priority, let weight, let port, let target): "\(priority) \(weight) \(port) \(target)"
            case .soa: "*"
            }
        return "\(record.name) \(record.ttl) \(record.type.rawValue) \(data)"
    }
}
