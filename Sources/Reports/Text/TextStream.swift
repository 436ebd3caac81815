import ClusterSimulation

/// The text report of several scenarios in parts, so that each is told when it has ended. All parts together are what
/// `ReportFormat.text` makes of all results.
package struct TextStream {
    /// How the text is laid out.
    package let style: TextStyle
    private var results: [ScenarioResult] = []

    /// A stream that nothing was told in yet.
    package init(style: TextStyle) { self.style = style }

    /// The part of the next result. Ends with a line break.
    package mutating func next(_ result: ScenarioResult) -> String {
        results.append(result)
        return printable(TextReport.part(result, isFirst: results.count == 1, style))
    }

    /// What is told of all results together; empty where there is nothing.
    package func end() -> String { printable(TextReport.end(of: results, style)) }

    private func printable(_ text: String) -> String {
        PrintableText.document(text, keepsColours: style.isColoured)
    }
}
