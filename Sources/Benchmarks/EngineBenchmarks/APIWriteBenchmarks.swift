import Benchmark
import ClusterSimulation

/// Writes through the API door, with what they wake, at three cluster sizes: the cost must not grow with the cluster.
func apiWriteBenchmarks() {
    for size in [1_000, 10_000, 100_000] {
        Benchmark("100,000 API writes among \(size) objects") { benchmark in
            var (simulation, keys) = Clusters.make(objects: size)
            let labels = Clusters.labels(simulation.tables)
            benchmark.startMeasurement()
            for round in 0..<100_000 {
                let key = keys[round &* 7919 % keys.count]
                simulation.update(key, as: .admin) { $0.labels = labels[(round / keys.count) & 1] }
                if round & 63 == 0 { simulation.run(until: simulation.now + .milliseconds(50)) }
            }
            benchmark.stopMeasurement()
            blackHole(simulation.counters)
        }
    }
}
