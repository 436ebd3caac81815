import ClusterSimulation
import Manifests

/// Traces of a real API server with its controllers: requests, answers, and what was left when all had settled.
enum KubernetesTraces {
    static let source = ConformanceSource(name: "kubernetes") { folder in
        suites(of: folder, in: "kubernetes") { "kubernetes/\($0)" }
    }

    /// The traces of a folder as suites by family, sorted by name.
    ///
    /// - Parameter recorded: whose traces these are; nil: of Kubernetes alone.
    static func suites(
        of folder: RecordingFolder, in name: String, with recorded: RecordedOperator? = nil,
        called suiteName: (String) -> String
    ) -> [ConformanceReport.Suite] {
        var suites: [ConformanceReport.Suite] = []
        for file in folder.files(in: name) {
            let id = String(file.split(separator: "/").last?.dropLast(".json".count) ?? "")
            guard folder.selection.contains(case: id), let trace = folder.document(file),
                isTrace(trace, folder, recorded)
            else { continue }
            let suite = suiteName(trace["family"]?.text ?? "")
            guard folder.selection.contains(suite: suite) else { continue }
            let result = replay(trace, id, recorded)
            if let index = suites.firstIndex(where: { $0.name == suite }) {
                suites[index].cases.append(result)
            } else {
                suites.append(.init(name: suite, cases: [result]))
            }
        }
        return suites.sorted { $0.name < $1.name }
    }

    /// The case of a trace; skipped where it has a step that nothing in the model can play.
    private static func replay(_ trace: Value, _ id: String, _ recorded: RecordedOperator?) -> ConformanceReport.Case {
        for (step, reason) in recorded?.unplayed ?? []
        where (trace["steps"]?.elements ?? []).contains(where: { $0[step] != nil }) {
            return ConformanceReport.Case(id: id, skipped: reason)
        }
        var replay = TraceReplay(trace: trace, id: id, recorded: recorded)
        return replay.run()
    }

    /// Whether a document has the form of a trace; what it lacks is reported at its place.
    private static func isTrace(_ document: Value, _ folder: RecordingFolder, _ recorded: RecordedOperator?) -> Bool {
        func refuse(_ message: String, _ value: Value) -> Bool {
            folder.diagnostics.error("not-a-trace", message, at: value.origin.isNone ? document.origin : value.origin)
            return false
        }
        guard document["family"]?.text != nil else { return refuse("a trace has a 'family'", document) }
        guard let steps = document["steps"], !steps.elements.isEmpty else {
            return refuse("a trace has a list of 'steps'", document)
        }
        var isWhole = true
        for step in steps.elements where !isStep(step, recorded) {
            isWhole = refuse(
                "a step has 'request' with 'method' and 'path' and 'response' with 'code', or 'dns' and 'answer', or "
                    + "'settle'", step)
        }
        return isWhole
    }

    private static func isStep(_ step: Value, _ recorded: RecordedOperator?) -> Bool {
        if let recorded {
            if recorded.unplayed.contains(where: { step[$0.step] != nil }) { return true }
            if step["wait"]?.integer != nil || step.at("copySecret", "name")?.text != nil { return true }
        }
        if let settled = step["settle"], case .array = settled.content { return true }
        if step.at("dns", "name")?.text != nil { return step.at("answer", "rcode")?.text != nil }
        return step.at("request", "method")?.text != nil && step.at("request", "path")?.text != nil
            && step.at("response", "code")?.integer != nil
    }
}
