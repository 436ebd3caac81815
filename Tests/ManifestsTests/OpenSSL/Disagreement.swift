import ClusterSimulation

/// A way in which Go and OpenSSL see names differently. `docs/certificates.md` has the list with reasons.
struct Disagreement: Sendable {
    /// Who accepts what the other refuses.
    enum Side: Sendable { case go, openSSL }

    let name: String
    let accepting: Side
    /// Whether it explains why one accepts a host for a name of the certificate and the other does not.
    let explains: @Sendable (_ pattern: String, _ host: String) -> Bool

    /// The list. Nothing else may be seen differently.
    static let all: [Disagreement] = [
        Disagreement("dot at the end of the host", .go) { pattern, host in
            host.hasSuffix(".") && !pattern.hasSuffix(".")
        },
        Disagreement("wildcard below a top-level domain", .go) { pattern, _ in
            pattern.hasPrefix("*.") && pattern.count { $0 == "." } == 1
        },
        Disagreement("wildcard with an underscore", .go) { pattern, host in
            pattern.hasPrefix("*.") && (pattern.contains("_") || label(host).contains("_"))
        },
        Disagreement("wildcard with a hyphen at the end of a label", .go) { pattern, _ in
            pattern.hasPrefix("*.") && (pattern + ".").contains("-.")
        },
        Disagreement("wildcard and a hyphen at the start of a label", .openSSL) { pattern, host in
            pattern.hasPrefix("*.") && ("." + host).contains(".-")
        },
        Disagreement("part of a label as wildcard", .openSSL) { pattern, _ in
            pattern.contains("*") && !pattern.hasPrefix("*.")
        },
        Disagreement("host that begins with a dot", .openSSL) { pattern, host in
            host.hasPrefix(".") && host != "." && pattern.lowercased().hasSuffix(host.lowercased())
        },
        Disagreement("a dot alone", .openSSL) { pattern, host in pattern == "." && host == "." },
    ]

    /// A common name counts for OpenSSL where there is no DNS name.
    static let commonName = "common name"
    /// A host that is an address, which OpenSSL is to be asked about by `-checkip`.
    static let address = "address as host"
    /// An IPv4 address in the notation of IPv6, which is another address for OpenSSL's `-checkip`.
    static let mappedAddress = "IPv4 address written as IPv6"

    /// The names of all of them.
    static var names: [String] { all.map(\.name) + [commonName, address, mappedAddress] }

    private init(_ name: String, _ accepting: Side, explains: @escaping @Sendable (String, String) -> Bool) {
        self.name = name
        self.accepting = accepting
        self.explains = explains
    }

    private static func label(_ name: String) -> Substring { name.prefix { $0 != "." } }
}

/// How Go's rules and OpenSSL judge a pair.
enum Judgement: Equatable, Sendable {
    case bothAccept
    case bothRefuse
    /// They differ as the list says.
    case known(String)
    case unknown(String)

    /// - Parameters:
    ///   - facts: the certificate as the model knows it.
    ///   - openSSL: the name by which OpenSSL accepts the host; nil where it does not.
    init(_ pair: NamePair, _ facts: CertificateFacts, openSSL: String?) {
        let host = CertificateHost(pair.host)
        let go = facts.name(covering: host)?.text
        if host.address != nil {
            self =
                (go == nil) == (openSSL == nil)
                ? (go == nil ? .bothRefuse : .bothAccept) : .known(Disagreement.address)
            return
        }
        switch (go, openSSL) {
        case (nil, nil): self = .bothRefuse
        case (.some, .some): self = .bothAccept
        case (let pattern?, nil): self = Self.known(.go, pattern, pair)
        case (nil, let pattern?):
            self = facts.dnsNames.isEmpty ? .known(Disagreement.commonName) : Self.known(.openSSL, pattern, pair)
        }
    }

    private static func known(_ side: Disagreement.Side, _ pattern: String, _ pair: NamePair) -> Judgement {
        let known = Disagreement.all.first { $0.accepting == side && $0.explains(pattern, pair.host) }
        return known.map { .known($0.name) } ?? .unknown("\(side) accepts \(pair.host) for \(pattern)")
    }
}
