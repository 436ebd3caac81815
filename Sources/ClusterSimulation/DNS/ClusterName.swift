/// A name below a zone of the cluster, taken apart. Source: CoreDNS `plugin/kubernetes/parse.go`, restated in
/// specs/coredns.md 2 and 12.
package struct ClusterName: Equatable {
    package enum Branch: Equatable { case service, pod }
    package enum ZonePreference: Equatable { case pin, prefer }

    /// nil for the zone itself, and for `svc` and `pod` below it.
    package private(set) var branch: Branch?
    package private(set) var namespace = ""
    /// The Service's name, or the Pod's address with dashes; empty for the namespace's own name.
    package private(set) var service = ""
    package private(set) var endpoint = ""
    package private(set) var port = ""
    package private(set) var transport = ""
    /// A topology zone that is asked for, and what to do where it has no endpoints.
    package private(set) var topologyZone = ""
    package private(set) var preference: ZonePreference?

    /// Takes apart a name in a zone; nil where it is not in the zone, or cannot be one of the cluster.
    package init?(_ name: String, zone: String, isZonal: Bool) {
        guard let zone = DNSZone(name, among: [zone]) else { return nil }
        self.init(zone.labels, isZonal: isZonal)
    }

    /// - Parameters:
    ///   - labels: the labels left of the zone, in lower case.
    ///   - isZonal: whether names of topology zones are understood.
    /// - Returns: nil for a name that cannot be one of the cluster.
    init?(_ labels: [String], isZonal: Bool) {
        var rest = labels[...]
        guard let last = rest.popLast() else { return }
        let branch: Branch
        switch last {
        case "svc": branch = .service
        case "pod": branch = .pod
        default: return nil
        }
        guard let namespace = rest.popLast() else { return }
        self.branch = branch
        self.namespace = namespace
        guard let service = rest.popLast() else { return }
        self.service = service
        if isZonal, rest.count >= 3, rest.last == "_zone" {
            guard branch == .service else { return nil }
            switch rest[rest.endIndex - 2] {
            case "pin": preference = .pin
            case "prefer": preference = .prefer
            default: return nil
            }
            topologyZone = rest.dropLast(2).joined(separator: ".")
            return
        }
        switch rest.count {
        case 0: break
        case 1: endpoint = rest[rest.startIndex]
        case 2:
            port = Self.plain(rest[rest.startIndex])
            transport = Self.plain(rest[rest.startIndex + 1])
        default: return nil
        }
    }

    /// One leading underscore is removed.
    private static func plain(_ label: String) -> String { label.hasPrefix("_") ? String(label.dropFirst()) : label }

    /// Whether port and protocol are as asked for; an empty one is not asked for.
    func matches(port name: Symbol, transport: Symbol) -> Bool {
        (port.isEmpty || port == name.text.lowercased())
            && (self.transport.isEmpty || self.transport == transport.text.lowercased())
    }
}

/// The names that CoreDNS gives to addresses.
package enum EndpointName {
    /// The one name of an endpoint's address below its Service: its hostname, else with `endpoint_pod_names` its Pod's
    /// name, else the address with dashes. Source: `plugin/kubernetes/kubernetes.go:endpointHostname`.
    package static func of(_ address: IPAddress, hostname: Symbol, pod: Symbol, byPod: Bool) -> String {
        if !hostname.isEmpty { return hostname.text }
        if byPod, !pod.isEmpty, pod.utf8.count < 64 { return pod.text }
        let dashed = String(address.description.map { $0 == "." || $0 == ":" ? "-" : $0 })
        return dashed.hasSuffix("-") ? dashed + "0" : dashed
    }

    /// The address that a label `10-244-0-7` stands for. Three single dashes are IPv4. Source: `findPods`.
    static func address(_ label: String) -> IPAddress? {
        let isIPv4 = label.utf8.count { $0 == 45 } == 3 && !label.contains("--")
        return IPAddress(String(label.map { $0 == "-" ? (isIPv4 ? "." : ":") : $0 }))
    }

    /// The address that a name below a reverse zone stands for. Source: `plugin/pkg/dnsutil/reverse.go`.
    static func reverse(_ name: String) -> IPAddress? {
        let labels = name.lowercased().split(separator: ".")
        if labels.suffix(2) == ["in-addr", "arpa"] {
            return labels.count == 6 ? IPAddress(labels.dropLast(2).reversed().joined(separator: ".")) : nil
        }
        guard labels.suffix(2) == ["ip6", "arpa"], labels.count == 34 else { return nil }
        let digits = labels.dropLast(2).reversed().compactMap { $0.count == 1 ? UInt8($0, radix: 16) : nil }
        guard digits.count == 32 else { return nil }
        return IPAddress(bytes: (0..<16).map { digits[2 * $0] << 4 | digits[2 * $0 + 1] })
    }
}
