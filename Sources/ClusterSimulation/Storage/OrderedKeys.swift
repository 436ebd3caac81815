/// Objects in the order in which they were added, each once: adding, removing and looking up cost the same however many
/// there are.
package struct OrderedKeys: Sendable {
    /// `.none` where an object was removed.
    private var places: [ObjectKey] = []
    /// By object: its place; looked up only.
    private var index: [ObjectKey: Int] = [:]

    package init() {}

    package var count: Int { index.count }
    package var isEmpty: Bool { index.isEmpty }

    package func contains(_ key: ObjectKey) -> Bool { !index.isEmpty && index[key] != nil }

    /// Adds an object at the end; one that is there stays where it is.
    package mutating func append(_ key: ObjectKey) {
        if index[key] != nil { return }
        index[key] = places.count
        places.append(key)
    }

    package mutating func remove(_ key: ObjectKey) {
        guard !index.isEmpty, let place = index.removeValue(forKey: key) else { return }
        places[place] = .none
        if places.count > 32, index.count * 2 < places.count { compact() }
    }

    /// All of them, oldest first.
    package var keys: [ObjectKey] { places.filter { !$0.isNone } }

    private mutating func compact() {
        places.removeAll { $0.isNone }
        for (place, key) in places.enumerated() { index[key] = place }
    }
}
