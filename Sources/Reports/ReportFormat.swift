package import ClusterSimulation

/// The formats a report can have. A new one is a file with its renderer and a line in each list below.
package enum ReportFormat: String, CaseIterable, Sendable {
    /// For the terminal.
    case text
    /// A failure-mode report for a postmortem.
    case markdown
    /// For machines: the documented, versioned schema.
    case json
    /// JUnit XML for CI.
    case junit

    private var renderer: any ReportRenderer.Type {
        switch self {
        case .text: TextReport.self
        case .markdown: MarkdownReport.self
        case .json: JSONReport.self
        case .junit: JUnitReport.self
        }
    }

    /// What a file of this format is usually called, without the dot.
    package var fileExtension: String { renderer.fileExtension }

    /// Renders the results of one or several scenarios, in the order given. Ends with a line break.
    ///
    /// Pure: equal results and style give equal text. Only `text` looks at `style`.
    package func render(_ results: [ScenarioResult], style: TextStyle = .plain) -> String {
        printable(renderer.render(results, style: style), style)
    }

    /// Nothing that came from input is obeyed by who shows it.
    private func printable(_ text: String, _ style: TextStyle) -> String {
        switch self {
        case .text: PrintableText.document(text, keepsColours: style.isColoured)
        case .markdown: PrintableText.document(text)
        case .json: PrintableText.document(text, as: .json)
        case .junit: PrintableText.document(text, as: .xml)
        }
    }

    /// Renders one outcome that nothing was expected of.
    package func render(_ outcome: Outcome, style: TextStyle = .plain) -> String {
        render([ScenarioResult(outcome)], style: style)
    }
}

/// What a report format has to provide.
protocol ReportRenderer {
    static var fileExtension: String { get }
    static func render(_ results: [ScenarioResult], style: TextStyle) -> String
}
