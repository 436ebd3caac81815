package import ClusterSimulation
package import Manifests

/// Tells what is wrong with health scripts before anything is rehearsed.
package enum ScriptProblems {
    /// Tells which scripts of an `argocd-cm` are no Lua, and which of its keys make Argo CD refuse all of them. Warnings:
    /// the cluster is as it is, and Argo CD runs on with it.
    package static func report(settings data: Value, _ diagnostics: DiagnosticCollector) {
        let settings = SettingsScripts(data)
        for problem in settings.problems {
            diagnostics.warning(
                "invalid-customization", "Argo CD refuses its resource customizations: \(problem.message)",
                at: problem.origin)
        }
        for found in settings.found {
            let text = found.entry.script.text
            guard LuaHealthRunner.shared.failure(of: text) != nil else { continue }
            var lines = text.text.split(separator: "\n", omittingEmptySubsequences: false)
            if lines.last == "" { lines.removeLast() }
            report(
                text, for: found.entry.pattern,
                lines: BlockScalar.lineOrigins(of: found.source.origin, lines: lines), diagnostics, severity: .warning)
        }
    }

    /// - Parameter lines: the place of each line's first character.
    static func report(
        _ text: Symbol, for pattern: Symbol, lines: [Origin], _ diagnostics: DiagnosticCollector,
        severity: Diagnostic.Severity
    ) {
        guard let failure = LuaHealthRunner.shared.failure(of: text) else { return }
        let parts = failure.message.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        let line = parts.count == 3 ? Int(parts[1]) : nil
        let reason = parts.count == 3 ? String(parts[2].drop { $0 == " " }) : failure.message
        diagnostics.report(
            Diagnostic(
                severity, code: "invalid-health-script",
                "the health script of \(pattern) is no Lua: \(reason)",
                at: origin(line: line ?? 1, near: word(of: reason), text.text, lines)))
    }

    /// The word at which Lua stopped: `x` of `… near 'x'`.
    private static func word(of reason: String) -> String? {
        guard reason.hasSuffix("'"), let mark = reason.firstRange(of: " near '") else { return nil }
        return String(reason[mark.upperBound...].dropLast())
    }

    /// The place of a word that is once on its line; else that of the line.
    private static func origin(line: Int, near word: String?, _ text: String, _ lines: [Origin]) -> Origin {
        guard let start = lines.indices.contains(line - 1) ? lines[line - 1] : lines.last else { return .none }
        let all = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let word, !word.isEmpty, all.indices.contains(line - 1), !start.isNone else { return start }
        let places = all[line - 1].ranges(of: word)
        guard places.count == 1, let place = places.first else { return start }
        let offset = all[line - 1].utf8.distance(from: all[line - 1].startIndex, to: place.lowerBound)
        return Origin(position: start.position + UInt32(offset))
    }
}
