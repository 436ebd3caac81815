import ClusterSimulation

/// The tables of the text report: Argo CD applications, pods, and namespaces that are not simply active.
enum TextTables {
    static func sections(of outcome: Outcome, _ style: TextStyle) -> [String] {
        [applications(of: outcome, style), pods(of: outcome, style), namespaces(of: outcome, style)]
    }

    private static func applications(of outcome: Outcome, _ style: TextStyle) -> String {
        let (rows, hidden) = visible(outcome.applications, style) { !$0.isGood }
        var table = TextTable(["NAME", "SYNC", "HEALTH", "NAMESPACE", "PROJECT", "MESSAGE"])
        for row in rows {
            table.append([
                .init(row.name), .init(row.sync, row.sync == "Synced" ? .good : .warning),
                .init(row.health, row.healthTone), .init(row.namespace), .init(row.project), .init(row.message),
            ])
        }
        return section("Applications", table, hidden, "more, all Synced and Healthy", outcome, style)
    }

    private static func pods(of outcome: Outcome, _ style: TextStyle) -> String {
        let (rows, hidden) = visible(outcome.pods, style) { !$0.isGood }
        var table = TextTable(["NAMESPACE", "NAME", "READY", "STATUS", "MESSAGE"])
        for row in rows {
            table.append([
                .init(row.namespace), .init(row.name), .init(row.ready),
                .init(row.status, row.isGood ? .good : .bad), .init(row.message),
            ])
        }
        return section("Pods", table, hidden, "more, all running and ready, or completed", outcome, style)
    }

    private static func namespaces(of outcome: Outcome, _ style: TextStyle) -> String {
        var table = TextTable(["NAME", "PHASE", "CONDITION", "MESSAGE"])
        for row in outcome.namespaces where !row.isGood {
            let conditions = row.conditions.filter { $0.status == "True" }
            if conditions.isEmpty { table.append([.init(row.name), .init(row.phase, .bad)]) }
            for (index, condition) in conditions.enumerated() {
                table.append([
                    .init(index == 0 ? row.name : ""), .init(index == 0 ? row.phase : "", .bad),
                    .init(condition.type), .init(condition.message),
                ])
            }
        }
        return section("Namespaces that need attention", table, 0, "", outcome, style)
    }

    private static func section(
        _ title: String, _ table: TextTable, _ hidden: Int, _ hiddenText: String, _ outcome: Outcome,
        _ style: TextStyle
    ) -> String {
        guard !table.isEmpty || hidden > 0 else { return "" }
        var text = TextReport.heading("\(title) at \(outcome.horizon.rfc3339)", style)
        text += table.render(style, indent: 2)
        if hidden > 0 { text += "  " + style.paint("\(hidden) \(hiddenText)", .faint) + "\n" }
        return text
    }

    /// All rows, or above the limit those that need attention.
    private static func visible<Row>(
        _ rows: [Row], _ style: TextStyle, needsAttention: (Row) -> Bool
    ) -> (rows: [Row], hidden: Int) {
        guard rows.count > style.rowLimit, !style.isVerbose else { return (rows, 0) }
        let shown = rows.filter(needsAttention)
        return (shown, rows.count - shown.count)
    }
}
