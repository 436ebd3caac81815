import ClusterSimulation

/// A host and a certificate that may or may not cover it.
struct NamePair {
    var host = ""
    var certificate = NamedCertificate()

    /// A pair of many sorts: what is near to a match is made more often than chance would make it.
    static func random(_ random: inout TestRandom) -> NamePair {
        var maker = NamePairMaker(random: random)
        defer { random = maker.random }
        return maker.pair()
    }
}

/// Makes pairs of names out of few labels, so that many of them nearly fit.
struct NamePairMaker {
    var random: TestRandom

    private static let labels = [
        "web", "shop", "svc", "cluster", "local", "example", "com", "a", "b", "WEB", "Shop", "x1", "1", "10",
        "my_web", "_dmarc", "x-y", "x-", "-x", "xn--bcher-kva", "xn--p1ai", "XN--p1ai", "w", "we", "eb", "webweb",
    ]
    private static let wildcards = ["*", "*", "*", "*", "*", "w*", "*b", "w*b", "**", "xn--*", "*a*"]
    private static let addresses = [
        "10.0.0.1", "10.0.0.2", "192.168.1.10", "::1", "2001:db8::1", "fe80::1", "::", "::ffff:10.0.0.1", "0.0.0.0",
    ]
    private static let addressSpellings = [
        "10.0.0.1", "10.0.0.2", "010.0.0.1", "10.0.0.01", "10.1", "10.0.0.1.", "256.0.0.1", "::ffff:10.0.0.1",
        "::FFFF:a00:1", "2001:DB8:0:0:0:0:0:1", "2001:db8::0001", "2001:db8::1%eth0", "fe80::1%eth0", "::1", "0::1",
        "1::", "::", "0.0.0.0", "192.168.1.10", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", ":::", "1::2::3", "12345::",
    ]
    private static let strange: [Character] = ["!", " ", "@", "%", ":", "/", "é", "ß", "К", "*", ".", "-", "_", "~"]

    mutating func pair() -> NamePair {
        var certificate = NamedCertificate()
        if chance(60) { certificate.commonName = chance(90) ? pattern() : pick(Self.addresses) }
        if chance(88) { certificate.dnsNames = (0..<number(1...6)).map { _ in alternativeName() } }
        if chance(25) {
            certificate.ipAddresses = (0..<number(1...3)).compactMap { _ in IPAddress(pick(Self.addresses)) }
        }
        var host = host(for: certificate)
        if chance(1) {
            host = pick(["", "."])
            certificate.dnsNames.append(host)
        }
        return NamePair(host: host, certificate: certificate)
    }

    // MARK: the names of a certificate

    private mutating func alternativeName() -> String {
        switch number(0...99) {
        case 0..<92: pattern()
        case 92: ""
        case 93: "."
        case 94: "*"
        case 95...96: pick(Self.addresses)
        default: pattern().filter(\.isASCII) + "."
        }
    }

    private mutating func pattern() -> String {
        var parts = (0..<number(1...4)).map { _ in pick(Self.labels) }
        if chance(45) { parts.insert(pick(Self.wildcards), at: chance(90) ? 0 : number(0...parts.count)) }
        if chance(2) { parts.insert("", at: number(0...parts.count)) }
        return parts.joined(separator: ".")
    }

    // MARK: a host

    private mutating func host(for certificate: NamedCertificate) -> String {
        if chance(8) { return address(for: certificate) }
        if chance(1) { return pick(["", ".", "..", "*", "*."]) }
        var names = certificate.dnsNames
        if !certificate.commonName.isEmpty, names.isEmpty || chance(15) { names = [certificate.commonName] }
        guard !names.isEmpty, chance(92) else { return pattern() }
        var host = filled(pick(names))
        if chance(40) { host = varied(host) }
        if chance(12) { host = varied(host) }
        return host
    }

    private mutating func address(for certificate: NamedCertificate) -> String {
        var text = pick(Self.addressSpellings)
        if chance(50), let address = certificate.ipAddresses.first { text = address.description }
        return chance(25) ? "[\(text)]" : text
    }

    /// A name with something in the places of its wildcards.
    private mutating func filled(_ pattern: String) -> String {
        var text = ""
        for character in pattern {
            if character == "*", chance(96) {
                text += chance(92) ? pick(Self.labels) : pick(["", "a.b", "xn--", "b\u{FC}cher", "a b"])
            } else {
                text.append(character)
            }
        }
        return text
    }

    private mutating func varied(_ host: String) -> String {
        var labels = host.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        switch number(0...9) {
        case 0: return host + "."
        case 1: return host + (chance(50) ? ".." : ".com")
        case 2: return "." + host
        case 3: return host.uppercased()
        case 4: labels.removeFirst()
        case 5: labels.insert(pick(Self.labels), at: number(0...labels.count))
        case 6: labels[number(0...labels.count - 1)] = pick(Self.labels)
        case 7: labels[0] = ""
        case 8:
            var characters = Array(host)
            characters.insert(pick(Self.strange), at: number(0...characters.count))
            return String(characters)
        default:
            var characters = Array(host)
            if !characters.isEmpty { characters.remove(at: number(0...characters.count - 1)) }
            return String(characters)
        }
        return labels.joined(separator: ".")
    }

    // MARK: chance

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    private mutating func chance(_ percent: Int) -> Bool { number(0...99) < percent }
    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(0...elements.count - 1)] }
}
