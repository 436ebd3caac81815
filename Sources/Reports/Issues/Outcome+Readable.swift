import ClusterSimulation

extension Outcome {
    /// The outcome as people read it: places relative to the scenario's folder, git commits by their first seven digits.
    ///
    /// The folder is that of the first step, the only file that every outcome names.
    var readable: Outcome {
        var outcome = self
        let folder = timeline.lazy.compactMap(\.source).first.map(Self.folder) ?? ""
        func place(_ source: String?) -> String? {
            source.map { !folder.isEmpty && $0.hasPrefix(folder) ? String($0.dropFirst(folder.count)) : $0 }
        }
        func causes(_ causes: [Cause]) -> [Cause] {
            causes.map { cause in
                var cause = cause
                cause.source = place(cause.source)
                cause.object = cause.object.withShortCommits
                return cause
            }
        }
        for index in outcome.violations.indices {
            outcome.violations[index].causes = causes(violations[index].causes)
            outcome.violations[index].endedBy = causes(violations[index].endedBy)
            outcome.violations[index].message = violations[index].message.withShortCommits
        }
        for index in unknowns.indices { outcome.unknowns[index].source = place(unknowns[index].source) }
        for index in timeline.indices {
            outcome.timeline[index].source = place(timeline[index].source)
            if !folder.isEmpty { outcome.timeline[index].text.replace(" " + folder, with: " ") }
        }
        for index in changeSets.indices { outcome.changeSets[index].source = place(changeSets[index].source) }
        for index in applications.indices {
            outcome.applications[index].message = applications[index].message.withShortCommits
        }
        return outcome
    }

    /// `a/b/` of `a/b/scenario.yaml:4:7`.
    private static func folder(of source: String) -> String {
        source.lastIndex(of: "/").map { String(source[...$0]) } ?? ""
    }
}

extension String {
    /// Every run of exactly forty hexadecimal digits cut to seven.
    var withShortCommits: String {
        guard utf8.count >= 40 else { return self }
        var result = "", run = ""
        for character in self {
            if character.isASCII, character.isHexDigit {
                run.append(character)
                continue
            }
            result += run.utf8.count == 40 ? String(run.prefix(7)) : run
            result.append(character)
            run = ""
        }
        return result + (run.utf8.count == 40 ? String(run.prefix(7)) : run)
    }
}
