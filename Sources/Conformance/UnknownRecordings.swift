import Manifests

/// Recordings for which there is no replay: told, and never left out in silence.
enum UnknownRecordings {
    static let reason = "no replay for this kind of recording"

    /// A suite for each folder, and each file beside them, that no source reads; in the order of their names.
    static func suites(of folder: RecordingFolder) -> [ConformanceReport.Suite] {
        let known = Set(ConformanceSource.all.map(\.name))
        var suites: [ConformanceReport.Suite] = []
        for file in folder.files(in: "") {
            let parts = file.split(separator: "/")
            let name = parts.count == 1 ? String(file.dropLast(".json".count)) : String(parts[0])
            guard !known.contains(name) else { continue }
            let id = String(parts.last?.dropLast(".json".count) ?? "")
            let skipped = ConformanceReport.Case(id: id, skipped: reason)
            if suites.last?.name == name {
                suites[suites.count - 1].cases.append(skipped)
            } else {
                suites.append(.init(name: name, cases: [skipped]))
            }
        }
        return suites
    }
}
