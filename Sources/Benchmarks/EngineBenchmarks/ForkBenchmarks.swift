import Benchmark
import ClusterSimulation

/// A fork and one write in it, the unit of exploration.
func forkBenchmarks() {
    for size in [1_000, 10_000, 100_000] {
        Benchmark("10,000 forks with one write among \(size) objects") { benchmark in
            let (simulation, keys) = Clusters.make(objects: size)
            let labels = Clusters.labels(simulation.tables)
            benchmark.startMeasurement()
            for round in 0..<10_000 {
                var fork = simulation
                fork.update(keys[round &* 7919 % keys.count], as: .admin) { $0.labels = labels[round & 1] }
                blackHole(fork.counters)
            }
            benchmark.stopMeasurement()
        }
    }
}
