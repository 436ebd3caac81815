/// Who owns which fields of an object: `metadata.managedFields`. Immutable, shared by forks.
///
/// Kept only for objects that server-side apply or a request with a field manager touched. What controllers write in
/// between is attributed when it is next looked at, from the last writer of the object.
final class ManagedFields: Sendable {
    struct Entry: Sendable {
        var manager: Symbol
        /// Whether by server-side apply; else by any other write.
        var isApply: Bool
        /// `v1`, as a conflict names it for writes that were no apply.
        var apiVersion: String
        var paths: Set<Symbol>
    }

    let entries: [Entry]
    /// The object as it was when the entries were right.
    let seen: AppliedConfiguration

    init(entries: [Entry], seen: AppliedConfiguration) {
        self.entries = entries.filter { !$0.paths.isEmpty }
        self.seen = seen
    }
}
