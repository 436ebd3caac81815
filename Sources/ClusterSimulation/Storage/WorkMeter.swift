/// Counts the elementary work of a simulation, which events do not show: what is looked at one by one.
///
/// One for all forks of a cluster, which run one after the other; each simulation adds up its own share.
package final class WorkMeter {
    /// Objects, references and list entries that were looked at.
    private(set) var visits: UInt64 = 0
    /// Whether a memo was asked that forks share and one of them fills.
    var hasAsked = false

    /// Does what only the first that asks has to do. It counts for nobody, or the counts of a fork would follow from what
    /// others did before it.
    func unmetered<Result>(_ body: () -> Result) -> Result {
        let before = visits
        defer { visits = before }
        return body()
    }

    @inline(__always)
    func visit() { visits &+= 1 }

    /// Counts a list that is gone through as a whole.
    @inline(__always)
    func visit(_ count: Int) { visits &+= UInt64(count) }
}
