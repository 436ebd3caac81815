import ClusterSimulation

/// Section 7 of the failure-mode report: the change sets in effect at the horizon, to be reverted newest first.
enum MarkdownRollback {
    static func section(of outcome: Outcome) -> String {
        var text = "## 7. Rollback\n\n"
        let merged = changeSetsInEffect(in: outcome)
        if merged.isEmpty { return text + "No change set is in effect at the end: there is nothing to revert.\n" }
        // The revisions of a rehearsal exist nowhere else, so the commits are the reader's to fill in.
        text +=
            merged.count == 1
            ? "Revert the change set that is in effect:\n\n"
            : "Revert the \(merged.count) change sets that are in effect, newest first and all together:\n\n"
        text += MarkdownText.block("bash", commands(for: merged))
        if merged.count > 1 {
            text += "\nReverting only some of them is another change, with failures of its own. Rehearse it first, "
            text += "as `revert` steps of a scenario.\n"
        }
        text += "\nA revert restores manifests only. What the change deleted (namespaces, volumes, objects made by "
        text += "controllers or by hand) comes back only as far as controllers create it again.\n"
        let terminating = outcome.namespaces.filter { $0.phase == "Terminating" }
        if !terminating.isEmpty {
            let names = terminating.map { MarkdownText.code($0.name) }.joined(separator: ", ")
            text += "\nNothing can be created in a namespace that is Terminating. Before a rollback these have to "
            text += "be gone: \(names).\n"
        }
        return text
    }

    /// Merged and not reverted since, the latest merge first.
    private static func changeSetsInEffect(in outcome: Outcome) -> [ChangeSetRow] {
        let merged = outcome.changeSets.enumerated().filter { _, changeSet in
            guard let mergedAt = changeSet.mergedAt else { return false }
            guard let revertedAt = changeSet.revertedAt else { return true }
            return revertedAt < mergedAt
        }
        return merged.sorted { left, right in
            let leftTime = left.element.mergedAt ?? .never
            let rightTime = right.element.mergedAt ?? .never
            return leftTime == rightTime ? left.offset > right.offset : leftTime > rightTime
        }.map(\.element)
    }

    private static func commands(for changeSets: [ChangeSetRow]) -> [String] {
        var lines: [String] = []
        var repository: String?
        let isOneRepository = changeSets.allSatisfy { $0.repository == changeSets[0].repository }
        for changeSet in changeSets {
            if changeSet.repository != repository {
                if repository != nil { lines.append("git push") }
                lines.append("# in a clone of \(changeSet.repository.singleLine)")
                repository = changeSet.repository
            }
            let name = changeSet.name.singleLine
            lines.append("git revert --no-edit <commit of \(name)>  # \(changeSet.title.singleLine)")
        }
        lines.append("git push")
        if !isOneRepository { lines.append("# mind the order across repositories: it is the reverse of the merges") }
        return lines
    }
}
