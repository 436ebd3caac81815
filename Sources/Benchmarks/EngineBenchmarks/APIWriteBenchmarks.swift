import Benchmark
import BenchmarkSupport
import ClusterSimulation

/// The everyday mix of writes through the API door, with what they wake and every invariant, among clusters of three
/// sizes: the cost must not grow with the cluster.
func apiWriteBenchmarks() {
    for size in [1_000, 10_000, 100_000] {
        var configuration = Benchmark.defaultConfiguration
        configuration.metrics += [.apiWritesPerSecond, .eventsPerSecond]
        Benchmark("200,000 API writes among \(size) objects", configuration: configuration) { benchmark, state in
            var cluster: BenchmarkCluster = state
            let writes = BenchmarkWrites(cluster)
            let before = cluster.simulation.counters
            benchmark.startMeasurement()
            let seconds = seconds { writes.run(200_000, on: &cluster) }
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
