import ClusterSimulation
import Manifests

/// Manifests with the health that Argo CD gives them: `argocd-health/index.json` and the files that it names.
enum ResourceHealthCases {
    static let source = ConformanceSource(name: "argocd-health") { folder in
        guard folder.selection.mayContain(source: "argocd-health"),
            let index = folder.document("argocd-health/index.json")
        else { return [] }
        var suites: [ConformanceReport.Suite] = []
        for name in ["argocd-health/builtin", "argocd-health/scripts"] where folder.selection.contains(suite: name) {
            let isScripted = name.hasSuffix("scripts")
            let cases = index.elements.compactMap { row -> ConformanceReport.Case? in
                guard (row["check"]?.text == "lua") == isScripted else { return nil }
                return result(row, in: folder)
            }
            suites.append(.init(name: name, cases: cases))
        }
        return suites
    }

    private static func result(_ row: Value, in folder: RecordingFolder) -> ConformanceReport.Case? {
        let id = row["case"]?.text ?? ""
        guard folder.selection.contains(case: id) else { return nil }
        let file = "argocd-health/" + (row["inputFile"]?.text ?? "")
        let request = "the health of \(file)"
        let comparesMessage = row["messageAsserted"]?.boolean == true
        let expected = text(
            row["expectedStatusFullPath"]?.text, row["expectedMessageFullPath"]?.text, comparesMessage)
        guard let manifest = folder.manifest(file), let input = HealthInput(document: manifest) else {
            return .init(id: id, request: request, expected: expected, got: "the manifest cannot be read")
        }
        let script = folder.health?.shipped.script(group: input.group, kind: input.kind)
        if row["check"]?.text == "lua", script == nil, !HealthCheck.isNative(group: input.group, kind: input.kind) {
            return .init(id: id, skipped: "the kind has no native check, and no script is given for it")
        }
        let answer = HealthCheck.finding(input, script: script, runner: folder.health?.runner, now: .epoch) {
            manifest
        }
        let health = answer.finding.health
        return .init(
            id: id, request: request, expected: expected,
            got: text(health?.code.text.text, health?.message, comparesMessage))
    }

    /// The status, and the message where it is compared.
    private static func text(_ status: String?, _ message: String?, _ comparesMessage: Bool) -> String {
        let status = status ?? "no health"
        return comparesMessage ? "\(status)\n\(message ?? "")" : status
    }
}
