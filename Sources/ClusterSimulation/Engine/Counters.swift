/// Exact counts of work done; the same for the same input, so benchmarks gate on them.
package struct Counters: Sendable, Equatable {
    package var events: UInt64 = 0
    package var apiWrites: UInt64 = 0
    package var reconciles: UInt64 = 0
    package var invariantChecks: UInt64 = 0
    package var virtualSeconds: UInt64 = 0

    package init() {}
}
