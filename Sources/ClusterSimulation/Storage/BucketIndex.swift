/// Which buckets hold objects now, by kind and by namespace: in an order that no outcome depends on, whoever used a
/// bucket first, in this fork or in another.
struct BucketIndex {
    /// By kind: buckets that are not empty, by the name of their namespace.
    private var byKind = PersistentArray<[Int]>(default: [])
    /// By the key of the namespace, none for cluster-scoped objects: buckets that are not empty, by kind.
    private var byNamespace = PersistentArray<[Int]>(default: [])

    func buckets(of kind: KindID) -> [Int] { byKind[Int(kind.index)] }

    func buckets(inNamespace key: ObjectKey) -> [Int] { byNamespace[key.offset] }

    /// Every kind that has objects, in the order of kinds.
    func kinds(_ tables: ClusterTables) -> [KindID] {
        (0..<byKind.count).filter { !byKind[$0].isEmpty }.map { KindID(index: UInt16($0)) }
            .sorted { tables.precedes($0, $1) }
    }

    /// Lists a bucket that has got its first object.
    mutating func add(_ bucket: Int, _ tables: ClusterTables) {
        let content = tables.bucketContents[bucket]
        let kind = Int(content.kind.index)
        let namespace = tables.namespaceOfBucket(bucket).offset
        let place = Self.place(in: byKind[kind]) {
            tables.bucketContents[$0].namespace.precedes(content.namespace)
        }
        byKind[kind].insert(bucket, at: place)
        let placeInNamespace = Self.place(in: byNamespace[namespace]) {
            tables.precedes(tables.bucketContents[$0].kind, content.kind)
        }
        byNamespace[namespace].insert(bucket, at: placeInNamespace)
    }

    /// Takes out a bucket that has lost its last object.
    mutating func remove(_ bucket: Int, _ tables: ClusterTables) {
        let content = tables.bucketContents[bucket]
        let kind = Int(content.kind.index)
        let namespace = tables.namespaceOfBucket(bucket).offset
        let place = Self.place(in: byKind[kind]) {
            tables.bucketContents[$0].namespace.precedes(content.namespace)
        }
        byKind[kind].remove(at: place)
        byNamespace[namespace].removeAll { $0 == bucket }
    }

    /// How many buckets come before one, by halving.
    private static func place(in buckets: [Int], _ precedes: (Int) -> Bool) -> Int {
        var low = 0
        var high = buckets.count
        while low < high {
            let middle = (low + high) / 2
            if precedes(buckets[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension ClusterTables {
    /// The order of kinds: what is built in by its id, then custom kinds by group and name.
    package func precedes(_ left: KindID, _ right: KindID) -> Bool {
        guard isCustom(left), isCustom(right) else { return left.index < right.index }
        let first = kind(left)
        let second = kind(right)
        return first.group == second.group ? first.kind.precedes(second.kind) : first.group.precedes(second.group)
    }
}
