import ArgumentParser
import ClusterSimulation
import Manifests

/// `rehearse explain`: what an invariant means, and what to do about it.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explains an invariant, or lists them all.",
        discussion: """
            EXAMPLES
              rehearse explain
              rehearse explain certificate-covers-service
            """)

    @Argument(help: "The invariant's id; without one, all are listed.")
    var id: String?

    func run() throws {
        guard let id else {
            let width = InvariantCatalogue.all.map { $0.id.text.utf8.count }.max() ?? 0
            var lines = ""
            for invariant in InvariantCatalogue.all {
                let name = invariant.id.text
                lines += name + String(repeating: " ", count: width - name.utf8.count + 2) + invariant.title + "\n"
            }
            return try StandardOutput.write(lines)
        }
        guard let invariant = InvariantCatalogue.invariant(Symbol(id)) else {
            let known = InvariantCatalogue.all.map(\.id.text)
            let hint = NameSuggestion.closest(to: id, among: known).map { "; did you mean '\($0)'?" } ?? ""
            throw CommandFailure("error: no invariant '\(id.singleLine)'\(hint)\n`rehearse explain` lists them all")
        }
        try StandardOutput.write(
            """
            \(invariant.id) (\(invariant.kind.rawValue), grace \(invariant.grace.milliseconds / 1000) s)
            \(invariant.title)

            Rule      \(invariant.page.rule)
            Incident  \(invariant.page.incident)
            Symptom   \(invariant.page.symptom)
            Remedy    \(invariant.page.remedy)

            """)
    }
}
