import ClusterSimulation
import Foundation
import Testing

@testable import Manifests

/// The same pairs by the command itself, with the certificates read from PEM as manifests are read. A process for
/// each pair takes time: some hundreds, or as many as `REHEARSE_OPENSSL_PAIRS` asks for (`make certificates`).
@Suite(.enabled(if: OpenSSLCommand.isInstalled, "needs the openssl command: make setup"))
struct OpenSSLCommandTests {
    private static let pairs = ProcessInfo.processInfo.environment["REHEARSE_OPENSSL_PAIRS"].flatMap { Int($0) } ?? 200
    private static let batch = 500

    @Test func `the openssl command and the model agree but for the list`() async throws {
        let batches = (Self.pairs + Self.batch - 1) / Self.batch
        var counts: [String: Int] = [:]
        try await withThrowingTaskGroup(of: [Judgement].self) { group in
            var next = 0
            func start() {
                guard next < batches else { return }
                let number = next
                next += 1
                group.addTask {
                    try Self.judgements(number, count: min(Self.batch, Self.pairs - number * Self.batch))
                }
            }
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { start() }
            while let judgements = try await group.next() {
                for judgement in judgements {
                    switch judgement {
                    case .bothAccept: counts["both accept", default: 0] += 1
                    case .bothRefuse: counts["both refuse", default: 0] += 1
                    case .known(let name): counts[name, default: 0] += 1
                    case .unknown(let text): Issue.record("\(text)")
                    }
                }
                start()
            }
        }
        #expect(counts.values.reduce(0, +) == Self.pairs)
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) { print("  \(name): \(count)") }
    }

    private static func judgements(_ number: Int, count: Int) throws -> [Judgement] {
        // Other pairs than those of OpenSSLNameTests.
        var random = TestRandom(state: 1_000_000 + UInt64(number))
        let pairs = (0..<count).map { _ in NamePair.random(&random) }
        let answers = try OpenSSLCommand.accepts(pairs)
        return try zip(pairs, answers).map { pair, isAccepted in
            let facts = try #require(CertificateReader.facts(pem: Array(pair.certificate.pem.utf8)).first?.certificate)
            #expect(facts.dnsNames == pair.certificate.facts.dnsNames)
            #expect(facts.ipAddresses == pair.certificate.facts.ipAddresses)
            // The command does not say which name it was: the function behind it does, and has to agree.
            let name = OpenSSLCertificate(der: pair.certificate.der())?.name(covering: pair.host)
            #expect((name != nil) == isAccepted, "\(pair)")
            return Judgement(pair, facts, openSSL: name)
        }
    }
}
