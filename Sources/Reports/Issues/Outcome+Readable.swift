import ClusterSimulation

extension Outcome {
    /// The outcome as people read it: places relative to the scenario's folder, git commits by their first seven digits.
    ///
    /// The folder is that of the first step, the only file that every outcome names.
    var readable: Outcome {
        let folder = timeline.lazy.compactMap(\.source).first.map(Self.folder) ?? ""
        var outcome = relative(to: folder)
        func causes(_ causes: [Cause]) -> [Cause] {
            causes.map { cause in
                var cause = cause
                cause.object = cause.object.withShortCommits
                return cause
            }
        }
        for index in outcome.violations.indices {
            outcome.violations[index].causes = causes(outcome.violations[index].causes)
            outcome.violations[index].endedBy = causes(outcome.violations[index].endedBy)
            outcome.violations[index].message = violations[index].message.withShortCommits
        }
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
        var result = ""
        var run = ""
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
