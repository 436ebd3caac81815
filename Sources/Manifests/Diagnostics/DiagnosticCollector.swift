package import ClusterSimulation
import Synchronization

/// All diagnostics of a run, so that a user sees every problem at once.
///
/// Keeps at most `limit`, in the order of reporting, and counts the rest; an error takes the place of the last one kept
/// that is none, so that no input is refused without a word. Safe to share; for a reproducible order report from one
/// thread.
package final class DiagnosticCollector: Sendable {
    private struct State {
        var kept: [Diagnostic] = []
        /// How many of those kept are no errors.
        var keptOthers = 0
        var seen: Set<Diagnostic> = []
        var errorCount = 0
        var warningCount = 0
        var droppedCount = 0
    }

    private let state = Mutex(State())
    /// How many diagnostics are kept.
    package let limit: Int

    package init(limit: Int = 200) {
        self.limit = limit
    }

    /// Adds a diagnostic. One that was reported before, word for word at the same place, is left out.
    package func report(_ diagnostic: Diagnostic) {
        state.withLock { state in
            guard state.seen.insert(diagnostic).inserted else { return }
            switch diagnostic.severity {
            case .error: state.errorCount += 1
            case .warning: state.warningCount += 1
            case .note: break
            }
            if state.kept.count >= limit {
                state.droppedCount += 1
                guard diagnostic.severity == .error, state.keptOthers > 0,
                    let index = state.kept.lastIndex(where: { $0.severity != .error })
                else {
                    state.seen.remove(diagnostic)
                    return
                }
                state.seen.remove(state.kept.remove(at: index))
                state.keptOthers -= 1
            }
            state.kept.append(diagnostic)
            if diagnostic.severity != .error { state.keptOthers += 1 }
        }
    }

    /// Counts a diagnostic that would not be kept any more; false while there is room. Saves looking up a place and a
    /// line that nobody will see: a file may have a million problems.
    package func countedOnly(_ severity: Diagnostic.Severity) -> Bool {
        state.withLock { state in
            guard state.kept.count >= limit else { return false }
            if severity == .error, state.keptOthers > 0 { return false }
            if severity == .error { state.errorCount += 1 }
            if severity == .warning { state.warningCount += 1 }
            state.droppedCount += 1
            return true
        }
    }

    /// Reports an error at the place where a value was written.
    package func error(
        _ code: String, _ message: String, at origin: Origin, notes: [Diagnostic.Note] = [],
        suggestion: String? = nil
    ) {
        if countedOnly(.error) { return }
        report(Diagnostic(.error, code: code, message, at: origin, notes: notes, suggestion: suggestion))
    }

    /// Reports a warning at the place where a value was written.
    package func warning(
        _ code: String, _ message: String, at origin: Origin, notes: [Diagnostic.Note] = [],
        suggestion: String? = nil
    ) {
        if countedOnly(.warning) { return }
        report(Diagnostic(.warning, code: code, message, at: origin, notes: notes, suggestion: suggestion))
    }

    /// Reports an error about a file as a whole: one that cannot be read, for example.
    package func error(_ code: String, _ message: String, path: String) {
        let location = SourceLocation(path: path, line: 1, column: 1)
        report(Diagnostic(.error, code: code, message, location: location))
    }

    /// Reports a warning about a file as a whole: one that is empty, for example.
    package func warning(_ code: String, _ message: String, path: String) {
        let location = SourceLocation(path: path, line: 1, column: 1)
        report(Diagnostic(.warning, code: code, message, location: location))
    }

    /// Everything kept, in the order of reporting.
    package var diagnostics: [Diagnostic] { state.withLock { $0.kept } }
    /// Number of errors, those beyond the limit included.
    package var errorCount: Int { state.withLock { $0.errorCount } }
    /// Number of warnings, those beyond the limit included.
    package var warningCount: Int { state.withLock { $0.warningCount } }
    /// Number of diagnostics beyond the limit.
    package var droppedCount: Int { state.withLock { $0.droppedCount } }
    package var hasErrors: Bool { errorCount > 0 }

    /// The printed form of all, each followed by a line break, with a last line about those beyond the limit.
    package var text: String {
        var text = ""
        for diagnostic in diagnostics { text += diagnostic.text + "\n" }
        let dropped = droppedCount
        if dropped > 0 { text += "note: \(dropped) more problems are not shown\n" }
        return text
    }
}
