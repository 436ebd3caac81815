/// `spec.syncPolicy.retry`. Source: specs/argocd.md 9.8.
package struct RetryStrategy: Equatable, Sendable {
    /// How often a failed sync is tried again; below 0 for ever.
    package var limit: Int
    package var duration: SimulationTime.Span = .seconds(5)
    package var factor: Int64 = 2
    package var maxDuration: SimulationTime.Span = .minutes(3)

    package init(
        limit: Int, duration: SimulationTime.Span = .seconds(5), factor: Int64 = 2,
        maxDuration: SimulationTime.Span = .minutes(3)
    ) {
        self.limit = limit
        self.duration = duration
        self.factor = factor
        self.maxDuration = maxDuration
    }

    /// What an automated sync uses where the Application says nothing (9.7).
    package static let automatedDefault = RetryStrategy(limit: 5)
    /// What a manual sync uses where neither the request nor the Application says anything.
    package static let manualDefault = RetryStrategy(limit: 0)

    /// `min(maxDuration, duration * factor^retryCount)`.
    package func delay(retryCount: Int) -> SimulationTime.Span {
        Backoff.delay(duration, factor: factor, power: retryCount, cap: maxDuration)
    }

    /// The delay that the message of a failed attempt announces: the count before it is raised.
    package func announcedDelay(attempt: Int) -> SimulationTime.Span { delay(retryCount: attempt - 1) }

    /// The delay that is really waited: the count after it was raised.
    package func effectiveDelay(attempt: Int) -> SimulationTime.Span { delay(retryCount: attempt) }
}

/// Delays that grow by a factor up to a cap.
package enum Backoff {
    static func delay(
        _ initial: SimulationTime.Span, factor: Int64, power: Int, cap: SimulationTime.Span
    ) -> SimulationTime.Span {
        var milliseconds = initial.milliseconds
        for _ in 0..<max(0, power) {
            if milliseconds >= cap.milliseconds { return cap }
            let (product, overflows) = milliseconds.multipliedReportingOverflow(by: max(1, factor))
            if overflows { return cap }
            milliseconds = product
        }
        return min(SimulationTime.Span(milliseconds: milliseconds), cap)
    }

    /// What is left of the wait before the next self-heal. Source: specs/argocd.md 9.5 (2 s, factor 3, cap 300 s).
    ///
    /// - Parameters:
    ///   - attempts: self-heal attempts since the last sync that was none.
    ///   - sinceFinished: time since the last operation ended; nil counts as no time.
    package static func selfHealRemaining(
        attempts: Int, sinceFinished: SimulationTime.Span?, initial: SimulationTime.Span = .seconds(2),
        factor: Int64 = 3, cap: SimulationTime.Span = .seconds(300)
    ) -> SimulationTime.Span {
        guard attempts > 0 else { return .milliseconds(0) }
        let wait = delay(initial, factor: factor, power: attempts - 1, cap: cap)
        return SimulationTime.Span(
            milliseconds: max(0, wait.milliseconds - (sinceFinished?.milliseconds ?? 0)))
    }
}
