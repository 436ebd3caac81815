import Benchmark
import ClusterSimulation
import Scenarios

/// Scenarios of the repository from loaded files to an outcome, and the loading alone.
func incidentBenchmarks() {
    for name in ["namespace-consolidation", "getting-started"] {
        let path = scenarioPath(name)
        Benchmark("simulate \(name)") { benchmark in
            guard let scenario = ScenarioLoader.load(path: path).scenario else {
                return benchmark.error("\(path) cannot be loaded")
            }
            benchmark.startMeasurement()
            var runner = ScenarioRunner(scenario)
            blackHole(runner.run())
            benchmark.stopMeasurement()
        }
        Benchmark("load \(name)") { _ in blackHole(ScenarioLoader.load(path: path).scenario) }
    }
}

/// A scenario of this checkout.
func scenarioPath(_ name: String) -> String {
    "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/scenarios/\(name)"
}
