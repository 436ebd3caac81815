import Benchmark
import BenchmarkSupport

/// The whole life of a cluster of 100,000 objects: read `Memory (resident peak)`. Run it alone
/// (`--filter "cluster of.*"`): the process keeps every text it has seen.
func memoryBenchmarks() {
    var configuration = Benchmark.defaultConfiguration
    configuration.warmupIterations = 0
    configuration.maxIterations = 1
    Benchmark("cluster of 100,000 objects", configuration: configuration) { benchmark in
        var cluster = BenchmarkCluster(objects: 100_000)
        BenchmarkWrites(cluster).run(10_000, on: &cluster)
        blackHole(cluster.objectCount)
    }
}
