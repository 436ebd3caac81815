extension Outcome {
    /// The outcome with every place in a file told from a folder instead of from where the command was typed.
    ///
    /// - Parameter folder: ends in `/`; empty: nothing changes. Places outside it stay as they are.
    package func relative(to folder: String) -> Outcome {
        if folder.isEmpty { return self }
        var outcome = self
        func place(_ source: String?) -> String? {
            source.map { $0.hasPrefix(folder) ? String($0.dropFirst(folder.count)) : $0 }
        }
        func causes(_ causes: [Cause]) -> [Cause] {
            causes.map { cause in
                var cause = cause
                cause.source = place(cause.source)
                cause.object = cause.object.withPaths(from: folder)
                return cause
            }
        }
        for index in outcome.violations.indices {
            outcome.violations[index].causes = causes(violations[index].causes)
            outcome.violations[index].endedBy = causes(violations[index].endedBy)
        }
        for index in unknowns.indices { outcome.unknowns[index].source = place(unknowns[index].source) }
        for index in timeline.indices {
            outcome.timeline[index].source = place(timeline[index].source)
            outcome.timeline[index].text = timeline[index].text.withPaths(from: folder)
        }
        for index in changeSets.indices { outcome.changeSets[index].source = place(changeSets[index].source) }
        return outcome
    }
}

extension String {
    /// The text with the folder taken off every path in it: a path begins a word, or stands in quotes.
    fileprivate func withPaths(from folder: String) -> String {
        guard firstRange(of: folder) != nil else { return self }
        var result = ""
        var rest = Substring(self)
        while let range = rest.firstRange(of: folder) {
            result += rest[..<range.lowerBound]
            let before = result.last
            if before != nil, before != " ", before != "\"" { result += folder }
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}
