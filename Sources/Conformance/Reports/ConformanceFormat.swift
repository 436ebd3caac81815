package import Reports

/// The forms in which a comparison is reported.
package enum ConformanceFormat: String, CaseIterable, Sendable {
    case text, json, junit, markdown

    /// The whole report.
    package func render(
        _ report: ConformanceReport, of folder: RecordingFolder, style: TextStyle = .plain
    ) -> String {
        switch self {
        case .text: ConformanceText.render(report, style: style)
        case .json: ConformanceJSON.render(report)
        case .junit: ConformanceJUnit.render(report)
        case .markdown: FidelityPage.render(report, folder)
        }
    }
}
