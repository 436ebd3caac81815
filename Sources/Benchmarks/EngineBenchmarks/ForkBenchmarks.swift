import Benchmark
import BenchmarkSupport
import ClusterSimulation

/// A fork and one write in it, the unit of exploration.
func forkBenchmarks() {
    for size in [10_000, 100_000] {
        Benchmark("10,000 forks with one write among \(size) objects") { benchmark, state in
            let cluster: BenchmarkCluster = state
            let writes = BenchmarkWrites(cluster)
            benchmark.startMeasurement()
            for round in 0..<10_000 {
                var fork = cluster
                writes.write(round, to: &fork)
                blackHole(fork.simulation.counters)
            }
            benchmark.stopMeasurement()
        } setup: {
            BenchmarkCluster(objects: size)
        }
    }
}
