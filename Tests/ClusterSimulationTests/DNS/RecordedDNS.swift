import Foundation

@testable import ClusterSimulation

/// The recorded cases of CoreDNS, where they lie beside the repository.
enum RecordedDNS {
    static let missing = "the recorded cases are not beside the repository"

    static let folder: URL? = {
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        for _ in 0..<7 {
            folder.deleteLastPathComponent()
            let cases = folder.appendingPathComponent("shared/conformance")
            if FileManager.default.fileExists(atPath: cases.path) { return cases }
        }
        return nil
    }()

    static var isPresent: Bool { folder != nil }

    static func document(_ path: String) throws -> Value {
        guard let folder else { return nil }
        return try Value(json: String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8))
    }

    /// The files of recorded questions, in order.
    static var traces: [String] {
        guard let folder else { return [] }
        let names = try? FileManager.default.contentsOfDirectory(
            atPath: folder.appendingPathComponent("dns").path)
        return (names ?? []).filter { $0.hasSuffix(".json") }.sorted().map { "dns/\($0)" }
    }

    /// A cluster with a fixture's objects, written as any client writes them where the API server takes them.
    static func simulation(_ fixture: Value) -> Simulation {
        let tables = ClusterTables()
        let configuration = Configuration(tables: tables, controllers: [], invariants: [])
        var simulation = Simulation(tables: tables, configuration: configuration, start: .epoch)
        func create(_ kind: KindID, _ entry: Value, labels: [(Symbol, Symbol)] = [], _ body: Value) {
            let key = tables.key(kind, entry["namespace"]?.symbol ?? .empty, entry["name"]?.symbol ?? .empty)
            var row = ObjectRow()
            simulation.state.lastUID += 1
            row.uid = simulation.state.lastUID
            row.kind = kind
            row.created = .epoch
            row.labels = tables.map(labels)
            row.body = tables.body(kind: kind, body)
            // Not through the door: the fixtures of CoreDNS' own tests give one address to two Services.
            simulation.state.insert(key, row, bucket: tables.bucket(kind, tables.namespace(key)))
            if let service = labels.first {
                let target = tables.key(.service, tables.namespace(key), service.1)
                simulation.state.addLink(from: key, to: target, .endpointsOf, optional: false)
            }
        }
        for entry in fixture["namespaces"]?.elements ?? [] { create(.namespace, entry, [:]) }
        for entry in fixture["services"]?.elements ?? [] {
            create(.service, entry, ["spec": entry])
        }
        for entry in fixture["endpointSlices"]?.elements ?? [] {
            let service = entry["serviceName"]?.symbol ?? .empty
            create(.endpointSlice, entry, labels: [("kubernetes.io/service-name", service)], slice(entry))
        }
        for entry in fixture["pods"]?.elements ?? [] {
            create(.pod, entry, ["spec": [:]])
            let key = tables.key(.pod, entry["namespace"]?.symbol ?? .empty, entry["name"]?.symbol ?? .empty)
            var pod = PodState()
            pod.address = entry["ip"]?.symbol ?? .empty
            switch entry["phase"]?.symbol {
            case "Succeeded": pod.phase = .succeeded
            case "Failed": pod.phase = .failed
            default: pod.phase = .running
            }
            simulation.state.statuses[key.offset] = PodStatus(pod)
            if entry["terminating"]?.boolean == true { simulation.state.rows[key.offset].deleted = .epoch }
        }
        return simulation
    }

    private static func slice(_ entry: Value) -> Value {
        var slice = entry
        slice["endpoints"] = Value(
            .array(
                (entry["endpoints"]?.elements ?? []).map { endpoint in
                    var endpoint = endpoint
                    if let pod = endpoint["podName"] ?? endpoint["targetPod"] {
                        endpoint["targetRef"] = ["kind": "Pod", "name": pod]
                    }
                    return endpoint
                }))
        return slice
    }

    static func settings(_ config: Value) -> CoreDNSSettings {
        var settings = CoreDNSSettings()
        settings.zones = config["zones"]?.symbols.map(\.text) ?? settings.zones
        settings.exposedNamespaces = config["exposedNamespaces"]?.symbols ?? []
        settings.podMode = config["podMode"]?.text.flatMap { CoreDNSSettings.PodMode(rawValue: $0) } ?? .disabled
        settings.ttl = config["ttl"]?.integer ?? 5
        settings.isSynced = config["synced"]?.boolean ?? true
        settings.ignoresEmptyServices = config["ignoreEmptyService"]?.boolean ?? false
        settings.namesEndpointsByPod = config["endpointPodNames"]?.boolean ?? false
        settings.isZonal = config["zonal"]?.boolean ?? false
        settings.fallthroughZones = config["fallthrough"]?.symbols.map(\.text) ?? []
        settings.localAddresses = config["localIPs"]?.symbols.compactMap { IPAddress($0.text) } ?? []
        settings.upstream = (config["upstreamAnswers"]?.elements ?? []).map { entry in
            var answer = DNSAnswer(DNSAnswer.Code(rawValue: entry["rcode"]?.text ?? "NOERROR") ?? .noError)
            answer.answers = (entry["answer"]?.elements ?? []).compactMap(record)
            answer.isTruncated = entry["truncated"]?.boolean ?? false
            return CoreDNSSettings.UpstreamAnswer(question(entry), answer)
        }
        return settings
    }

    static func question(_ entry: Value) -> DNSQuestion {
        let type = DNSRecordType(rawValue: entry["type"]?.text ?? "") ?? .other
        return DNSQuestion(entry["name"]?.text ?? "", type)
    }

    static func record(_ entry: Value) -> DNSResourceRecord? {
        func text(_ key: Symbol) -> String { entry[key]?.text ?? "" }
        func number(_ key: Symbol) -> Int { entry[key]?.integer ?? -1 }
        let content: DNSResourceRecord.Content
        switch text("type") {
        case "A", "AAAA":
            guard let address = IPAddress(text("address")) else { return nil }
            content = .address(address)
        case "CNAME": content = .cname(text("target"))
        case "PTR": content = .ptr(text("target"))
        case "NS": content = .ns(text("target"))
        case "TXT": content = .txt(entry["text"]?.text ?? entry["text"]?.elements.first?.text ?? "")
        case "SRV":
            content = .srv(
                priority: number("priority"), weight: number("weight"), port: number("port"), target: text("target"))
        case "SOA":
            content = .soa(
                server: text("mname"), mailbox: text("rname"), refresh: number("refresh"), retry: number("retry"),
                expire: number("expire"), minimum: number("minimum"))
        default: return nil
        }
        return DNSResourceRecord(text("name"), ttl: number("ttl"), content)
    }
}
