import ClusterSimulation
import Foundation
import Testing

@testable import Manifests

/// Certificates in Secrets and CA bundles become facts; the keys were made for this test.
@Suite struct CertificateReadingTests {
    private static let leaf = """
        -----BEGIN CERTIFICATE-----
        MIIBwDCCAWegAwIBAgIUDJ3QaQGqkp4AndNoXW6xmDBJiO8wCgYIKoZIzj0EAwIw
        FTETMBEGA1UEAwwKRXhhbXBsZSBDQTAeFw0yNjExMjYwNDQxMjNaFw0yOTAyMjgw
        NDQxMjNaMBcxFTATBgNVBAMMDHdlYi5zaG9wLnN2YzBZMBMGByqGSM49AgEGCCqG
        SM49AwEHA0IABGmEIgaOeRhWPK96Hg0wcRU6dE7FQF99ClxR6VvTQR+lfy0jGoJC
        KIRgbkuTPucQ9luHackxOJIeqmbwrqc8MOyjgZIwgY8wPwYDVR0RBDgwNoIMd2Vi
        LnNob3Auc3Zjgg4qLnNob3AuZXhhbXBsZYcECgAAB4cQIAENuAAAAAAAAAAAAAAA
        ATAMBgNVHRMBAf8EAjAAMB0GA1UdDgQWBBTCt+L0E66IZyiU83gj7sZhz+pRHjAf
        BgNVHSMEGDAWgBR6BFOJWOmOkrvBDdewxH+u3wsIIzAKBggqhkjOPQQDAgNHADBE
        AiBggsjACcl1jU5A89Vurge3TfCZRCiBehz40XEf1jTH6wIgIWrSrX1BWhOoi2TL
        44hjlavQhvJCFRYsef2JvVRK+Ho=
        -----END CERTIFICATE-----

        """
    private static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBfzCCASWgAwIBAgIUL9M8nDdEWixJ5FItClhbpRt6WG0wCgYIKoZIzj0EAwIw
        FTETMBEGA1UEAwwKRXhhbXBsZSBDQTAeFw0yNjExMjYwNDQxMjNaFw0zNjExMjMw
        NDQxMjNaMBUxEzARBgNVBAMMCkV4YW1wbGUgQ0EwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAARAwmW08MJ/5BxYeznL5MQifmvCGbENwRT+SYF/QBx8BUqyMK5sLx49
        3gVFKXOYNqep7MKs3KP56CoEfefU0KG9o1MwUTAdBgNVHQ4EFgQUegRTiVjpjpK7
        wQ3XsMR/rt8LCCMwHwYDVR0jBBgwFoAUegRTiVjpjpK7wQ3XsMR/rt8LCCMwDwYD
        VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA8Cvxijf8KXMZaX3LROZV
        OpqxzBZkuFNwiLfPPhF3jQ8CIA1II7sfp2nEBSaj1vjlEtqYaubp10udYfm19QY0
        HTFB
        -----END CERTIFICATE-----

        """
    private static let key = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIJLDm8mr9BKGtKZcUkZgvQF9gHcuJ2AmVbYx0bMakg2roAoGCCqGSM49
        AwEHoUQDQgAEaYQiBo55GFY8r3oeDTBxFTp0TsVAX30KXFHpW9NBH6V/LSMagkIo
        hGBuS5M+5xD2W4dpyTE4kh6qZvCupzww7A==
        -----END EC PRIVATE KEY-----

        """

    private static func encoded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private static func secret(_ data: String) -> Value? {
        Reading("apiVersion: v1\nkind: Secret\ntype: kubernetes.io/tls\nmetadata: {name: a}\ndata: {\(data)}\n").values
            .first
    }

    @Test func `a TLS Secret has the facts of its chain and of its key`() throws {
        let value = try #require(
            Self.secret("tls.crt: \(Self.encoded(Self.leaf + Self.authority)), tls.key: \(Self.encoded(Self.key))"))
        let facts = try #require(value[CertificateFacts.secretField])
        let chain = facts["tls.crt"]?.elements.compactMap(CertificateFacts.init) ?? []
        let key = try #require(facts["tls.key"]?[index: 0])
        #expect(chain.map(\.subject) == ["CN=web.shop.svc", "CN=Example CA"])
        #expect(chain.map(\.issuer) == ["CN=Example CA", "CN=Example CA"])
        #expect(chain.map(\.isCA) == [false, true])
        #expect(chain.map(\.isSelfSigned) == [false, true])
        #expect(chain.map(\.keyAlgorithm) == ["ECDSA", "ECDSA"])
        #expect(chain[0].dnsNames == ["web.shop.svc", "*.shop.example"])
        #expect(chain[0].ipAddresses == ["10.0.0.7", "2001:db8::1"])
        #expect(chain[0].notBefore.rfc3339 == "2026-11-26T04:41:23Z")
        #expect(chain[0].notAfter.rfc3339 == "2029-02-28T04:41:23Z")
        #expect(chain[0].issuerKeyIdentity == chain[1].keyIdentity)
        #expect(chain[0].authorityKeyIdentifier == chain[1].subjectKeyIdentifier)
        #expect(chain[0].serialNumber == "72027261333392607165638442393414373648607316207")
        #expect(chain.map(\.signatureAlgorithm) == ["ECDSA-SHA256", "ECDSA-SHA256"])
        #expect(key == ["privateKey": true, "keyIdentity": Value(chain[0].keyIdentity)])
        #expect(CertificateFacts(key) == nil)
    }

    @Test func `a CA bundle has its facts beside it`() throws {
        let text = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: a}
            webhooks: [{name: a.example, clientConfig: {caBundle: \(Self.encoded(Self.authority))}}]
            """
        let configuration = try #require(Reading(text).values.first?["webhooks"]?[index: 0]?["clientConfig"])
        let facts = configuration[CertificateFacts.bundleField]?.elements.compactMap(CertificateFacts.init)
        #expect(facts?.map(\.subject) == ["CN=Example CA"])
    }

    @Test(arguments: [
        "", "=", "not base64!", "aGk=", "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t",
        encoded("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"),
        encoded("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
        encoded("-----BEGIN -----\n-----END -----\n"), encoded("-----BEGIN ----"),
        encoded("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
        encoded("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"),
    ])
    func `what is no certificate is a fact, or none`(text: String) {
        let facts = Self.secret("tls.crt: '\(text)', ca.crt: '\(text)'")?[CertificateFacts.secretField]
        for list in facts?.fields.map(\.value) ?? [] {
            #expect(list.elements.allSatisfy { $0["invalid"] != nil })
        }
        _ = CertificateReader.facts(caBundle: text)
    }

    @Test func `certificates broken anywhere are no crash`() {
        var random = TestRandom(state: 3)
        for text in [Self.leaf, Self.authority, Self.key] {
            let lines = text.split(separator: "\n")
            let der = [UInt8](Data(base64Encoded: lines.dropFirst().dropLast().joined()) ?? Data())
            for _ in 0..<300 {
                var broken = der
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    broken[Int.random(in: 0..<broken.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                let end = Int.random(in: 1...broken.count, using: &random)
                let body = Data(broken[..<(Bool.random(using: &random) ? broken.count : end)]).base64EncodedString()
                let pem = "\(lines[0])\n\(body)\n\(lines[lines.count - 1])\n"
                for fact in CertificateReader.facts(pem: Array(pem.utf8)) { _ = fact.value }
            }
        }
    }
}
