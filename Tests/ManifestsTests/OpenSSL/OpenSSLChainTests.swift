import ClusterSimulation
import SwiftASN1
import Testing
import X509

/// Real chains: the model's word is Go's, and `openssl verify` accepts the same.
@Suite(.enabled(if: OpenSSLCommand.isInstalled, "needs the openssl command: make setup"))
struct OpenSSLChainTests {
    private static let unknown = "x509: certificate signed by unknown authority"

    private static func unknown(_ reason: String, _ authority: String) -> String {
        "\(unknown) (possibly because of \"x509: \(reason)\" while trying to verify candidate authority certificate "
            + "\"\(authority)\")"
    }

    private static let cannotSign = "invalid signature: parent certificate cannot sign this kind of certificate"
    private static let otherUsage = "x509: certificate specifies an incompatible key usage"
    private static let tooLong = "x509: too many intermediates for path length constraint"
    private static let forbidden =
        "x509: a root or intermediate certificate is not authorized to sign for this name: DNS name \"web.shop.svc\" "

    /// One thing is changed in a chain that is accepted.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String?
        var change: @Sendable (inout TestChain) throws -> Void

        init(_ description: String, _ text: String?, _ change: @escaping @Sendable (inout TestChain) throws -> Void) {
            testDescription = description
            self.text = text
            self.change = change
        }
    }

    private static func outside(_ side: String, _ day: String) -> String {
        "x509: certificate has expired or is not yet valid: current time 2026-06-30T00:00:00Z is \(side) \(day)"
    }

    static let cases: [Case] = [
        Case("as it should be", nil) { _ in },
        Case("no intermediate", nil) { $0.middle = nil },
        Case("usages that are allowed", nil) {
            $0.leaf.extendedUsage = [.serverAuth, .clientAuth]
            $0.middle?.usage = KeyUsage(keyCertSign: true)
            $0.root.maxPathLength = 1
        },
        Case("the leaf is expired", outside("after", "2026-01-11T00:00:00Z")) { $0.leaf.days = 0..<10 },
        Case("the leaf is not yet valid", outside("before", "2026-10-28T00:00:00Z")) { $0.leaf.days = 300..<365 },
        Case("the intermediate is expired", outside("after", "2026-01-11T00:00:00Z")) { $0.middle?.days = 0..<10 },
        Case("the root is expired", outside("after", "2026-01-11T00:00:00Z")) { $0.root.days = 0..<10 },
        Case("another name", "x509: certificate is valid for web.old.svc, not web.shop.svc") {
            $0.leaf.dnsNames = ["web.old.svc"]
        },
        Case("the intermediate is not sent", unknown) { $0.isMiddleSent = false },
        Case("a root of another name", unknown) { $0.trusted = TestCertificate(name: "other", isCA: true) },
        Case("a root of that name with another key", unknown("ECDSA verification failure", "root")) {
            $0.middle = nil
            $0.trusted = TestCertificate(name: "root", isCA: true)
        },
        Case("the root is no authority", unknown(cannotSign, "root")) {
            $0.middle = nil
            $0.root.isCA = false
        },
        Case("the intermediate is no authority", unknown(cannotSign, "middle")) { $0.middle?.isCA = false },
        Case("the intermediate may not sign", unknown(cannotSign, "middle")) {
            $0.middle?.usage = KeyUsage(digitalSignature: true)
        },
        Case("the root signs leaves only", tooLong) { $0.root.maxPathLength = 0 },
        Case("the leaf is for clients", otherUsage) { $0.leaf.extendedUsage = [.clientAuth] },
        Case("the intermediate is for clients", otherUsage) { $0.middle?.extendedUsage = [.clientAuth] },
        Case("the domain is permitted", nil) { $0.root.constraints = .init(permittedDNSDomains: ["svc"]) },
        Case("other domains are permitted", forbidden + "is not permitted by any constraint") {
            $0.root.constraints = .init(permittedDNSDomains: ["op.svc", "other"])
        },
        Case("the domain is excluded", forbidden + "is excluded by constraint \"shop.svc\"") {
            $0.middle?.constraints = .init(excludedDNSDomains: ["other", "shop.svc"])
        },
        Case("other addresses are excluded", nil) {
            let range = ASN1OctetString(contentBytes: [10, 0, 0, 0, 255, 0, 0, 0])
            $0.root.constraints = .init(excludedIPRanges: [range])
        },
    ]

    @Test(arguments: cases)
    func `a chain is refused in Go's words, and by openssl too`(_ one: Case) throws {
        var chain = TestChain()
        try one.change(&chain)
        let answer = try chain.verify()
        #expect(answer.refusal == one.text)
        #expect(answer.openSSLAccepts == (one.text == nil))
    }
}
