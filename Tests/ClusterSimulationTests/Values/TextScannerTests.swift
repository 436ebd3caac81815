import ClusterSimulation
import Testing

/// Texts of half a megabyte and more, full of names: each is read once.
@Suite(.timeLimit(.minutes(1))) struct TextScannerTests {
    private static let count = 20_000

    @Test func `names of Services`() {
        let text = Symbol((0..<Self.count).map { "http://web-\($0).apps.svc:80" }.joined(separator: " "))
        let written = DNSNameScanner.written(in: text)
        #expect(written.count == Self.count)
        #expect(written.last?.host == "web-\(Self.count - 1).apps.svc")
        #expect(DNSNameScanner.names(in: text).count == Self.count)
    }

    @Test func `short names in URLs`() {
        let text = Symbol((0..<Self.count).map { "http://web-\($0).apps:80" }.joined(separator: " "))
        #expect(DNSNameScanner.shortNames(in: text).count == Self.count)
    }

    @Test func `namespaces of metrics`() {
        let text = Symbol((0..<Self.count).map { #"up{namespace="n-\#($0)"}"# }.joined(separator: " or "))
        #expect(MetricLabelScanner.namespaces(in: text.utf8).count == Self.count)
    }

    @Test func `a name within a longer one is not taken for it`() {
        let text: Symbol = "x_web.apps.svc then db.web.apps.svc"
        #expect(DNSNameScanner.written(in: text).map(\.host) == ["db.web.apps.svc"])
    }
}
