import ClusterSimulation
package import Reports

/// The forms in which a comparison is reported.
package enum ConformanceFormat: String, CaseIterable, Sendable {
    case text, json, junit, markdown

    /// The whole report.
    package func render(
        _ report: ConformanceReport, of folder: RecordingFolder, style: TextStyle = .plain
    ) -> String {
        switch self {
        case .text:
            PrintableText.document(ConformanceText.render(report, style: style), keepsColours: style.isColoured)
        case .json: PrintableText.document(ConformanceJSON.render(report), as: .json)
        case .junit: PrintableText.document(ConformanceJUnit.render(report), as: .xml)
        case .markdown: PrintableText.document(FidelityPage.render(report, folder))
        }
    }
}
