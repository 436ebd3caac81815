import ArgumentParser
import OutcomeLedger
import Scenarios

/// The command line. Exit codes: 0 holds, 1 violated, 2 bad input or usage, 3 a bug of ours, 4 inconclusive.
@main
struct Rehearse: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract: "Rehearses a move between Kubernetes namespaces, rolled out by Argo CD, before it is applied.",
        discussion: """
            EXAMPLES
              rehearse run scenarios/getting-started
              rehearse run scenario.yaml --format json | jq .verdict
              rehearse test scenarios --format junit -o results.xml
              rehearse compare previous latest
              rehearse report latest -o postmortem.md
              rehearse explain no-stuck-termination
            """,
        version: "model \(ScenarioRunner.modelVersion)",
        subcommands: [
            RunCommand.self, TestCommand.self, CompareCommand.self, ReportCommand.self, ExplainCommand.self,
            ConformanceCommand.self,
        ])

    static func main() {
        CrashNotice.install()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let code as ExitCode {
            exit(withError: code)
        } catch let failure as CommandFailure {
            StandardError.write(failure.description)
            exit(withError: ExitCode(2))
        } catch let error as LedgerError {
            StandardError.write(error.description)
            exit(withError: ExitCode(2))
        } catch {
            // The parser's own errors are usage errors: 2. Help and version end with 0.
            let status = exitCode(for: error)
            guard status != .success else { exit(withError: error) }
            StandardError.write(fullMessage(for: error))
            exit(withError: ExitCode(2))
        }
    }
}
