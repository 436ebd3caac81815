/// For which names an authority may sign (RFC 5280, section 4.2.1.10). Of mailboxes and URIs nothing is modelled.
///
/// Every certificate below the authority is checked, not only the leaf.
/// Source: Go `crypto/x509`, `checkChainConstraints`; as of Go 1.26.
package struct NameConstraints: Hashable, Sendable {
    /// Domains: `example.com` stands for itself and all below it, `.example.com` for what is below it, the empty
    /// text for everything. An empty list permits everything.
    package var permittedDomains: [Symbol] = []
    package var excludedDomains: [Symbol] = []
    /// Ranges of addresses: `10.0.0.0/8`. An empty list permits everything.
    package var permittedRanges: [Symbol] = []
    package var excludedRanges: [Symbol] = []

    package init() {}

    /// Reads what `value` writes.
    package init(_ value: Value) {
        permittedDomains = value["permittedDomains"]?.symbols ?? []
        excludedDomains = value["excludedDomains"]?.symbols ?? []
        permittedRanges = value["permittedRanges"]?.symbols ?? []
        excludedRanges = value["excludedRanges"]?.symbols ?? []
    }

    package var value: Value {
        func texts(_ symbols: [Symbol]) -> Value? { symbols.isEmpty ? nil : .strings(symbols) }
        return .object([
            "permittedDomains": texts(permittedDomains), "excludedDomains": texts(excludedDomains),
            "permittedRanges": texts(permittedRanges), "excludedRanges": texts(excludedRanges),
        ])
    }

    /// What the constraints in a chain, leaf first, do not allow; nil where they allow everything in it.
    static func violation(in chain: [CertificateFacts]) -> String? {
        for (index, certificate) in chain.enumerated() {
            for authority in chain.dropFirst(index + 1) {
                if let violation = authority.nameConstraints?.violation(by: certificate) { return violation }
            }
        }
        return nil
    }

    private func violation(by certificate: CertificateFacts) -> String? {
        for address in certificate.ipAddresses {
            guard let parsed = IPAddress(address.text)?.unmapped else { continue }
            func holds(_ range: Symbol) -> Bool { AddressRange(range.text)?.contains(parsed) ?? false }
            let name = "IP address \(parsed.description.quoted)"
            if !permittedRanges.isEmpty, !permittedRanges.contains(where: holds) { return Self.notPermitted(name) }
            if let range = excludedRanges.first(where: holds) { return Self.excluded(name, range.text) }
        }
        for domain in certificate.dnsNames.map(\.text) {
            let name = "DNS name \(domain.quoted)"
            if !permittedDomains.isEmpty, !permittedDomains.contains(where: { Self.covers($0.text, domain) }) {
                return Self.notPermitted(name)
            }
            if let constraint = exclusion(of: domain) { return Self.excluded(name, constraint) }
        }
        return nil
    }

    /// The widest of the excluded domains that hold a name. A wildcard is excluded with any name that it covers.
    private func exclusion(of domain: String) -> String? {
        excludedDomains.map(\.text).filter { constraint in
            if Self.covers(constraint, domain) { return true }
            guard domain.hasPrefix("*"), let dot = constraint.dropFirst().firstIndex(of: "."),
                let ownDot = domain.firstIndex(of: ".")
            else { return false }
            return constraint[dot...].lowercased() == domain[ownDot...].lowercased()
        }.min { $0.utf8.count < $1.utf8.count }
    }

    private static func covers(_ constraint: String, _ domain: String) -> Bool {
        let constraint = constraint.lowercased()
        let domain = domain.lowercased()
        if constraint.isEmpty || domain == constraint { return true }
        return domain.hasSuffix(constraint.hasPrefix(".") ? constraint : "." + constraint)
    }

    private static func notPermitted(_ name: String) -> String { "\(name) is not permitted by any constraint" }

    private static func excluded(_ name: String, _ constraint: String) -> String {
        "\(name) is excluded by constraint \(constraint.quoted)"
    }
}

/// Addresses with the same first bits: `10.0.0.0/8`.
private struct AddressRange {
    let address: IPAddress
    let length: Int

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(String(parts[0])), let length = Int(parts[1]),
            (0...address.bytes.count * 8).contains(length)
        else { return nil }
        self.address = address
        self.length = length
    }

    func contains(_ other: IPAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        return (0..<length).allSatisfy { bit in
            let mask = UInt8(0x80) >> UInt8(bit % 8)
            return address.bytes[bit / 8] & mask == other.bytes[bit / 8] & mask
        }
    }
}
