/// A health check that a user wrote in Lua.
package struct HealthScript: Hashable, Sendable {
    package var text: Symbol
    /// Whether `string`, `math` and `os` are there: for scripts of `argocd-cm` only where
    /// `resource.customizations.useOpenLibs` says so, for those of the scripts' folder always.
    package var hasOpenLibraries: Bool

    package init(_ text: Symbol, hasOpenLibraries: Bool) {
        self.text = text
        self.hasOpenLibraries = hasOpenLibraries
    }
}

/// Scripts by kind, and which of them is an object's. Source: specs/argocd.md 13.1; argo-cd `util/lua/lua.go`,
/// `GetHealthScript`.
package final class HealthScripts: Sendable {
    /// A script and for what it is.
    package struct Entry: Hashable, Sendable {
        /// `GROUP/KIND`, or the kind alone for the core group; `*` stands for any text, `/` included.
        package var pattern: Symbol
        package var script: HealthScript

        package init(_ pattern: Symbol, _ script: HealthScript) {
            self.pattern = pattern
            self.script = script
        }
    }

    package static let none = HealthScripts([])

    /// By pattern, so that of several patterns that match the first is the same in every run.
    package let entries: [Entry]
    private let exact: [Symbol: HealthScript]
    private let wildcards: [(pattern: String, script: HealthScript)]

    /// - Parameter entries: of two with one pattern the later counts; an empty script is none.
    package init(_ entries: [Entry]) {
        var exact: [Symbol: HealthScript] = [:]
        var patterns: [Symbol] = []
        for entry in entries where !entry.script.text.isEmpty {
            if exact.updateValue(entry.script, forKey: entry.pattern) == nil { patterns.append(entry.pattern) }
        }
        patterns.sort { $0.precedes($1) }
        self.exact = exact
        self.entries = patterns.compactMap { pattern in exact[pattern].map { Entry(pattern, $0) } }
        wildcards = self.entries.compactMap { entry in
            let pattern = entry.pattern.text
            return pattern.utf8.contains(where: { $0 == 0x2A || $0 == 0x3F }) ? (pattern, entry.script) : nil
        }
    }

    package var isEmpty: Bool { entries.isEmpty }

    /// The script for a kind: one that names it before one that matches it.
    package func script(group: Symbol, kind: Symbol) -> HealthScript? {
        if entries.isEmpty { return nil }
        let name = group.isEmpty ? kind : Symbol("\(group)/\(kind)")
        if let script = exact[name] { return script }
        if wildcards.isEmpty { return nil }
        let text = name.text
        return wildcards.first { Glob.matches($0.pattern, text) }?.script
    }
}

/// What runs health scripts, given from outside: pure, the same answer to the same question.
package protocol HealthScriptRunner: AnyObject, Sendable {
    /// The scripts that the `data` of `argocd-cm` holds.
    func scripts(settings data: Value) -> HealthScripts
    /// What a script says of an object.
    ///
    /// - Parameters:
    ///   - document: the object as the API returns it.
    ///   - now: what the script's clock shows.
    func run(_ script: HealthScript, _ document: Value, now: SimulationTime) -> HealthScriptAnswer
}

/// What a script said.
package struct HealthScriptAnswer: Equatable, Sendable {
    package var finding: HealthFinding
    /// Whether the script looked at the clock: at another time it may say something else.
    package var readsClock: Bool

    package init(_ finding: HealthFinding, readsClock: Bool = false) {
        self.finding = finding
        self.readsClock = readsClock
    }
}

/// What looking for an object's health came to.
package enum HealthFinding: Equatable, Sendable {
    /// Its kind has no check.
    case none
    /// A script that says nothing: no effect on an Application, but a sync waits for it.
    case empty
    case found(ResourceHealth)
    /// A script that failed, with what it failed with: Unknown, and an error of the comparison.
    case failed(String)

    /// As Argo CD shows it; nil for nothing.
    package var health: ResourceHealth? {
        switch self {
        case .none, .empty: nil
        case .found(let health): health
        case .failed(let message): ResourceHealth(.unknown, message)
        }
    }

    /// Why there is none; nil where no script failed.
    package var failure: String? {
        if case .failed(let message) = self { return message }
        return nil
    }
}
