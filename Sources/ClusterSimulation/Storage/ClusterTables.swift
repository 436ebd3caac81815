/// What all forks of one cluster share: append-only tables that give small ids to immutable content.
///
/// Ids are handed out in first-seen order and are valid for every fork. Nothing is ever removed; equal content has
/// one id. Not thread-safe: one simulation and its forks run on one thread. It goes with the last of them.
///
/// No fork can see another through it. An id says which content, and nothing follows from its number; what a content is
/// never changes; nobody asks whether something was named before, and nothing is gone through in the order of ids. The
/// exceptions are limits of a process: 65,535 kinds, and 2^32 of everything else.
package final class ClusterTables {
    /// By id: what is built in, and what is taken for granted of a custom kind. Follows from group and name; how a fork
    /// serves the kind is in its state (`ServedKinds`).
    var kinds: [Kind] = Kind.builtIns
    var kindsByName: [KindName: KindID] = [:]
    var builtInsByPlural: [ResourceName: KindID] = [:]
    /// Whether a kind was named for which there is no id left: a limit of all forks together, which each of them tells.
    var lacksKinds = false

    /// Names, whether or not a fork has objects of them.
    private var keys: ContiguousArray<KeyContent> = [KeyContent(kind: .unknown, namespace: .empty, name: .empty)]
    private var keysByContent: [KeyContent: ObjectKey] = [:]

    /// Documents, each with its places and the order of its fields: which of two of equal content came first decides
    /// `Body.content` alone, which is compared and never read.
    var bodies: ContiguousArray<Body> = []
    /// By hash: the first body of each content. Where two contents have one hash, the later has the next free number.
    var bodiesByHash: [UInt64: BodyID] = [:]
    /// By a hash of places and order: the other bodies of a content, for many objects have the same small body.
    var bodiesByForm: [UInt64: BodyID] = [:]
    /// Labels and annotations, sorted; below it lists of names and of owners, in their order.
    var maps: ContiguousArray<LabelMap> = [LabelMap(entries: [])]
    /// By hash, as bodies.
    var mapsByHash: [UInt64: MapID] = [:]
    var lists: ContiguousArray<[Symbol]> = [[]]
    var listsByContent: [[Symbol]: ListID] = [:]
    var ownerLists: ContiguousArray<[OwnerReference]> = [[]]
    var ownersByContent: [[OwnerReference]: OwnersID] = [:]

    /// Numbers of kinds in namespaces. Which of them hold objects, and their order, is in the state (`BucketIndex`).
    private var buckets: [BucketContent: Int] = [:]
    private(set) var bucketContents: [BucketContent] = [BucketContent(kind: .unknown, namespace: .empty)]
    private var bucketNamespaces: [ObjectKey] = [.none]

    /// Results that depend on ids only and may be kept for every fork.
    package let memo = Memo()
    /// Counts what is looked at one by one. Each fork adds up its own share; what only the first that asks has to do does
    /// not count (`WorkMeter.unmetered`).
    package let work = WorkMeter()

    /// What is known of the documents of each kind.
    let rules: DocumentRules

    package init(rules: DocumentRules) {
        self.rules = rules
        for (index, kind) in kinds.enumerated() where index > 0 {
            let id = KindID(index: UInt16(index))
            kindsByName[KindName(group: kind.group, kind: kind.kind)] = id
            builtInsByPlural[ResourceName(kind)] = id
        }
        _ = body(kind: .unknown, Value(.object([])))
    }

    // MARK: Keys

    /// The key of an object that exists or may exist.
    package func key(_ kind: KindID, _ namespace: Symbol, _ name: Symbol) -> ObjectKey {
        let content = KeyContent(kind: kind, namespace: namespace, name: name)
        if let key = keysByContent[content] { return key }
        let key = ObjectKey(index: UInt32(keys.count))
        keys.append(content)
        keysByContent[content] = key
        return key
    }

    @inline(__always)
    package func content(_ key: ObjectKey) -> KeyContent { keys[key.offset] }
    @inline(__always)
    package func name(_ key: ObjectKey) -> Symbol { keys[key.offset].name }
    @inline(__always)
    package func namespace(_ key: ObjectKey) -> Symbol { keys[key.offset].namespace }
    @inline(__always)
    package func kindID(_ key: ObjectKey) -> KindID { keys[key.offset].kind }

    /// The key of the namespace an object lives in; `.none` for cluster-scoped objects.
    package func namespaceKey(_ key: ObjectKey) -> ObjectKey {
        let namespace = keys[key.offset].namespace
        return namespace.isEmpty ? .none : self.key(.namespace, .empty, namespace)
    }

    /// How many bodies were ever stored.
    package var bodyCount: Int { bodies.count }

    /// How many keys were ever named.
    package var keyCount: Int { keys.count }

    /// How a reader names the object.
    package func subject(_ key: ObjectKey) -> Subject {
        let content = content(key)
        return Subject(
            kind: kind(content.kind).kind.text, namespace: content.namespace.isEmpty ? nil : content.namespace.text,
            name: content.name.text)
    }

    /// `EventBus argo/default`, `Namespace argo`.
    package func describe(_ key: ObjectKey) -> String {
        let content = content(key)
        let name = content.namespace.isEmpty ? content.name.text : "\(content.namespace)/\(content.name)"
        return "\(kind(content.kind).kind) \(name)"
    }

    /// The bucket of a kind in a namespace: an index for `ClusterState`.
    package func bucket(_ kind: KindID, _ namespace: Symbol) -> Int {
        let content = BucketContent(kind: kind, namespace: namespace)
        if let index = buckets[content] { return index }
        let index = bucketContents.count
        bucketContents.append(content)
        bucketNamespaces.append(namespace.isEmpty ? .none : key(.namespace, .empty, namespace))
        buckets[content] = index
        return index
    }

    /// The key of a bucket's namespace; none for cluster-scoped objects.
    func namespaceOfBucket(_ bucket: Int) -> ObjectKey { bucketNamespaces[bucket] }
}

/// What a key stands for.
package struct KeyContent: Hashable, Sendable {
    package var kind: KindID
    /// Empty for cluster-scoped objects.
    package var namespace: Symbol
    package var name: Symbol
}

/// All objects of one kind in one namespace.
package struct BucketContent: Hashable, Sendable {
    package var kind: KindID
    package var namespace: Symbol
}
