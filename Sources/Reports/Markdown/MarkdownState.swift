import ClusterSimulation

/// Sections 1 and 2 of the failure-mode report: the namespaces, and the tables as they were at the horizon.
enum MarkdownState {
    // MARK: 1. Target namespaces

    static func targetNamespaces(of outcome: Outcome) -> String {
        var text = "## 1. Target namespaces\n\n"
        let staying = outcome.namespaces.filter { $0.phase != "Terminating" }
        let leaving = outcome.namespaces.filter { $0.phase == "Terminating" }
        if staying.isEmpty { text += "No namespace is listed in the outcome.\n" }
        text += MarkdownText.table(
            ["Namespace", "Phase", "Applications", "Pods ready"],
            staying.map { namespace in
                [
                    MarkdownText.code(namespace.name, inTable: true), MarkdownText.plain(namespace.phase),
                    outcome.applications.filter { $0.namespace == namespace.name }
                        .map { MarkdownText.plain($0.name) }.joined(separator: ", "),
                    readiness(of: outcome.pods.filter { $0.namespace == namespace.name }),
                ]
            })
        if !outcome.removedNamespaces.isEmpty {
            let names = outcome.removedNamespaces.map { MarkdownText.code($0) }.joined(separator: ", ")
            text += "\nNamespaces removed: \(names).\n"
        }
        guard !leaving.isEmpty else { return text }
        text += "\nNamespaces that were deleted and are not gone:\n\n"
        for namespace in leaving {
            text += "- \(MarkdownText.code(namespace.name)), Terminating\n"
            for condition in namespace.conditions where condition.status == "True" {
                text += "  - \(MarkdownText.plain(condition.type)): \(MarkdownText.plain(condition.message))\n"
            }
        }
        return text
    }

    private static func readiness(of pods: [PodRow]) -> String {
        pods.isEmpty ? "no pods" : "\(pods.count(where: \.isGood)) of \(pods.count)"
    }

    // MARK: 2. State

    static func stateTables(of outcome: Outcome) -> String {
        "## 2. State at \(outcome.horizon.rfc3339)\n\n" + applications(of: outcome) + "\n" + pods(of: outcome)
    }

    private static func applications(of outcome: Outcome) -> String {
        var text = "### 2.1 Argo CD applications\n\n"
        if outcome.applications.isEmpty { return text + "There are none.\n" }
        text += MarkdownText.table(
            ["Application", "Sync", "Health", "Namespace", "Project", "Notes"],
            outcome.applications.map { row in
                [
                    MarkdownText.plain(row.name), emphasized(row.sync, unless: row.sync == "Synced"),
                    emphasized(row.health, unless: row.health == "Healthy"), MarkdownText.plain(row.namespace),
                    MarkdownText.plain(row.project), MarkdownText.plain(row.message),
                ]
            })
        return text
    }

    private static func pods(of outcome: Outcome) -> String {
        var text = "### 2.2 Pods by namespace\n"
        if outcome.pods.isEmpty { return text + "\nThere are none.\n" }
        // In order of first appearance: the outcome's own order is kept.
        var order: [String] = []
        var groups: [String: [PodRow]] = [:]
        for pod in outcome.pods {
            if groups[pod.namespace] == nil { order.append(pod.namespace) }
            groups[pod.namespace, default: []].append(pod)
        }
        for namespace in order {
            let rows = groups[namespace] ?? []
            let bad = rows.count { !$0.isGood }
            let state = bad == 0 ? "all \(rows.count) healthy" : "\(bad) of \(rows.count) need attention"
            text += "\n#### \(MarkdownText.plain(namespace)): \(state)\n\n"
            text += MarkdownText.table(
                ["Pod", "Ready", "Status", "Notes"],
                rows.map { row in
                    [
                        MarkdownText.plain(row.name), MarkdownText.plain(row.ready),
                        emphasized(row.status, unless: row.isGood), MarkdownText.plain(row.message),
                    ]
                })
        }
        return text
    }

    private static func emphasized(_ text: String, unless isGood: Bool) -> String {
        isGood || text.isEmpty ? MarkdownText.plain(text) : "**\(MarkdownText.plain(text))**"
    }
}
