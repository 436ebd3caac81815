import ArgumentParser
import ClusterSimulation
import Conformance
import LuaHealth
import Manifests
import Reports

extension ConformanceFormat: ExpressibleByArgument {}

/// `rehearse conformance`: what real components did, held against the model.
struct ConformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Replays recordings of real Kubernetes, CoreDNS and Argo CD and says where the model differs.",
        discussion: """
            The folder holds kubernetes/*.json, dns/*.json, coredns-cases.json, argocd-cases.json, argocd-health/ \
            and folders of traces of operators, such as cert-manager/*.json; what is absent is left out, and a \
            recording that the model cannot replay is skipped with a reason. Each failure shows the request, and the first line in which the recorded \
            answer and the model's differ; '--verbose' shows both answers and every step.

            Exit codes: 0 nothing failed, 1 something did, 2 the input is bad, 3 a bug of rehearse.

            EXAMPLES
              rehearse conformance recordings
              rehearse conformance recordings --suite kubernetes/lifecycle
              rehearse conformance recordings --suite dns --case dns-0003 --verbose
              rehearse conformance recordings --format json | jq '.suites[] | {name, failed}'
            """)

    @Argument(help: "The folder of recordings.")
    var folder: String

    @Option(help: ArgumentHelp("Only this suite, or all whose names begin with it and a slash.", valueName: "name"))
    var suite: String?

    @Option(name: .customLong("case"), help: ArgumentHelp("Only the case of this id.", valueName: "id"))
    var caseID: String?

    @Option(help: "text, json, junit, or markdown: the page on fidelity, rule by rule.")
    var format: ConformanceFormat = .text

    @OptionGroup var health: HealthScriptOptions
    @OptionGroup var text: TextOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let output = try output.open()
        guard InputFiles.kind(folder) == .folder else {
            throw CommandFailure("error: '\(folder.singleLine)' is not a folder of recordings")
        }
        let diagnostics = DiagnosticCollector()
        var recordings = RecordingFolder(
            path: folder, selection: .init(suite: suite, caseID: caseID), diagnostics: diagnostics)
        recordings.health = CustomHealth(runner: LuaHealthRunner.shared, shipped: try health.read())
        let progress = Progress(title: "conformance")
        let report = Conformance.run(recordings) { progress.show($0) }
        progress.clear()
        if !diagnostics.diagnostics.isEmpty { StandardError.write(diagnostics.text) }
        if diagnostics.hasErrors { throw ExitCode(2) }
        guard !report.suites.isEmpty else {
            throw CommandFailure(
                "error: no recordings in '\(folder.singleLine)'\(suite == nil && caseID == nil ? "" : " match the selection")\n"
                    + "`rehearse conformance --help` says what the folder holds")
        }
        try output.write(format.render(report, of: recordings, style: text.style(self.output)))
        if report.failed > 0 { throw ExitCode(1) }
    }
}
