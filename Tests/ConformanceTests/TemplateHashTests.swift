import ClusterSimulation
import Manifests
import Testing

@testable import ClusterSimulation
@testable import Conformance

/// The hashes of every template that the recordings' requests write in one piece, against the labels that the real
/// controllers gave. The replay of the traces covers the patched ones.
@Suite struct TemplateHashTests {
    /// What a template must be called, and the labels of all objects that were left by the next settling.
    private struct Expectation {
        var trace: String
        var label: Symbol
        var hash: Symbol
        var selector: LabelSelector
        var settled: [Value]
    }

    @Test func `written templates have the recorded hashes`() throws {
        let diagnostics = DiagnosticCollector()
        let folder = RecordingFolder(path: Recordings.sample, diagnostics: diagnostics)
        var checked = 0
        for file in folder.files(in: "kubernetes") {
            for expectation in expectations(try #require(folder.document(file)), file) {
                let made = expectation.settled.compactMap { object -> Symbol? in
                    let labels = object["labels"]?.fields.compactMap { field in
                        field.value.symbol.map { (field.key, $0) }
                    }
                    guard expectation.selector.matches(LabelMap(entries: labels ?? [])) else { return nil }
                    return object["labels"]?[expectation.label]?.symbol
                }
                if made.isEmpty { continue }
                #expect(made.contains(expectation.hash), "\(expectation.trace): \(made) without \(expectation.hash)")
                checked += 1
            }
        }
        #expect(checked > 30)
    }

    private func expectations(_ trace: Value, _ file: String) -> [Expectation] {
        let steps = trace["steps"]?.elements ?? []
        return steps.enumerated().compactMap { index, step in
            guard step.at("request", "method")?.symbol == "POST", step.at("response", "code")?.integer == 201,
                let body = step.at("request", "body"), let template = body.at("spec", "template"),
                let selector = body.at("spec", "selector"), let name = body.at("metadata", "name")?.symbol,
                let settled = steps[index...].lazy.compactMap({ $0["settle"] }).first?.elements
            else { return nil }
            let isStatefulSet = body["kind"]?.symbol == "StatefulSet"
            guard isStatefulSet || body["kind"]?.symbol == "Deployment" else { return nil }
            let hashes = PodTemplateHash(template, minor: 36)
            return Expectation(
                trace: file, label: isStatefulSet ? "controller-revision-hash" : "pod-template-hash",
                hash: isStatefulSet ? Symbol("\(name)-\(hashes.revision)") : hashes.text,
                selector: LabelSelector(selector), settled: settled)
        }
    }
}
