/// Where suites come from: one kind of recording, and how it is held against the model.
package struct ConformanceSource: Sendable {
    /// The first part of its suites' names.
    package let name: String
    /// The suites of a folder, nothing where it has no such recordings. Problems of the files go to the folder's
    /// diagnostics.
    package let suites: @Sendable (RecordingFolder) -> [ConformanceReport.Suite]

    /// Every source. One line each; operators have a list of their own.
    package static let all: [ConformanceSource] =
        [
            KubernetesTraces.source,
            DNSTraces.source,
            CoreDNSCases.source,
            ArgoCDCases.source,
            ResourceHealthCases.source,
        ] + RecordedOperator.all.map(\.source)
}

/// Replays recordings of real components against the model.
package enum Conformance {
    /// - Parameter progress: told the name of each source before it is replayed.
    package static func run(_ folder: RecordingFolder, progress: (String) -> Void = { _ in }) -> ConformanceReport {
        var report = ConformanceReport()
        for source in ConformanceSource.all where folder.selection.mayContain(source: source.name) {
            progress(source.name)
            add(source.suites(folder), to: &report, folder.selection)
        }
        add(UnknownRecordings.suites(of: folder), to: &report, folder.selection)
        return report
    }

    private static func add(
        _ suites: [ConformanceReport.Suite], to report: inout ConformanceReport, _ selection: RecordingFolder.Selection
    ) {
        for var suite in suites where selection.contains(suite: suite.name) {
            suite.cases.removeAll { !selection.contains(case: $0.id) }
            if !suite.cases.isEmpty { report.suites.append(suite) }
        }
    }
}
