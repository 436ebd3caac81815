/// Labels or annotations: pairs of symbols, sorted by key text, immutable.
package struct LabelMap: Equatable, Sendable {
    package struct Entry: Equatable, Sendable {
        package var key: Symbol
        package var value: Symbol
    }

    package let entries: [Entry]
    package let hash: UInt64

    init(entries pairs: [(Symbol, Symbol)]) {
        // Sorting keeps the order of equal keys: of each, the last stays.
        let sorted = pairs.map { Entry(key: $0.0, value: $0.1) }.sorted { $0.key.precedes($1.key) }
        var entries: [Entry] = []
        entries.reserveCapacity(sorted.count)
        for entry in sorted {
            if entries.last?.key == entry.key { entries[entries.count - 1] = entry } else { entries.append(entry) }
        }
        var hash = StableHash()
        for entry in entries {
            hash.combine(entry.key.stableHash)
            hash.combine(entry.value.stableHash)
        }
        self.entries = entries
        self.hash = hash.value
    }

    package subscript(key: Symbol) -> Symbol? {
        if entries.count > Self.scannedMax { return search(key) }
        for entry in entries where entry.key == key { return entry.value }
        return nil
    }

    /// More entries are searched by their order instead of being looked through.
    private static let scannedMax = 32

    private func search(_ key: Symbol) -> Symbol? {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].key == key { return entries[middle].value }
            if entries[middle].key.precedes(key) { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    package var value: Value { Value(.object(entries.map { Field($0.key, Value($0.value)) })) }
}
