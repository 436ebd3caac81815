import Testing

@testable import ClusterSimulation

@Suite struct MetricLabelScannerTests {
    @Test(arguments: [
        (#"up{job="x",namespace="telemetry"} == 0"#, ["telemetry"]),
        (#"a{namespace="one"} or absent(b{ namespace = 'two' }) + c{namespace="one"}"#, ["one", "two"]),
        (#""expr": "up{namespace=\"argo\"}""#, ["argo"]),
        (#"up{namespace=~"a|b"} + up{namespace!="c"}"#, []),
        (#"up{exported_namespace="x"} namespace: telemetry"#, []),
        (#"up{namespace="unfinished"#, []),
        ("namespace", []),
        ("", []),
    ])
    func `finds equality selectors only`(text: String, expected: [String]) {
        var text = text
        let found = text.withUTF8 { MetricLabelScanner.namespaces(in: UnsafeRawBufferPointer($0)) }
        #expect(found.map(\.text) == expected)
    }
}
