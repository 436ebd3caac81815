/// What a set of objects says, as one number: equal sets have equal numbers in every fork, whatever was written before.
///
/// The sum of a mixed hash of each object: no order reaches it, and a write costs one subtraction and one addition. It is
/// made of the ids of bodies and labels, so it is compared among the forks of one cluster and told nowhere.
struct ContentSum {
    private(set) var value: UInt64 = 0
    /// How many objects there are.
    private(set) var count = 0
    /// Rises with every write that changes the sum.
    private(set) var changes: UInt32 = 0
    /// By object: its part of the sum; 0 where it is not there.
    private var parts = PersistentArray<UInt64>(default: 0)

    /// Takes in what an object says now; `row` does not exist where it is gone.
    mutating func note(_ key: ObjectKey, _ row: ObjectRow) {
        let old = parts[key.offset]
        let new = row.exists ? Self.part(key, row) : 0
        if old == new { return }
        value = value &- old &+ new
        count += (new == 0 ? 0 : 1) - (old == 0 ? 0 : 1)
        changes &+= 1
        parts[key.offset] = new
    }

    private static func part(_ key: ObjectKey, _ row: ObjectRow) -> UInt64 {
        var hash = StableHash()
        hash.combine(UInt64(key.index) << 32 | UInt64(row.body.index))
        hash.combine(UInt64(row.labels.index))
        return hash.value | 1
    }
}
