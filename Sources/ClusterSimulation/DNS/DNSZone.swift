/// The zone that a name lies in (1.1), and where in it.
struct DNSZone {
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
