/// Results kept for all forks because they depend on ids alone.
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
