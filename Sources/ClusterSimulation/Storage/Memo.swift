/// Results kept for all forks because they depend on ids alone: an answer is a function of its question, so that nothing
/// but time follows from who asked first.
///
/// A store that is asked with one id holds at most one answer for each; one that is asked with several, or with what the
/// state says (`ContentSum`), is a `BoundedMemo`. What a question has to name: `docs/determinism.md`, "What forks share".
package final class Memo {
    /// Results of one feature each, by that feature's own store type.
    private var stores: [ObjectIdentifier: AnyObject] = [:]

    init() {}

    /// The memo of one feature, made on first use.
    package func store<Store: AnyObject>(_ type: Store.Type, make: () -> Store) -> Store {
        if let store = stores[ObjectIdentifier(type)] { return unsafeDowncast(store, to: type) }
        let store = make()
        stores[ObjectIdentifier(type)] = store
        return store
    }
}
