package import ClusterSimulation
package import Manifests

/// Everything that is wrong with a scenario and its files, collected so that a user sees all of it at once.
package struct Problems: Sendable {
    package let collector = DiagnosticCollector()

    package init() {}

    package var hasErrors: Bool { collector.hasErrors }
    package var errorCount: Int { collector.errorCount }

    /// All of them as a terminal shows them, each on lines of its own; empty where there are none.
    package var text: String { collector.text }

    /// An error at the place where something was written.
    ///
    /// - Parameters:
    ///   - word: the name that is wrong; of `known`, the nearest name is suggested.
    package func error(
        _ code: String, _ message: String, at origin: Origin, word: String? = nil,
        known: @autoclosure () -> [String] = []
    ) {
        if collector.countedOnly(.error) { return }
        let suggestion = word.flatMap { NameSuggestion.closest(to: $0, among: known()) }
        collector.error(code, message, at: origin, suggestion: suggestion)
    }

    /// A warning at the place where something was written.
    package func warning(
        _ code: String, _ message: String, at origin: Origin, word: String? = nil,
        known: @autoclosure () -> [String] = []
    ) {
        if collector.countedOnly(.warning) { return }
        let suggestion = word.flatMap { NameSuggestion.closest(to: $0, among: known()) }
        collector.warning(code, message, at: origin, suggestion: suggestion)
    }
}
