import Foundation
import Testing

/// Values of Secrets planted wherever a scenario can hold them are found in nothing that a command leaves.
@Suite struct SecretTests {
    private static let planted = "hunter2-correct-horse"

    private var manifests: String {
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: vaulted}
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: plain
          namespace: vaulted
          annotations:
            kubectl.kubernetes.io/last-applied-configuration: >
              {"apiVersion":"v1","kind":"Secret","stringData":{"password":"\(Self.planted)"}}
        stringData: {password: \(Self.planted)}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: encoded, namespace: vaulted}
        data: {password: \(Data(Self.planted.utf8).base64EncodedString())}
        ---
        apiVersion: v1
        kind: List
        items:
          - apiVersion: v1
            kind: Secret
            metadata: {name: listed, namespace: vaulted}
            stringData: {password: \(Self.planted)}
        """
    }

    /// Every byte of every file below a folder, and of what was printed.
    private func everything(_ rehearse: Command, _ results: [Command.Result]) throws -> Data {
        var bytes = Data()
        for result in results { bytes += Data((result.output + result.errors).utf8) }
        let reports = rehearse.folder.appendingPathComponent("reports")
        for name in try FileManager.default.subpathsOfDirectory(atPath: reports.path) {
            bytes += (try? Data(contentsOf: reports.appendingPathComponent(name))) ?? Data()
        }
        return bytes
    }

    private func expectNoSecret(_ bytes: Data, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
        for text in [Self.planted, Data(Self.planted.utf8).base64EncodedString()] {
            #expect(bytes.range(of: Data(text.utf8)) == nil, sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: ["text", "markdown", "json", "junit"])
    func `of a rehearsal`(format: String) throws {
        try withScenarios { rehearse in
            try rehearse.writeScenario("secrets", manifests: manifests)
            let result = try rehearse("run", "secrets", "--format", format)
            #expect(result.status != 2 && result.status != 3, "\(result)")
            let bytes = try everything(rehearse, [result, try rehearse("report", "latest")])
            #expect(bytes.range(of: Data("secrets".utf8)) != nil)
            expectNoSecret(bytes)
        }
    }

    @Test func `of what is wrong with a file`() throws {
        try withScenarios { rehearse in
            // The second line of a broken document is shown to the user, without its value.
            for broken in [
                "stringData: {password: \(Self.planted), password: \(Self.planted)}",
                "stringData: [\(Self.planted)]", "stringData: {password: \(Self.planted)", "data: {a: \(Self.planted)}",
            ] {
                try rehearse.writeScenario(
                    "broken",
                    manifests: "apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: default}\n\(broken)\n")
                let result = try rehearse("run", "broken", "--no-ledger")
                expectNoSecret(Data((result.output + result.errors).utf8))
            }
        }
    }
}
