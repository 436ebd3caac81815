import ClusterSimulation

/// Traces of a real API server with its controllers: requests, answers, and what was left when all had settled.
enum KubernetesTraces {
    static let source = ConformanceSource(name: "kubernetes") { folder in
        suites(of: folder, in: "kubernetes") { "kubernetes/\($0)" }
    }

    /// The traces of a folder as suites by family, sorted by name.
    static func suites(
        of folder: RecordingFolder, in name: String, called suiteName: (String) -> String
    ) -> [ConformanceReport.Suite] {
        var suites: [ConformanceReport.Suite] = []
        for file in folder.files(in: name) {
            let id = String(file.split(separator: "/").last?.dropLast(".json".count) ?? "")
            guard folder.selection.contains(case: id), let trace = folder.document(file) else { continue }
            let suite = suiteName(trace["family"]?.text ?? "")
            guard folder.selection.contains(suite: suite) else { continue }
            var replay = TraceReplay(trace: trace, id: id)
            let result = replay.run()
            if let index = suites.firstIndex(where: { $0.name == suite }) {
                suites[index].cases.append(result)
            } else {
                suites.append(.init(name: suite, cases: [result]))
            }
        }
        return suites.sorted { $0.name < $1.name }
    }
}
