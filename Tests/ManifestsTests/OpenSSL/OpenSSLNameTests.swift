import ClusterSimulation
import Foundation
import Testing

/// Go's rules for names, which the model has, against what OpenSSL says of the same host and certificate: a hundred
/// thousand pairs, by the function behind `openssl x509 -checkhost`.
@Suite struct OpenSSLNameTests {
    private static let parts = 10
    private static let pairsPerPart = 10_000

    @Test(arguments: 0..<parts)
    func `Go and OpenSSL see names differently only as the list says`(part: Int) throws {
        var random = TestRandom(state: UInt64(part))
        var counts: [String: Int] = [:]
        var both = 0
        for _ in 0..<Self.pairsPerPart {
            let pair = NamePair.random(&random)
            let certificate = try #require(OpenSSLCertificate(der: pair.certificate.der(hasKey: false)))
            let facts = pair.certificate.facts
            switch Judgement(pair, facts, openSSL: certificate.name(covering: pair.host)) {
            case .bothAccept: both += 1
            case .bothRefuse: break
            case .known(let name): counts[name, default: 0] += 1
            case .unknown(let text): Issue.record("\(text); \(pair)")
            }
            let host = CertificateHost(pair.host)
            guard host.address != nil else { continue }
            // An address is held against `openssl x509 -checkip` besides.
            let isCovered = facts.verify(pair.host) == nil
            if isCovered != certificate.covers(address: host.text) {
                let isMapped = isCovered && ([host.text] + facts.ipAddresses.map(\.text)).contains { Self.isMapped($0) }
                #expect(isMapped, "\(pair)")
                counts[Disagreement.mappedAddress, default: 0] += 1
            }
        }
        // The test means something: matches are common, and nothing on the list is only there.
        #expect(both > Self.pairsPerPart / 6)
        for name in Disagreement.names { #expect(counts[name, default: 0] > 0, "\(name) does not happen") }
    }

    private static func isMapped(_ text: String) -> Bool {
        IPAddress(text).map { $0.unmapped != $0 } ?? false
    }

    @Test func `the list is written down`() throws {
        let page = try TestFiles.text("docs/certificates.md")
        for name in Disagreement.names { #expect(page.contains("| \(name) |"), "\(name)") }
    }
}
