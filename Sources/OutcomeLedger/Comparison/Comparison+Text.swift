import ClusterSimulation

extension Comparison {
    /// For people: the counts, then the entries by what became of them, regressions first. Ends with a line break.
    package var text: String {
        var text = "run \(before) compared with run \(after): \(summary)".singleLine + "\n"
        for change in Change.allCases {
            let entries = entries.filter { $0.change == change }
            guard !entries.isEmpty else { continue }
            text += "\n\(change.title)\n"
            for entry in entries { text += entry.lines }
        }
        text += Self.list("Scenarios that were not rehearsed before", addedScenarios)
        text += Self.list("Scenarios that were not rehearsed now", scenariosNotRun)
        text += Self.list(
            "Not deterministic: same input, seed and model version, another outcome (a bug of rehearse)",
            nondeterministicScenarios)
        return PrintableText.document(text)
    }

    /// `1 new, 2 fixed`, or `no violations in either`.
    private var summary: String {
        let counts = Change.allCases.compactMap { change in
            count(change) > 0 ? "\(count(change)) \(change.words)" : nil
        }
        return counts.isEmpty ? "no violations in either" : counts.joined(separator: ", ")
    }

    private static func list(_ title: String, _ names: [String]) -> String {
        names.isEmpty ? "" : "\n\(title)\n" + names.map { "  \($0.singleLine)\n" }.joined()
    }
}

extension Comparison.Change {
    fileprivate var words: String {
        switch self {
        case .new: "new"
        case .fixed: "fixed"
        case .stillFailing: "still failing"
        case .changedByModel: "changed by the model"
        case .inconclusive: "inconclusive"
        case .notRun: "not run"
        }
    }

    fileprivate var title: String {
        switch self {
        case .new: "New"
        case .fixed: "Fixed"
        case .stillFailing: "Still failing"
        case .changedByModel: "Changed by the model"
        case .inconclusive: "Inconclusive: violated before, not seen now"
        case .notRun: "Not run: violated before, not checked now"
        }
    }
}

extension Comparison.Entry {
    fileprivate var lines: String {
        let subject = [subject.kind, (self.subject.namespace.map { "\($0)/" } ?? "") + self.subject.name]
        var line = "  \(scenario): \(invariant) \(subject.joined(separator: " ")) ("
        switch (before, after) {
        case (let before?, let after?): line += "\(before.text) before, \(after.text) now"
        case (let before?, nil): line += "\(before.text) before"
        case (nil, let after?): line += after.text
        case (nil, nil): break
        }
        if change != .changedByModel, isModelChanged { line += "; the model changed as well" }
        line += ")"
        var lines = line.singleLine + "\n"
        if change != .fixed, let message = (after ?? before)?.message, !message.isEmpty {
            lines += "    \(message.singleLine)\n"
        }
        return lines
    }
}

extension Comparison.Windows {
    /// `57.5s`, `3 times, 57.5s`, `57.5s and open`.
    fileprivate var text: String {
        let times = count > 1 ? "\(count) times, " : ""
        let milliseconds = length.milliseconds
        let seconds = milliseconds % 1000 == 0 ? "\(milliseconds / 1000)" : "\(Double(milliseconds) / 1000)"
        return "\(times)\(seconds)s\(isOpen ? " and open" : "")"
    }
}
