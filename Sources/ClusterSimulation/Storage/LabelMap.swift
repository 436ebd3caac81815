/// Labels or annotations: pairs of symbols, sorted by key text, immutable.
package struct LabelMap: Equatable, Sendable {
    package struct Entry: Equatable, Sendable {
        package var key: Symbol
        package var value: Symbol
    }

    package let entries: [Entry]
    package let hash: UInt64

    init(entries pairs: [(Symbol, Symbol)]) {
        var entries: [Entry] = []
        for (key, value) in pairs {
            if let index = entries.firstIndex(where: { $0.key == key }) {
                entries[index].value = value
            } else {
                entries.append(Entry(key: key, value: value))
            }
        }
        entries.sort { $0.key.precedes($1.key) }
        var hash = StableHash()
        for entry in entries {
            hash.combine(entry.key.stableHash)
            hash.combine(entry.value.stableHash)
        }
        self.entries = entries
        self.hash = hash.value
    }

    package subscript(key: Symbol) -> Symbol? {
        for entry in entries where entry.key == key { return entry.value }
        return nil
    }

    package var value: Value { Value(.object(entries.map { Field($0.key, Value($0.value)) })) }
}
