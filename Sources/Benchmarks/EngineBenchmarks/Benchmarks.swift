import Benchmark

/// The suites, one file each.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .throughput, .instructions, .peakMemoryResident],
        warmupIterations: 1, scalingFactor: .one, maxDuration: .seconds(3), maxIterations: 20)
    apiWriteBenchmarks()
    forkBenchmarks()
}
