import ClusterSimulation

/// CoreDNS' own tests, restated: clusters, questions to them and the answers; search lists of C libraries; functions.
enum CoreDNSCases {
    static let source = ConformanceSource(name: "coredns-cases") { folder in
        guard let document = folder.document("coredns-cases.json") else { return [] }
        var suites: [ConformanceReport.Suite] = []
        func add(_ name: String, _ cases: () -> [ConformanceReport.Case]) {
            let name = "coredns-cases/\(name)"
            if folder.selection.contains(suite: name) { suites.append(.init(name: name, cases: cases())) }
        }
        for group in document["groups"]?.elements ?? [] {
            add(group["id"]?.text ?? "") { cases(of: group, document) }
        }
        add("client-walks") { ClientWalks.cases(document) }
        add("functions") { CoreDNSFunctions.cases(document) }
        return suites
    }

    /// The questions of a group, each put to the group's cluster.
    private static func cases(of group: Value, _ document: Value) -> [ConformanceReport.Case] {
        let entries = group["cases"]?.elements ?? []
        if group.at("config", "multiclusterZones") != nil {
            return entries.map { .init(id: $0["id"]?.text ?? "", skipped: severalClusters) }
        }
        let dns = ClusterDNS(
            simulation(group["fixture"], document), CoreDNSSettings(recorded: group["config"] ?? nil))
        return entries.map { entry in
            let question = DNSQuestion(recorded: entry["query"] ?? nil)
            return .init(
                id: entry["id"]?.text ?? "",
                request: "dns \(question.name) \(entry.at("query", "type")?.text ?? "")",
                expected: DNSAnswer(recorded: entry).text, got: dns.answer(question).text)
        }
    }

    static let severalClusters = "names of several clusters are not modelled"

    /// The cluster that a fixture describes.
    static func simulation(_ fixture: Value?, _ document: Value) -> Simulation {
        var cluster = DNSFixture()
        let described = document["fixtures"]?[fixture?.symbol ?? .empty] ?? nil
        for (list, manifest) in manifests {
            for entry in described[list]?.elements ?? [] { cluster.add(manifest(entry)) }
        }
        return cluster.simulation
    }

    /// How each list of a fixture is written as a manifest.
    private static let manifests: [(list: Symbol, manifest: @Sendable (Value) -> Value)] = [
        ("namespaces", { .object(of: head("v1", "Namespace", $0)) }),
        ("services", { .object(of: head("v1", "Service", $0) + [("spec", $0)]) }),
        (
            "endpointSlices",
            { entry in
                let labels: Value = ["kubernetes.io/service-name": entry["serviceName"] ?? nil]
                return .object(
                    of: head("discovery.k8s.io/v1", "EndpointSlice", entry, labels: labels) + [
                        ("addressType", entry["addressType"]), ("endpoints", entry["endpoints"]),
                        ("ports", entry["ports"]),
                    ])
            }
        ),
        (
            "pods",
            { entry in
                .object(
                    of: head("v1", "Pod", entry) + [
                        ("spec", Value(.object([]))),
                        ("status", .object(["phase": entry["phase"], "podIP": entry["ip"]])),
                    ])
            }
        ),
    ]

    private static func head(
        _ apiVersion: Symbol, _ kind: Symbol, _ entry: Value, labels: Value? = nil
    ) -> [(Symbol, Value?)] {
        let isTerminating = entry["terminating"]?.boolean == true
        let metadata: Value = .object([
            "name": entry["name"], "namespace": entry["namespace"], "labels": labels ?? entry["labels"],
            "deletionTimestamp": isTerminating ? "1970-01-01T00:00:00Z" : nil,
        ])
        return [("apiVersion", Value(apiVersion)), ("kind", Value(kind)), ("metadata", metadata)]
    }
}

extension CoreDNSSettings {
    /// Reads a group's `config`; what it leaves out is as the plugin has it without an option.
    init(recorded config: Value) {
        self.init()
        zones = config["zones"]?.symbols.map(\.text) ?? zones
        exposedNamespaces = config["exposedNamespaces"]?.symbols ?? []
        podMode = config["podMode"]?.text.flatMap { PodMode(rawValue: $0) } ?? .disabled
        ttl = config["ttl"]?.integer ?? 5
        isSynced = config["synced"]?.boolean ?? true
        ignoresEmptyServices = config["ignoreEmptyService"]?.boolean ?? false
        namesEndpointsByPod = config["endpointPodNames"]?.boolean ?? false
        isZonal = config["zonal"]?.boolean ?? false
        fallthroughZones = config["fallthrough"]?.symbols.map(\.text) ?? []
        localAddresses = config["localIPs"]?.symbols.compactMap { IPAddress($0.text) } ?? []
        upstream = (config["upstreamAnswers"]?.elements ?? []).map {
            UpstreamAnswer(DNSQuestion(recorded: $0), DNSAnswer(recorded: $0))
        }
    }
}
