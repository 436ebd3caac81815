import ClusterSimulation

/// The patterns of `directory.include` and `directory.exclude`: `*` and `**` stand for any text, `/` included, `?` for
/// one character, `{a,b}` for one of several.
///
/// Source: Argo CD documentation, "Directory", and its pattern library used without separators.
enum PathPattern {
    static func matches(_ pattern: String, _ path: String) -> Bool {
        alternatives(pattern).contains { Glob.matches($0, path) }
    }

    /// A pattern without braces for each combination of alternatives; at most 1024.
    static func alternatives(_ pattern: String) -> [String] {
        // Longer ones are no patterns that anybody writes, and would nest without bound.
        guard pattern.utf8.count <= 1024, let open = pattern.firstIndex(of: "{"), let close = closing(pattern, open)
        else { return [pattern] }
        let head = pattern[..<open]
        let tail = alternatives(String(pattern[pattern.index(after: close)...]))
        var results: [String] = []
        for choice in choices(pattern[pattern.index(after: open)..<close]) {
            for inner in alternatives(choice) {
                for rest in tail where results.count < 1024 { results.append(head + inner + rest) }
            }
        }
        return results
    }

    private static func closing(_ pattern: String, _ open: String.Index) -> String.Index? {
        var depth = 0
        for index in pattern[open...].indices {
            if pattern[index] == "{" { depth += 1 }
            if pattern[index] == "}" { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }

    /// The parts between the commas of the outermost level.
    private static func choices(_ text: Substring) -> [String] {
        var parts = [""]
        var depth = 0
        for character in text {
            if character == "{" { depth += 1 }
            if character == "}" { depth -= 1 }
            if character == ",", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        return parts
    }
}
