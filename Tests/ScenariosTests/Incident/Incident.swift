import ClusterSimulation
import Foundation
import Scenarios
import Testing

/// The namespace consolidation, as it is or with some of its files changed.
enum Incident {
    /// The scenario's folder.
    static let folder = TestFiles.url("scenarios/namespace-consolidation")

    /// What comes out of the scenario as it is; run once for all tests.
    static let outcome: Outcome = {
        do { return try run(folder) } catch { preconditionFailure("the incident does not load: \(error)") }
    }()

    /// What comes out of a copy of the scenario that `edit` has changed.
    static func outcome(editing edit: (Copy) throws -> Void) throws -> Outcome {
        try withCopy(of: "scenarios/namespace-consolidation") { folder in
            try edit(Copy(folder: folder))
            return try run(folder)
        }
    }

    private static func run(_ folder: URL) throws -> Outcome {
        let (scenario, problems) = ScenarioLoader.load(path: folder.appendingPathComponent("scenario.yaml").path)
        guard let scenario, !problems.hasErrors else { throw LoadFailure(text: problems.text) }
        var runner = ScenarioRunner(scenario)
        return runner.run()
    }

    struct LoadFailure: Error, CustomStringConvertible {
        var text: String
        var description: String { text }
    }

    /// A copy of the scenario's folder that a test may change.
    struct Copy {
        var folder: URL

        /// Replaces text in files, which must be there: an edit that changes nothing tests nothing.
        func replace(
            _ old: String, with new: String, in paths: String...,
            sourceLocation: Testing.SourceLocation = #_sourceLocation
        ) throws {
            for path in paths {
                let text = try read(path)
                #expect(text.contains(old), "\(path) does not contain \(old)", sourceLocation: sourceLocation)
                try write(text.replacingOccurrences(of: old, with: new), to: path)
            }
        }

        /// Puts the text before #1738 back into files that the pull request changed.
        func leaveOut(_ paths: [String]) throws {
            for path in paths { try write(read("repository/\(path)"), to: "pull-requests/1738/\(path)") }
        }

        func append(_ text: String, to path: String) throws { try write(read(path) + text, to: path) }

        func read(_ path: String) throws -> String {
            try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
        }

        func write(_ text: String, to path: String) throws {
            try text.write(to: folder.appendingPathComponent(path), atomically: true, encoding: .utf8)
        }

        /// Every YAML file, relative to the folder, in order of path.
        var files: [String] {
            let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
            return all.filter { $0.hasSuffix(".yaml") }.sorted()
        }
    }
}

/// One of the six issues that the postmortem of the incident lists.
struct IncidentIssue: CustomTestStringConvertible, Sendable {
    var number: Int
    var title: String
    var invariant: String
    /// The subjects, each by kind, namespace and name.
    var subjects: [Subject]
    /// What the postmortem quotes, or says in words.
    var text: String
    /// Whether it is over at the horizon.
    var isFixed: Bool

    var testDescription: String { "issue \(number), \(title)" }

    /// Its violations in an outcome.
    func violations(in outcome: Outcome) -> [Violation] {
        outcome.violations.filter {
            $0.invariant == invariant && subjects.contains($0.subject) && $0.message.contains(text)
        }
    }

    /// - Parameter names: the present names of the namespaces `argo`, `automation`, `arc-systems` and `trader`.
    static func all(_ names: [String: String] = [:]) -> [IncidentIssue] {
        func name(_ namespace: String) -> String { names[namespace] ?? namespace }
        return [
            IncidentIssue(
                number: 1, title: "the event bus does not start", invariant: "parameters-parse",
                subjects: [
                    Subject(kind: "StatefulSet", namespace: name("automation"), name: "eventbus-default-stan")
                ],
                text: "parameter \"max_age\" value is expected to be string, got int64", isFixed: true),
            IncidentIssue(
                number: 2, title: "a secret that Vault does not hold", invariant: "secrets-materialise",
                subjects: [
                    Subject(kind: "Deployment", namespace: "cto", name: "cto-tools"),
                    Subject(kind: "Deployment", namespace: "cto", name: "cto-tools-k8s-mcp"),
                ],
                text:
                    "MountVolume.SetUp failed for volume \"kubeconfig\" : secret \"tools-kubernetes-secrets\" not found",
                isFixed: false),
            IncidentIssue(
                number: 3, title: "a namespace baked into an image", invariant: "image-namespace-matches",
                subjects: [Subject(kind: "Deployment", namespace: "cto", name: "cto-controller")],
                text: "looking for ConfigMaps in `agent-platform` namespace", isFixed: false),
            IncidentIssue(
                number: 4, title: "stuck namespaces", invariant: "no-stuck-termination",
                subjects: [
                    Subject(kind: "Namespace", namespace: nil, name: name("argo")),
                    Subject(kind: "Namespace", namespace: nil, name: name("arc-systems")),
                ],
                text: "Terminating", isFixed: true),
            IncidentIssue(
                number: 5, title: "a certificate for the old name", invariant: "certificate-covers-service",
                subjects: [
                    Subject(kind: "ValidatingWebhookConfiguration", namespace: nil, name: "ingress-nginx-admission")
                ],
                text: "TLS certificate mismatch", isFixed: true),
            IncidentIssue(
                number: 6, title: "a namespace that does not exist", invariant: "target-namespace-exists",
                subjects: [Subject(kind: "Application", namespace: "argocd", name: "vault-config")],
                text: "namespaces \"\(name("trader"))\" not found", isFixed: true),
        ]
    }
}
