/// All stored objects, their order and the references between them: a value that copies for almost nothing.
///
/// Written only by the API door (`API/`), which keeps the buckets and the reference index right.
package struct ClusterState {
    var rows = PersistentArray<ObjectRow>(default: ObjectRow())
    var statuses = PersistentArray<Status?>(default: nil)
    var buckets = PersistentArray<Bucket>(default: Bucket())
    private(set) var bucketIndex = BucketIndex()
    /// All references of all objects, each in the list of its source and in the list of its target.
    var links = PersistentArray<ReferenceLink>(default: ReferenceLink())
    /// By target: the first link that points to it; 0 for none.
    var referrers = PersistentArray<UInt32>(default: 0)
    /// By object: the manifest that was last applied to it.
    var applied = PersistentArray<AppliedConfiguration>(default: AppliedConfiguration())
    /// By object: who owns its fields, where somebody tracks that.
    var managedFields = PersistentArray<ManagedFields?>(default: nil)
    private var freeLink: UInt32 = 0
    var lastUID: UInt32 = 0
    var lastResourceVersion: UInt32 = 0
    package internal(set) var objectCount = 0
    /// What left storage last: the API server's answer to the request that removed it still shows it.
    var lastRemoved = RemovedObject()
    /// What roles and bindings say.
    var permissions = ContentSum()
    /// What webhook configurations say.
    var webhooks = ContentSum()

    /// The custom kinds that the stored definitions describe.
    var kinds = ServedKinds()

    /// Counts the objects and references that are gone through.
    let work: WorkMeter

    init(work: WorkMeter) {
        self.work = work
        _ = links.append(ReferenceLink())
    }

    /// An object that is gone, as it was written last.
    struct RemovedObject {
        var key: ObjectKey = .none
        var row = ObjectRow()
        var status: Status?
    }

    /// The objects of one kind in one namespace, as a list through their rows.
    struct Bucket {
        var first: ObjectKey = .none
        var last: ObjectKey = .none
        var count: UInt32 = 0
        /// How many of them have no controller.
        var uncontrolled: UInt32 = 0
    }

    /// One reference from one object to another.
    package struct ReferenceLink {
        package var source: ObjectKey = .none
        package var target: ObjectKey = .none
        package var type: ReferenceType = .opaque
        package var isOptional = false
        var nextOfSource: UInt32 = 0
        var nextOfTarget: UInt32 = 0
        var previousOfTarget: UInt32 = 0
    }
}

// MARK: - Reading

extension ClusterState {
    /// The object of that key; `exists` is false where there is none.
    @inline(__always)
    package subscript(key: ObjectKey) -> ObjectRow { rows[key.offset] }

    @inline(__always)
    package func exists(_ key: ObjectKey) -> Bool { rows[key.offset].exists }

    @inline(__always)
    package func status(_ key: ObjectKey) -> Status? { statuses[key.offset] }

    /// The status of an object whose kind keeps that type of status.
    @inline(__always)
    package func status<Kept: Status>(_ key: ObjectKey, as type: Kept.Type) -> Kept? {
        guard let status = statuses[key.offset] else { return nil }
        return status as? Kept
    }

    /// Calls `body` for each object of a bucket (`ClusterTables.bucket`), oldest first, until it returns false.
    package func forEach(inBucket bucket: Int, _ body: (ObjectKey) -> Bool) {
        var key = buckets[bucket].first
        while !key.isNone {
            work.visit()
            let next = rows[key.offset].nextInBucket
            if !body(key) { return }
            key = next
        }
    }

    /// How many objects a bucket holds.
    package func count(inBucket bucket: Int) -> Int { Int(buckets[bucket].count) }

    /// How many objects of a bucket no owner controls.
    func uncontrolledCount(inBucket bucket: Int) -> Int { Int(buckets[bucket].uncontrolled) }

    /// The newest reference that points to `target` of which something is true.
    func newestReferrer(of target: ObjectKey, where isMeant: (ReferenceLink) -> Bool) -> ReferenceLink? {
        var link = referrers[target.offset]
        while link != 0 {
            work.visit()
            let entry = links[Int(link)]
            if isMeant(entry) { return entry }
            link = entry.nextOfTarget
        }
        return nil
    }

    /// Calls `body` for each reference that points to `target`, newest first.
    package func forEachReferrer(of target: ObjectKey, _ body: (ReferenceLink) -> Void) {
        var link = referrers[target.offset]
        while link != 0 {
            work.visit()
            let entry = links[Int(link)]
            body(entry)
            link = entry.nextOfTarget
        }
    }

    /// Calls `body` for each reference that `source` makes.
    package func forEachReference(of source: ObjectKey, _ body: (ReferenceLink) -> Void) {
        var link = rows[source.offset].firstReference
        while link != 0 {
            work.visit()
            let entry = links[Int(link)]
            body(entry)
            link = entry.nextOfSource
        }
    }
}

// MARK: - Writing, for the API door

extension ClusterState {
    /// - Parameter isControlled: whether one of its owners is its controller.
    mutating func insert(
        _ key: ObjectKey, _ row: ObjectRow, bucket: Int, isControlled: Bool, _ tables: ClusterTables
    ) {
        var row = row
        let last = buckets[bucket].last
        row.previousInBucket = last
        row.nextInBucket = .none
        row.firstReference = 0
        rows[key.offset] = row
        if last.isNone { buckets[bucket].first = key } else { rows[last.offset].nextInBucket = key }
        buckets[bucket].last = key
        buckets[bucket].count += 1
        if buckets[bucket].count == 1 { bucketIndex.add(bucket, tables) }
        if !isControlled { buckets[bucket].uncontrolled += 1 }
        objectCount += 1
    }

    /// Notes that an object has got a controller, or lost it.
    mutating func setControlled(_ isControlled: Bool, inBucket bucket: Int) {
        if isControlled { buckets[bucket].uncontrolled -= 1 } else { buckets[bucket].uncontrolled += 1 }
    }

    mutating func remove(_ key: ObjectKey, bucket: Int, isControlled: Bool, _ tables: ClusterTables) {
        let row = rows[key.offset]
        lastRemoved = RemovedObject(key: key, row: row, status: statuses[key.offset])
        if row.previousInBucket.isNone {
            buckets[bucket].first = row.nextInBucket
        } else {
            rows[row.previousInBucket.offset].nextInBucket = row.nextInBucket
        }
        if row.nextInBucket.isNone {
            buckets[bucket].last = row.previousInBucket
        } else {
            rows[row.nextInBucket.offset].previousInBucket = row.previousInBucket
        }
        buckets[bucket].count -= 1
        if buckets[bucket].count == 0 { bucketIndex.remove(bucket, tables) }
        if !isControlled { buckets[bucket].uncontrolled -= 1 }
        objectCount -= 1
        removeLinks(of: key)
        rows[key.offset] = ObjectRow()
        if statuses[key.offset] != nil { statuses[key.offset] = nil }
    }

    mutating func addLink(from source: ObjectKey, to target: ObjectKey, _ type: ReferenceType, optional: Bool) {
        var link = ReferenceLink(source: source, target: target, type: type, isOptional: optional)
        link.nextOfSource = rows[source.offset].firstReference
        link.nextOfTarget = referrers[target.offset]
        let index: UInt32
        if freeLink != 0 {
            index = freeLink
            freeLink = links[Int(index)].nextOfSource
            links[Int(index)] = link
        } else {
            index = UInt32(links.append(link))
        }
        if link.nextOfTarget != 0 { links[Int(link.nextOfTarget)].previousOfTarget = index }
        referrers[target.offset] = index
        rows[source.offset].firstReference = index
    }

    mutating func removeLinks(of source: ObjectKey) {
        var index = rows[source.offset].firstReference
        guard index != 0 else { return }
        rows[source.offset].firstReference = 0
        while index != 0 {
            let link = links[Int(index)]
            if link.previousOfTarget != 0 {
                links[Int(link.previousOfTarget)].nextOfTarget = link.nextOfTarget
            } else {
                referrers[link.target.offset] = link.nextOfTarget
            }
            if link.nextOfTarget != 0 { links[Int(link.nextOfTarget)].previousOfTarget = link.previousOfTarget }
            links[Int(index)] = ReferenceLink(nextOfSource: freeLink)
            freeLink = index
            index = link.nextOfSource
        }
    }
}
