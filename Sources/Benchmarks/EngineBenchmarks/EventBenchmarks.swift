import Benchmark
import BenchmarkSupport
import ClusterSimulation

/// Rollouts among clusters of three sizes: controllers, kubelet and invariants, event by event.
func eventBenchmarks() {
    for size in [1_000, 10_000, 100_000] {
        var configuration = Benchmark.defaultConfiguration
        configuration.metrics += [.apiWritesPerSecond, .eventsPerSecond]
        Benchmark("1,000 rollouts among \(size) objects", configuration: configuration) { benchmark, state in
            var cluster: BenchmarkCluster = state
            let writes = BenchmarkWrites(cluster)
            let before = cluster.simulation.counters
            benchmark.startMeasurement()
            let seconds = seconds { writes.rollOut(1_000, on: &cluster) }
            benchmark.stopMeasurement()
            let counters = cluster.simulation.counters
            benchmark.measurement(.apiWritesPerSecond, Int(Double(counters.apiWrites - before.apiWrites) / seconds))
            benchmark.measurement(.eventsPerSecond, Int(Double(counters.events - before.events) / seconds))
            blackHole(cluster.simulation.counters)
        } setup: {
            BenchmarkCluster(objects: size)
        }
    }
}
