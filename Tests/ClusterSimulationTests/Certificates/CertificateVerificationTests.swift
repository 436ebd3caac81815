import Testing

@testable import ClusterSimulation

/// What is said of certificates that are not accepted, and which error of several is said.
@Suite struct CertificateVerificationTests {
    private static let host = "web.shop.svc"
    private static let now = SimulationTime.day("2026-06-01")
    private static let leaf = CertificateFacts.test("web", by: "root", dns: ["web.shop.svc"])
    private static let root = CertificateFacts.authority("root")

    private static func refusal(
        _ leaf: CertificateFacts, _ intermediates: [CertificateFacts] = [], roots: [CertificateFacts]? = [root],
        host: String = host, at now: SimulationTime = now
    ) -> String? {
        leaf.refusal(hostname: host, intermediates: intermediates, roots: roots, at: now)?.text
    }

    private static func unknown(_ reason: String, _ authority: String) -> String {
        "x509: certificate signed by unknown authority (possibly because of \"\(reason)\" while trying to verify "
            + "candidate authority certificate \"\(authority)\")"
    }

    private static let unknown = "x509: certificate signed by unknown authority"
    private static let cannotSign = "x509: invalid signature: parent certificate cannot sign this kind of certificate"

    @Test func `a certificate of a trusted authority is accepted to the second`() {
        #expect(Self.refusal(Self.leaf) == nil)
        #expect(Self.refusal(Self.leaf, at: .day("2026-01-01")) == nil)
        #expect(Self.refusal(Self.leaf, at: .day("2027-01-01")) == nil)
        #expect(
            Self.refusal(Self.leaf, at: .day("2025-12-31")) == """
                x509: certificate has expired or is not yet valid: current time 2025-12-31T00:00:00Z is before \
                2026-01-01T00:00:00Z
                """)
        #expect(
            Self.refusal(Self.leaf, at: .day("2027-01-02")) == """
                x509: certificate has expired or is not yet valid: current time 2027-01-02T00:00:00Z is after \
                2027-01-01T00:00:00Z
                """)
    }

    // MARK: names

    @Test(
        arguments: [
            (["a.svc", "*.b.svc"], [], "c.svc", "x509: certificate is valid for a.svc, *.b.svc, not c.svc"),
            (["A.svc"], ["10.0.0.1"], "c.svc", "x509: certificate is valid for A.svc, not c.svc"),
            ([], ["10.0.0.1"], "c.svc", "x509: certificate is not valid for any names, but wanted to match c.svc"),
            ([], [], "web", "x509: certificate relies on legacy Common Name field, use SANs instead"),
            ([], [], "web.", "x509: certificate relies on legacy Common Name field, use SANs instead"),
            ([], [], "c.svc", "x509: certificate is not valid for any names, but wanted to match c.svc"),
            (["a.svc"], [], "web", "x509: certificate is valid for a.svc, not web"),
            (
                ["a.svc"], [], "10.0.0.1",
                "x509: cannot validate certificate for 10.0.0.1 because it doesn't contain any IP SANs"
            ),
            (
                [], [], "[2001:DB8::1]",
                "x509: cannot validate certificate for 2001:DB8::1 because it doesn't contain any IP SANs"
            ),
            (
                ["a.svc"], ["10.0.0.1", "::ffff:10.0.0.2", "2001:db8:0::1"], "10.0.0.9",
                "x509: certificate is valid for 10.0.0.1, 10.0.0.2, 2001:db8::1, not 10.0.0.9"
            ),
            (["a.svc"], ["fe80::1"], "[fe80::1%eth0]", "x509: certificate is valid for a.svc, not [fe80::1%eth0]"),
        ] as [([Symbol], [Symbol], String, String)])
    func `names that do not fit`(dns: [Symbol], ip: [Symbol], host: String, text: String) {
        #expect(Self.refusal(.test("web", by: "root", dns: dns, ip: ip), host: host) == text)
    }

    @Test func `the common name is not looked at where there are alternative names of any type`() {
        let leaf = CertificateFacts.test("web", by: "root").with { $0.hasOtherNames = true }
        #expect(
            Self.refusal(leaf, host: "web")
                == "x509: certificate is not valid for any names, but wanted to match web")
        let wildcard = CertificateFacts.test("*.shop.svc", by: "root")
        #expect(Self.refusal(wildcard)?.contains("legacy Common Name") == true)
        let address = CertificateFacts.test("10.0.0.1", by: "root")
        #expect(Self.refusal(address, host: "10.0.0.1")?.contains("legacy Common Name") == true)
    }

    @Test func `a hundred names are counted`() {
        let names = (0..<100).map { Symbol("n\($0)") }
        #expect(
            Self.refusal(.test("web", by: "root", dns: names))
                == "x509: certificate is valid for 100 names, but none matched web.shop.svc")
        let addresses = (0..<100).map { Symbol("10.0.0.\($0)") }
        #expect(
            Self.refusal(.test("web", by: "root", ip: addresses), host: "10.1.0.1")
                == "x509: certificate is valid for 100 IP SANs, but none matched 10.1.0.1")
        #expect(Self.refusal(.test("web", by: "root", dns: Array(names.dropLast())))?.contains("n98, not") == true)
    }

    // MARK: chains

    @Test func `nobody knows the issuer`() {
        #expect(Self.refusal(Self.leaf, roots: []) == Self.unknown)
        #expect(Self.refusal(Self.leaf, roots: [.authority("other")]) == Self.unknown)
        #expect(Self.refusal(Self.leaf, roots: nil) == nil)
    }

    @Test(
        arguments: [
            ("ECDSA", "x509: ECDSA verification failure"), ("Ed25519", "x509: Ed25519 verification failure"),
            ("RSA", "crypto/rsa: verification error"),
        ] as [(Symbol, String)])
    func `an authority of the same name has another key`(algorithm: Symbol, reason: String) {
        let other = Self.root.with {
            $0.keyIdentity = "new"
            $0.keyAlgorithm = algorithm
        }
        #expect(Self.refusal(Self.leaf, roots: [other]) == Self.unknown(reason, "root"))
        #expect(Self.refusal(Self.leaf, roots: [other, Self.root]) == nil)
    }

    @Test func `who is named in a hint`() {
        func hint(_ subject: Symbol) -> String? {
            let root = Self.root.with {
                $0.subject = subject
                $0.keyIdentity = "new"
                $0.serialNumber = "42"
            }
            return Self.refusal(Self.leaf.with { $0.issuer = subject }, roots: [root])
        }
        let reason = "x509: ECDSA verification failure"
        #expect(hint("CN=a,O=b") == Self.unknown(reason, "a"))
        #expect(hint("O=b,O=a\\, Ltd.") == Self.unknown(reason, "a, Ltd."))
        #expect(hint("C=NL") == Self.unknown(reason, "serial:42"))
        #expect(hint("CN=a\\\"b") == Self.unknown(reason, "a\\\"b"))
    }

    @Test func `who is no authority signs nothing`() {
        let noAuthority = Self.root.with { $0.isCA = false }
        #expect(Self.refusal(Self.leaf, roots: [noAuthority]) == Self.unknown(Self.cannotSign, "root"))
        let old = noAuthority.with { $0.version = 1 }
        #expect(Self.refusal(Self.leaf, roots: [old]) == nil)
        let otherUsage = Self.root.with { $0.keyUsages = ["digitalSignature"] }
        #expect(Self.refusal(Self.leaf, roots: [otherUsage]) == Self.unknown(Self.cannotSign, "root"))
        #expect(Self.refusal(Self.leaf, roots: [Self.root.with { $0.keyUsages = ["keyCertSign"] }]) == nil)
    }

    @Test func `a certificate that is trusted itself needs no authority`() {
        let own = CertificateFacts.test("web", by: "web", dns: ["web.shop.svc"])
        #expect(Self.refusal(own, roots: [own]) == nil)
        // Issued again it is another certificate; with the same key and names it is not even tried as an authority.
        let again = own.with { $0.notAfter = .day("2028-01-01") }
        #expect(Self.refusal(again, roots: [own]) == Self.unknown)
        let moved = own.with { $0.dnsNames = ["web.shop.svc", "web"] }
        #expect(Self.refusal(moved, roots: [own]) == Self.unknown(Self.cannotSign, "web"))
    }

    @Test func `signatures of SHA-1 are not looked at`() {
        let leaf = Self.leaf.with { $0.signatureAlgorithm = "ECDSA-SHA1" }
        #expect(
            Self.refusal(leaf)
                == Self.unknown("x509: cannot verify signature: insecure algorithm ECDSA-SHA1", "root"))
        let other = Self.leaf.with { $0.signatureAlgorithm = "SHA256-RSA" }
        #expect(
            Self.refusal(other)
                == Self.unknown(
                    "x509: signature algorithm specifies an RSA public key, but have public key of type "
                        + "*ecdsa.PublicKey", "root"))
    }

    @Test func `an authority that has expired is said to have expired`() {
        let expired = Self.root.with { $0.notAfter = .day("2026-05-01") }
        #expect(
            Self.refusal(Self.leaf, roots: [expired]) == """
                x509: certificate has expired or is not yet valid: current time 2026-06-01T00:00:00Z is after \
                2026-05-01T00:00:00Z
                """)
        let other = Self.root.with { $0.keyIdentity = "new" }
        // It signed, whether it is tried before or after one that did not.
        #expect(Self.refusal(Self.leaf, roots: [expired, other])?.contains("has expired") == true)
        #expect(Self.refusal(Self.leaf, roots: [other, expired])?.contains("has expired") == true)
        #expect(Self.refusal(Self.leaf, roots: [expired, Self.root]) == nil)
    }

    @Test func `intermediates lead to a root`() {
        let middle = CertificateFacts.authority("middle", by: "root")
        let leaf = CertificateFacts.test("web", by: "middle", dns: ["web.shop.svc"])
        #expect(Self.refusal(leaf) == Self.unknown)
        #expect(Self.refusal(leaf, [middle]) == nil)
        #expect(Self.refusal(leaf, roots: [middle]) == nil)
        #expect(Self.refusal(leaf, [middle], roots: [.authority("other")]) == Self.unknown)
        let short = Self.root.with { $0.maxPathLength = 0 }
        #expect(
            Self.refusal(leaf, [middle], roots: [short]) == "x509: too many intermediates for path length constraint")
        #expect(Self.refusal(leaf, [middle], roots: [Self.root.with { $0.maxPathLength = 1 }]) == nil)
        #expect(Self.refusal(Self.leaf, roots: [short]) == nil)
        let noAuthority = middle.with {
            $0.isCA = false
            $0.version = 1
        }
        #expect(
            Self.refusal(leaf, [noAuthority]) == "x509: certificate is not authorized to sign other certificates")
    }

    @Test func `authorities that signed each other are no endless way`() {
        let one = CertificateFacts.authority("one", by: "two")
        let two = CertificateFacts.authority("two", by: "one")
        let leaf = CertificateFacts.test("web", by: "one", dns: ["web.shop.svc"])
        #expect(Self.refusal(leaf, [one, two], roots: []) == Self.unknown)
        #expect(Self.refusal(leaf, [one, two], roots: [.authority("two")]) == nil)
        let many = (0..<40).map { number in one.with { $0.serialNumber = Symbol("\(number)") } }
        let others = (0..<40).map { number in
            CertificateFacts.authority("one", by: "two").with { $0.dnsNames = [Symbol("\(number)")] }
        }
        #expect(Self.refusal(leaf, many + others + [two], roots: [])?.contains("limit reached") == true)
    }

    @Test func `key identifiers tell where the signing key is not known`() {
        func unsigned(_ identifier: Symbol) -> CertificateFacts {
            Self.leaf.with {
                $0.issuerKeyIdentity = .empty
                $0.authorityKeyIdentifier = identifier
            }
        }
        let root = Self.root.with { $0.subjectKeyIdentifier = "aa" }
        #expect(Self.refusal(unsigned("aa"), roots: [root]) == nil)
        #expect(Self.refusal(unsigned(.empty), roots: [root]) == nil)
        #expect(
            Self.refusal(unsigned("bb"), roots: [root]) == Self.unknown("x509: ECDSA verification failure", "root"))
        // The authority whose identifier fits is tried first, and is the hint.
        let rsa = root.with {
            $0.subjectKeyIdentifier = "cc"
            $0.keyIdentity = "new"
            $0.keyAlgorithm = "RSA"
        }
        let leaf = Self.leaf.with {
            $0.authorityKeyIdentifier = "cc"
            $0.issuerKeyIdentity = "lost"
        }
        #expect(Self.refusal(leaf, roots: [root, rsa]) == Self.unknown("crypto/rsa: verification error", "root"))
    }

    // MARK: usages, constraints, order

    @Test(
        arguments: [
            ([], true), (["serverAuth"], true), (["clientAuth", "serverAuth"], true), (["any"], true),
            (["clientAuth"], false), (["1.3.6.1.5.5.8.2.2"], false),
        ] as [([Symbol], Bool)])
    func `usages along the chain`(usages: [Symbol], isAccepted: Bool) {
        let text = isAccepted ? nil : "x509: certificate specifies an incompatible key usage"
        #expect(Self.refusal(Self.leaf.with { $0.extendedKeyUsages = usages }) == text)
        #expect(Self.refusal(Self.leaf, roots: [Self.root.with { $0.extendedKeyUsages = usages }]) == text)
    }

    @Test func `the first error wins`() {
        var leaf = Self.leaf.with {
            $0.hasUnhandledCriticalExtension = true
            $0.notAfter = .day("2026-05-01")
            $0.dnsNames = ["other"]
            $0.issuerKeyIdentity = "lost"
            $0.extendedKeyUsages = ["clientAuth"]
        }
        #expect(Self.refusal(leaf) == "x509: unhandled critical extension")
        leaf.hasUnhandledCriticalExtension = false
        #expect(Self.refusal(leaf)?.contains("has expired") == true)
        leaf.notAfter = .day("2027-01-01")
        #expect(Self.refusal(leaf) == "x509: certificate is valid for other, not web.shop.svc")
        leaf.dnsNames = ["web.shop.svc"]
        #expect(Self.refusal(leaf)?.hasPrefix(Self.unknown) == true)
        leaf.issuerKeyIdentity = "root"
        #expect(Self.refusal(leaf) == "x509: certificate specifies an incompatible key usage")
        leaf.extendedKeyUsages = []
        #expect(Self.refusal(leaf) == nil)
    }

    @Test(
        arguments: [
            (["shop.svc"], [], nil), ([".shop.svc"], [], nil), (["SVC"], [], nil), ([""], [], nil),
            (["op.svc"], [], "DNS name \"web.shop.svc\" is not permitted by any constraint"),
            ([".web.shop.svc"], [], "DNS name \"web.shop.svc\" is not permitted by any constraint"),
            ([], ["web.shop.svc", "svc"], "DNS name \"web.shop.svc\" is excluded by constraint \"svc\""),
            (["svc"], ["shop.svc"], "DNS name \"web.shop.svc\" is excluded by constraint \"shop.svc\""),
            ([], ["other.svc"], nil),
        ] as [([Symbol], [Symbol], String?)])
    func `name constraints of domains`(permitted: [Symbol], excluded: [Symbol], detail: String?) {
        let root = Self.root.with {
            $0.nameConstraints = NameConstraints()
            $0.nameConstraints?.permittedDomains = permitted
            $0.nameConstraints?.excludedDomains = excluded
        }
        let text = detail.map {
            "x509: a root or intermediate certificate is not authorized to sign for this name: \($0)"
        }
        #expect(Self.refusal(Self.leaf, roots: [root]) == text)
    }

    @Test func `name constraints of addresses, and of a wildcard`() {
        var constraints = NameConstraints()
        constraints.permittedRanges = ["10.0.0.0/8"]
        let prefix = "x509: a root or intermediate certificate is not authorized to sign for this name: "
        let root = Self.root.with { $0.nameConstraints = constraints }
        #expect(Self.refusal(Self.leaf.with { $0.ipAddresses = ["10.9.8.7"] }, roots: [root]) == nil)
        #expect(
            Self.refusal(Self.leaf.with { $0.ipAddresses = ["11.0.0.1"] }, roots: [root])
                == prefix + "IP address \"11.0.0.1\" is not permitted by any constraint")
        constraints.permittedRanges = []
        constraints.excludedDomains = ["secret.shop.svc"]
        let excluding = Self.root.with { $0.nameConstraints = constraints }
        #expect(
            Self.refusal(Self.leaf.with { $0.dnsNames = ["*.shop.svc"] }, roots: [excluding])
                == prefix + "DNS name \"*.shop.svc\" is excluded by constraint \"secret.shop.svc\"")
    }

    @Test func `facts are read back as they were written`() {
        var facts = Self.leaf.with {
            $0.serialNumber = "7"
            $0.version = 1
            $0.hasOtherNames = true
            $0.maxPathLength = 0
            $0.keyUsages = ["keyCertSign"]
            $0.extendedKeyUsages = ["serverAuth"]
            $0.hasUnhandledCriticalExtension = true
            $0.signatureAlgorithm = "ECDSA-SHA256"
            $0.subjectKeyIdentifier = "aa"
            $0.authorityKeyIdentifier = "bb"
            $0.ipAddresses = ["10.0.0.1"]
        }
        facts.nameConstraints = NameConstraints()
        facts.nameConstraints?.permittedDomains = [""]
        facts.nameConstraints?.excludedDomains = ["a"]
        facts.nameConstraints?.permittedRanges = ["10.0.0.0/8"]
        facts.nameConstraints?.excludedRanges = ["::/0"]
        #expect(CertificateFacts(facts.value) == facts)
        #expect(CertificateFacts(Self.leaf.value) == Self.leaf)
    }
}
