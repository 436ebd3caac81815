import ClusterSimulation
import Foundation
import Testing

@testable import Manifests

/// The health that Argo CD gives to manifests of its own test data, where they lie beside the repository.
@Suite struct ArgoCDHealthTests {
    static let folder: URL? = {
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        for _ in 0..<6 {
            folder.deleteLastPathComponent()
            let cases = folder.appendingPathComponent("shared/conformance/argocd-health")
            if FileManager.default.fileExists(atPath: cases.path) { return cases }
        }
        return nil
    }()

    static let isPresent = folder != nil

    /// The only check that reads what the API no longer serves: conditions of an autoscaler in an annotation.
    static func isServed(_ entry: [String: Any]) -> Bool {
        !(entry["kind"] as? String == "HorizontalPodAutoscaler" && entry["version"] as? String == "v1")
    }

    @Test(.enabled(if: isPresent, "the recorded manifests are not beside the repository"))
    func `every kind with a check has the health that Argo CD gives it`() throws {
        let folder = try #require(Self.folder)
        let data = try Data(contentsOf: folder.appendingPathComponent("index.json"))
        let index = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
        var compared = 0
        for entry in index where Self.isServed(entry) {
            let path = folder.appendingPathComponent(entry["inputFile"] as? String ?? "").path
            let documents = DocumentReader(diagnostics: DiagnosticCollector()).read(path: path)
            guard let document = documents.first, let input = HealthInput(document: document),
                let health = HealthCheck.health(input)
            else { continue }
            let name = entry["case"] as? String ?? ""
            compared += 1
            #expect(health.code.text.text == entry["expectedStatusFullPath"] as? String, "\(name)")
            if entry["messageAsserted"] as? Bool == true, !input.isDeleting {
                #expect(health.message == entry["expectedMessage"] as? String, "\(name)")
            }
        }
        #expect(compared > 40)
    }
}
