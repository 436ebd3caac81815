import Testing

@testable import ClusterSimulation

/// Which names cover which hosts, as the documentation of Go's `crypto/x509` and RFC 6125 have it.
@Suite struct CertificateHostTests {
    @Test(arguments: [
        ("web.shop.svc", "web.shop.svc"), ("WEB.Shop.SVC", "web.shop.svc"), ("web.shop.svc", "wEB.shop.svc"),
        ("*.shop.svc", "web.shop.svc"), ("*.shop.svc", "WEB.SHOP.SVC"), ("*.svc", "web.svc"),
        ("*.shop.svc", "web.shop.svc."), ("web.shop.svc", "web.shop.svc."), ("web", "web"), ("web", "web."),
        // An underscore is no letter of host names, and common.
        ("_dmarc.example.com", "_dmarc.example.com"), ("*.example.com", "my_web.example.com"),
        ("*.my_shop.example.com", "web.my_shop.example.com"),
        // International names in their encoded form are names like any other.
        ("xn--bcher-kva.example.com", "XN--bcher-kva.example.com"), ("*.example.com", "xn--bcher-kva.example.com"),
        ("*.xn--bcher-kva.example", "shop.xn--bcher-kva.example"),
        // What is not well-formed covers its like.
        ("-web.example.com", "-web.example.com"), ("w*.example.com", "W*.example.com"), ("*", "*"),
        ("a..b", "a..b"), ("web.shop.svc.", "web.shop.svc."), ("web shop", "Web Shop"),
        ("*.example.com", "*.example.com"), (".example.com", ".example.com"), ("a@b", "a@b"),
        ("web.123", "web.123"), ("1.2.3", "1.2.3"), ("256.1.1.1", "256.1.1.1"), ("01.2.3.4", "01.2.3.4"),
    ])
    func `it covers`(pattern: Symbol, host: String) {
        #expect(CertificateHost(host).isCovered(by: pattern))
    }

    @Test(arguments: [
        ("web.shop.svc", "web.other.svc"), ("web.shop", "web.shop.svc"), ("web.shop.svc", "web.shop"),
        ("*.shop.svc", "shop.svc"), ("*.shop.svc", "a.b.shop.svc"), ("*.shop.svc", ".shop.svc"),
        ("*", "web"), ("*.*.svc", "web.shop.svc"), ("web.*.svc", "web.shop.svc"), ("w*.shop.svc", "web.shop.svc"),
        ("*b.shop.svc", "web.shop.svc"), ("w*b.shop.svc", "web.shop.svc"), ("**.shop.svc", "web.shop.svc"),
        ("web.shop.svc.", "web.shop.svc"), ("*.shop.svc.", "web.shop.svc"), ("*.shop.svc.", "web.shop.svc."),
        ("web.shop.svc", "web.shop.svc.."), ("*.shop.svc", "-web.shop.svc"), ("*.shop.svc", "we%b.shop.svc"),
        ("*.shop.svc", "b\u{FC}cher.shop.svc"), ("xn--bcher-kva.example", "b\u{FC}cher.example"),
        ("K.example", "\u{212A}.example"), (".example.com", "web.example.com"),
        ("", ""), (".", "."), ("", "web"), ("web", ""), (".", "web."),
        // Addresses are compared with addresses only.
        ("10.0.0.1", "10.0.0.1"), ("*.0.0.1", "10.0.0.1"), ("::1", "::1"), ("[::1]", "[::1]"),
    ])
    func `it does not cover`(pattern: Symbol, host: String) {
        #expect(!CertificateHost(host).isCovered(by: pattern))
    }

    @Test(arguments: [
        ("10.0.0.1", "10.0.0.1"), ("10.0.0.1", "[10.0.0.1]"), ("10.0.0.1", "::ffff:10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"), ("10.0.0.1", "::ffff:a00:1"), ("2001:db8::1", "2001:DB8:0:0:0:0:0:1"),
        ("2001:db8::1", "[2001:db8::1]"), ("::1", "[::1]"), ("::", "0:0:0:0:0:0:0:0"),
    ])
    func `addresses are equal by value`(address: Symbol, host: String) {
        #expect(CertificateHost(host).isAddress(address))
    }

    @Test(arguments: [
        ("10.0.0.1", "10.0.0.2"), ("10.0.0.1", "10.0.0.01"), ("10.0.0.1", "10.0.0.1."), ("10.0.0.1", "[10.0.0.1"),
        ("fe80::1", "fe80::1%eth0"), ("fe80::1", "[fe80::1%eth0]"), ("::1", "[]"), ("10.0.0.1", "10.1"),
        ("10.0.0.1", "::a00:1"), ("10.0.0.1", "web"), ("::1", "[[::1]]"),
    ])
    func `addresses are not equal`(address: Symbol, host: String) {
        #expect(!CertificateHost(host).isAddress(address))
    }
}
