import ArgumentParser
import ClusterSimulation
import Foundation
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
        StandardStreams.prepare()
        do {
            let status = try runCommand()
            try StandardOutput.finish()
            Foundation.exit(status)
        } catch is ReaderLeft {
            StandardStreams.endForLackOfReader()
        } catch let failure as CommandFailure {
            StandardError.write(failure.description)
        } catch let error as LedgerError {
            StandardError.write(error.description)
        } catch {
            StandardError.write("error: \(error)".singleLine)
        }
        Foundation.exit(2)
    }

    /// Runs the command that the arguments name, and gives its exit code.
    private static func runCommand() throws -> Int32 {
        do {
            var command = try parseAsRoot()
            try command.run()
            return 0
        } catch let code as ExitCode {
            return code.rawValue
        } catch let error where isOwn(error) {
            throw error
        } catch {
            // The parser's own errors are usage errors: 2. Help and version end with 0.
            guard exitCode(for: error) != .success else {
                try StandardOutput.write(fullMessage(for: error) + "\n")
                return 0
            }
            StandardError.write(usageMessage(error))
            return 2
        }
    }

    private static func isOwn(_ error: any Error) -> Bool {
        error is CommandFailure || error is LedgerError || error is ReaderLeft
    }

    /// What is wrong with the arguments. It repeats some of them, so it is asked for of arguments without line breaks
    /// and control characters, which are wrong in the same way.
    private static func usageMessage(_ error: any Error) -> String {
        let arguments = CommandLine.arguments.dropFirst()
        let printable = arguments.map(\.singleLine)
        guard printable != Array(arguments) else { return fullMessage(for: error) }
        do {
            _ = try parseAsRoot(printable)
            return message(for: error).singleLine
        } catch {
            return fullMessage(for: error)
        }
    }
}
