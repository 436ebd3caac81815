import Benchmark
import ClusterSimulation
import Foundation
import OutcomeLedger
import Scenarios

/// Outcomes into SQLite, one transaction each as `rehearse test` writes them.
func ledgerBenchmarks() {
    var configuration = Benchmark.defaultConfiguration
    configuration.maxIterations = 3
    Benchmark("10,000 outcomes into SQLite", configuration: configuration) { benchmark in
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        guard let scenario = ScenarioLoader.load(path: scenarioPath("getting-started")).scenario else {
            return benchmark.error("the scenario cannot be loaded")
        }
        var runner = ScenarioRunner(scenario)
        var outcome = runner.run()
        do {
            let ledger = try OutcomeLedger.open(path: folder.appendingPathComponent("ledger.sqlite").path)
            let run = try ledger.beginRun(command: "bench", startedAtMilliseconds: 0)
            benchmark.startMeasurement()
            for seed in 0..<10_000 as Range<UInt64> {
                outcome.seed = seed
                try ledger.record(outcome, in: run)
            }
            benchmark.stopMeasurement()
        } catch {
            benchmark.error("\(error)")
        }
    }
}
