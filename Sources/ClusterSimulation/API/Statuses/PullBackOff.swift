/// The back-off of the pulls of one image for one Pod, as the kubelet counts it: containers of a Pod that have the same
/// image share it, and it has nothing to do with how often a container crashes.
///
/// Source: `image_manager.go` of the kubelet, whose key is the Pod's uid and the image; `backoff.go` of client-go.
package struct PullBackOff: Equatable, Sendable {
    /// Source: kubelet defaults, of pulls and of crashing containers.
    static let first = SimulationTime.Span.seconds(10)
    static let longest = SimulationTime.Span.minutes(5)
    /// After that long without a failure the next one is the first again.
    static let reset = SimulationTime.Span.minutes(10)

    let image: Symbol
    private var failedAt: SimulationTime
    private var delay: SimulationTime.Span

    /// The first failure.
    init(_ image: Symbol, failedAt time: SimulationTime) {
        self.image = image
        failedAt = time
        delay = Self.first
    }

    /// Not before this moment the image is asked for again.
    var due: SimulationTime { failedAt + delay }

    /// One more failure.
    mutating func fail(at time: SimulationTime) {
        delay = time - failedAt > Self.reset ? Self.first : Self.doubled(delay)
        failedAt = time
    }

    /// The tries before `time`, all of them in vain.
    mutating func failUntil(_ time: SimulationTime) {
        while due < time { fail(at: due) }
    }

    /// The delay after one of `delay`.
    static func doubled(_ delay: SimulationTime.Span) -> SimulationTime.Span {
        min(.milliseconds(delay.milliseconds * 2), longest)
    }
}
