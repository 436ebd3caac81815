import Benchmark

/// The suites, one file each.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .cpuTotal, .throughput, .instructions, .peakMemoryResident],
        warmupIterations: 1, scalingFactor: .one, maxDuration: .seconds(3), maxIterations: 20)
    eventBenchmarks()
    apiWriteBenchmarks()
    forkBenchmarks()
    incidentBenchmarks()
    loadBenchmarks()
    ledgerBenchmarks()
    memoryBenchmarks()
}

extension BenchmarkMetric {
    /// Writes that the API door stored, a second of wall clock.
    static let apiWritesPerSecond = BenchmarkMetric.custom("API writes/s", polarity: .prefersLarger)
    /// Events that were handled, a second of wall clock.
    static let eventsPerSecond = BenchmarkMetric.custom("events/s", polarity: .prefersLarger)
    /// Bytes that became analysed documents, a second of wall clock.
    static let bytesPerSecond = BenchmarkMetric.custom("bytes/s", polarity: .prefersLarger)
}

/// How long `body` takes, in seconds.
func seconds(_ body: () throws -> Void) rethrows -> Double {
    let duration = try ContinuousClock().measure(body).components
    return Double(duration.seconds) + Double(duration.attoseconds) / 1e18
}
