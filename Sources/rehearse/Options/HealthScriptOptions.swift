import ArgumentParser
import ClusterSimulation
import LuaHealth
import Manifests

/// Where users' own health checks are.
struct HealthScriptOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Health scripts in Argo CD's layout, GROUP/KIND/health.lua, instead of those that Argo CD ships.",
            valueName: "folder"))
    var healthScripts: String?

    /// The scripts of the folder; none where no folder is named.
    func read() throws -> HealthScripts {
        guard let healthScripts else { return .none }
        let diagnostics = DiagnosticCollector()
        let scripts = ScriptFolder.read(healthScripts, diagnostics)
        if diagnostics.hasErrors { throw CommandFailure(diagnostics.text) }
        return scripts
    }
}
