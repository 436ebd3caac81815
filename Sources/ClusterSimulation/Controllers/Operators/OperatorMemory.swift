/// What the controllers of third-party operators remember besides what they wrote.
package struct OperatorMemory: Sendable {
    /// What refused the reconcile that is running; empty while nothing did.
    var refusal: Symbol = .empty
    /// By (controller, its namespace, object): how often in a row it was refused.
    private var attempts: [Attempt: Int] = [:]
    /// Records that external-dns has written at its provider, in the order in which they were first written.
    package internal(set) var dnsRecords: [DNSRecord] = []

    package init() {}

    private struct Attempt: Hashable {
        var controller: Symbol
        var namespace: Symbol
        var key: ObjectKey
    }

    /// Counts one more refusal and tells how long to wait: 1 s, doubled each time, at most 1000 s.
    ///
    /// Source: the exponential rate limiter of controller-runtime and client-go (5 ms doubling to 1000 s); the tries of
    /// the first second are taken together.
    mutating func delayAfterRefusal(
        _ controller: Symbol, _ key: ObjectKey, by namespace: Symbol
    ) -> SimulationTime.Span {
        let attempt = Attempt(controller: controller, namespace: namespace, key: key)
        let count = attempts[attempt] ?? 0
        attempts[attempt] = count + 1
        return .seconds(count < 10 ? Int64(1) << Int64(count) : 1000)
    }

    mutating func forgetRefusals(_ controller: Symbol, _ key: ObjectKey, by namespace: Symbol) {
        if attempts.isEmpty { return }
        attempts[Attempt(controller: controller, namespace: namespace, key: key)] = nil
    }
}

/// One host name at a DNS provider outside the cluster.
package struct DNSRecord: Sendable, Equatable {
    package var hostname: Symbol
    /// `--txt-owner-id` of the external-dns that wrote it: only the owner may change it.
    package var owner: Symbol
    /// The object that asks for it.
    package var source: ObjectKey
    package var since: SimulationTime
}
