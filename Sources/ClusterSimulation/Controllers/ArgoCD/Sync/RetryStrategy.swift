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

    /// Reads `spec.syncPolicy.retry`; nil where there is none.
    package init?(_ value: Value) {
        guard !value.isNull else { return nil }
        limit = value["limit"]?.int32 ?? 0
        let backoff = value["backoff"] ?? nil
        if let duration = backoff["duration"].flatMap(GoDuration.init(value:)) { self.duration = duration.span }
        if let factor = backoff["factor"]?.int32 { self.factor = Int64(factor) }
        if let cap = backoff["maxDuration"].flatMap(GoDuration.init(value:)) { maxDuration = cap.span }
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

    /// What is left of the wait before the next self-heal. Source: specs/argocd.md 9.5.
    ///
    /// - Parameters:
    ///   - attempts: self-heal attempts since the last sync that was none.
    ///   - sinceFinished: time since the last operation ended; nil counts as no time.
    package static func selfHealRemaining(
        attempts: Int, sinceFinished: SimulationTime.Span?, initial: SimulationTime.Span,
        factor: Int64, cap: SimulationTime.Span
    ) -> SimulationTime.Span {
        guard attempts > 0 else { return .milliseconds(0) }
        return remaining(delay(initial, factor: factor, power: attempts - 1, cap: cap), sinceFinished)
    }

    static func remaining(
        _ wait: SimulationTime.Span, _ sinceFinished: SimulationTime.Span?
    ) -> SimulationTime.Span {
        .milliseconds(max(0, wait.milliseconds - (sinceFinished?.milliseconds ?? 0)))
    }
}

/// When self-heal tries again. Source: specs/argocd.md 9.5, 16.3.
package enum SelfHeal {
    /// Before the growing delays: `--self-heal-timeout-seconds`.
    private static let fixedDelay = SimulationTime.Span.seconds(5)
    /// `--self-heal-backoff-cooldown-seconds`, while it had an effect. Source: argo-cd#23057, #25579.
    private static let cooldown = SimulationTime.Span.seconds(330)

    /// What is left of the wait before the next attempt: 2 s, factor 3, at most 300 s.
    package static func remaining(
        attempts: Int, sinceFinished: SimulationTime.Span?, _ versions: Versions
    ) -> SimulationTime.Span {
        guard versions.has(.selfHealBackoff) else { return Backoff.remaining(fixedDelay, sinceFinished) }
        return Backoff.selfHealRemaining(
            attempts: attempts, sinceFinished: sinceFinished, initial: .seconds(2), factor: 3, cap: .seconds(300))
    }

    /// Whether earlier attempts no longer count: the Application was Synced, and its last operation is long over.
    package static func forgets(
        _ sinceFinished: SimulationTime.Span?, wasSynced: Bool, _ versions: Versions
    ) -> Bool {
        guard versions.has(.selfHealCooldown), !versions.has(.selfHealWithoutCooldown) else { return false }
        return wasSynced && (sinceFinished ?? .milliseconds(0)) >= cooldown
    }
}
