/// A host as a client of TLS names it, and which names of certificates cover it: Go's rules, bit for bit.
///
/// - An address, bare or in brackets, is compared with addresses only, by value: `::ffff:10.0.0.1` is `10.0.0.1`.
///   What has a zone (`fe80::1%eth0`) is no address.
/// - A name is compared with DNS names, letters without regard to case, but of ASCII only: international names are
///   equal in their encoded form (`xn--…`) or not at all.
/// - `*` stands for one whole label, the first; `w*.example.com`, `*.*.com` and a bare `*` stand for nothing else.
/// - One dot at the end of the host is ignored. A name of the certificate that ends in a dot covers the host with
///   the dot only.
/// - Wildcards and that dot need both to be well-formed: letters, digits, `_`, and `-` except at the start of a
///   label. Anything else covers its like and nothing more.
///
/// Source: Go `crypto/x509`, `Certificate.VerifyHostname`, `validHostname`, `matchHostnames`, `matchExactly`.
package struct CertificateHost: Sendable {
    /// What error texts call it: as it was written, an address without its brackets.
    package let text: String
    /// nil for a name.
    package let address: IPAddress?
    /// The host in lower case, with the dot at its end if it has one.
    private let name: [UInt8]
    private let isValid: Bool

    package init(_ host: String) {
        var bare = host
        if bare.utf8.count >= 3, bare.hasPrefix("["), bare.hasSuffix("]") {
            bare = String(bare.dropFirst().dropLast())
        }
        address = IPAddress(bare)?.unmapped
        text = address == nil ? host : bare
        name = host.utf8.map(Self.lowercased)
        isValid = address == nil && Self.isValid(name[...].dropLast(name.last == Self.dot ? 1 : 0), isPattern: false)
    }

    /// Whether a DNS name of a certificate covers this host.
    func isCovered(by pattern: Symbol) -> Bool {
        if address != nil { return false }
        let pattern = Array(pattern.utf8)
        return isValid && Self.isValid(pattern[...], isPattern: true)
            ? matchesLabels(of: pattern) : matchesExactly(pattern)
    }

    /// Whether an address of a certificate is this host.
    func isAddress(_ other: Symbol) -> Bool {
        address != nil && IPAddress(other.text)?.unmapped == address
    }

    /// Whether the common name would have covered this host when common names still counted.
    func isCovered(byCommonName name: String) -> Bool { matchesLabels(of: Array(name.utf8)) }

    private func matchesExactly(_ pattern: [UInt8]) -> Bool {
        pattern != [] && pattern != [Self.dot] && name != [] && name != [Self.dot]
            && name.elementsEqual(pattern.lazy.map(Self.lowercased))
    }

    private func matchesLabels(of pattern: [UInt8]) -> Bool {
        let host = name.dropLast(name.last == Self.dot ? 1 : 0)
        if pattern.isEmpty || host.isEmpty { return false }
        if pattern[0] == Self.star, pattern.count == 1 || pattern[1] == Self.dot {
            let rest = host.firstIndex(of: Self.dot).map { host[$0...] } ?? []
            return rest.elementsEqual(pattern.dropFirst().lazy.map(Self.lowercased))
        }
        return host.elementsEqual(pattern.lazy.map(Self.lowercased))
    }

    /// - Parameter isPattern: whether the first label may be `*`, and a dot at the end has not been taken off.
    private static func isValid(_ host: ArraySlice<UInt8>, isPattern: Bool) -> Bool {
        if host.isEmpty || host.elementsEqual([star]) { return false }
        var labelStart = host.startIndex
        for index in host.indices {
            let byte = host[index]
            if byte == dot {
                if index == labelStart { return false }
                labelStart = index + 1
            } else if byte == star {
                let isWhole = index == host.startIndex && index + 1 < host.endIndex && host[index + 1] == dot
                if !isPattern || !isWhole { return false }
            } else if !isLetterOrDigit(byte), byte != underscore, byte != hyphen || index == labelStart {
                return false
            }
        }
        return labelStart < host.endIndex
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte | 0x20 : byte }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (byte >= 48 && byte <= 57) || (byte | 0x20 >= 97 && byte | 0x20 <= 122)
    }

    private static let dot = UInt8(ascii: ".")
    private static let star = UInt8(ascii: "*")
    private static let hyphen = UInt8(ascii: "-")
    private static let underscore = UInt8(ascii: "_")
}

extension IPAddress {
    /// An IPv4 address that is written as one of IPv6 (`::ffff:10.0.0.1`) as the IPv4 address that it is.
    package var unmapped: IPAddress {
        let prefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        guard bytes.count == 16, bytes.starts(with: prefix) else { return self }
        return IPAddress(bytes: Array(bytes.suffix(4))) ?? self
    }
}
