import ClusterSimulation

/// Tests of CoreDNS' functions: names taken apart, names of endpoints, which namespaces and endpoints count.
enum CoreDNSFunctions {
    static func cases(_ document: Value) -> [ConformanceReport.Case] {
        let functions = document["functionCases"] ?? nil
        var cases: [ConformanceReport.Case] = []
        func add(_ name: Symbol, _ compare: (String, Value) -> ConformanceReport.Case) {
            for (index, entry) in (functions[name]?.elements ?? []).enumerated() {
                cases.append(compare("\(name)/\(index < 10 ? "0" : "")\(index)", entry))
            }
        }
        add("parseRequest", parsed)
        add("endpointHostname", named)
        add("namespaceExposed", exposed)
        add("endpointReady", ready)
        return cases
    }

    private static func parsed(_ id: String, _ entry: Value) -> ConformanceReport.Case {
        if entry["multicluster"]?.boolean == true { return .init(id: id, skipped: CoreDNSCases.severalClusters) }
        let query = entry["query"]?.text ?? ""
        let name = ClusterName(query, zone: entry["zone"]?.text ?? "", isZonal: entry["zonal"]?.boolean ?? false)
        let fields: [Symbol] = ["kind", "namespace", "service", "endpoint", "port", "protocol", "topologyZone"]
        var expected = fields.map { "\($0): \(entry[$0]?.text ?? "")" }
        if entry["error"]?.boolean == true { expected = ["error"] }
        var got = ["error"]
        if let name {
            let kind = name.branch.map { $0 == .service ? "svc" : "pod" } ?? ""
            let values = [
                kind, name.namespace, name.service, name.endpoint, name.port, name.transport, name.topologyZone,
            ]
            got = zip(fields, values).map { "\($0): \($1)" }
        }
        return .init(
            id: id, request: query, expected: expected.joined(separator: "\n"), got: got.joined(separator: "\n"))
    }

    private static func named(_ id: String, _ entry: Value) -> ConformanceReport.Case {
        let text = entry["ip"]?.text ?? ""
        let name = IPAddress(text).map { address in
            EndpointName.of(
                address, hostname: entry["hostname"]?.symbol ?? .empty, pod: entry["podName"]?.symbol ?? .empty,
                byPod: entry["endpointPodNames"]?.boolean ?? false)
        }
        return .init(id: id, request: entry.jsonText, expected: entry["expected"]?.text ?? "", got: name ?? "")
    }

    /// A namespace counts where its name is known, with or without data.
    private static func exposed(_ id: String, _ entry: Value) -> ConformanceReport.Case {
        var cluster = DNSFixture()
        if entry["exists"]?.boolean == true {
            cluster.add(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "apps"]])
        }
        var settings = CoreDNSSettings()
        switch entry["configured"]?.text {
        case "listed": settings.exposedNamespaces = ["apps"]
        case "not-listed": settings.exposedNamespaces = ["other"]
        default: break
        }
        let answer = ClusterDNS(cluster.simulation, settings).answer(DNSQuestion("apps.svc.cluster.local", .a))
        return .init(
            id: id, request: entry.jsonText, expected: "\(entry["expected"]?.boolean ?? false)",
            got: "\(answer.code == .noError)")
    }

    /// An endpoint counts where a headless Service answers with it.
    private static func ready(_ id: String, _ entry: Value) -> ConformanceReport.Case {
        var cluster = DNSFixture()
        cluster.add(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "apps"]])
        cluster.add([
            "apiVersion": "v1", "kind": "Service", "metadata": ["name": "web", "namespace": "apps"],
            "spec": ["clusterIP": "None"],
        ])
        let conditions: Value = .object(["ready": entry["ready"].flatMap { $0.boolean == nil ? nil : $0 }])
        cluster.add([
            "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
            "metadata": [
                "name": "web", "namespace": "apps", "labels": ["kubernetes.io/service-name": "web"],
            ],
            "endpoints": [["addresses": ["10.0.0.1"], "conditions": conditions]],
        ])
        let answer = ClusterDNS(cluster.simulation).answer(DNSQuestion("web.apps.svc.cluster.local", .a))
        return .init(
            id: id, request: entry.jsonText, expected: "\(entry["counts"]?.boolean ?? false)",
            got: "\(!answer.addresses.isEmpty)")
    }
}
