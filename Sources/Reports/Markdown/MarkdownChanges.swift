import ClusterSimulation

/// Section 4 of the failure-mode report: what was done and when, the change sets, and their files.
enum MarkdownChanges {
    static func section(of outcome: Outcome) -> String {
        var text = "## 4. What changed\n\n"
        if outcome.timeline.isEmpty { return text + "Nothing was changed during the rehearsal.\n" }
        text += MarkdownText.table(
            ["Time", "After", "Who", "What", "Source"],
            outcome.timeline.map { entry in
                [
                    entry.at.rfc3339, (entry.at - outcome.start).text, MarkdownText.plain(entry.actor),
                    MarkdownText.plain(entry.text), MarkdownText.code(entry.source ?? "", inTable: true),
                ]
            })
        guard !outcome.changeSets.isEmpty else { return text }
        text += "\n### Change sets\n\n"
        text += MarkdownText.table(
            ["Change set", "Title", "Repository", "Merged", "Reverted"],
            outcome.changeSets.map { changeSet in
                [
                    MarkdownText.plain(changeSet.name), MarkdownText.plain(changeSet.title),
                    MarkdownText.plain(changeSet.repository), changeSet.mergedAt?.rfc3339 ?? "never",
                    changeSet.revertedAt?.rfc3339 ?? "",
                ]
            })
        return text + files(of: outcome.changeSets)
    }

    /// The files of the change sets that were merged; a long list is cut, the JSON has all of it.
    private static func files(of changeSets: [ChangeSetRow]) -> String {
        let limit = 40
        var text = ""
        for changeSet in changeSets where changeSet.mergedAt != nil {
            let files =
                changeSet.changedFiles.map { "- \(MarkdownText.code($0))\n" }
                + changeSet.removedFiles.map { "- \(MarkdownText.code($0)) (removed)\n" }
            if files.isEmpty { continue }
            let title = "\(MarkdownText.plain(changeSet.name)): \(TextReport.count(files.count, "file"))"
            text += "\n#### \(title)\n\n" + files.prefix(limit).joined()
            if files.count > limit { text += "- and \(files.count - limit) more\n" }
        }
        return text.isEmpty ? "" : "\n### Files changed\n" + text
    }
}
