extension Simulation {
    /// The objects of a kind, in one namespace or in all by the names of namespaces, oldest first within each.
    package func objects(of kind: KindID, in namespace: Symbol? = nil) -> [ObjectKey] {
        var keys: [ObjectKey] = []
        forEach(kind, in: namespace) { keys.append($0) }
        return keys
    }

    /// How many objects of a kind there are, in all namespaces.
    package func count(of kind: KindID) -> Int {
        state.bucketIndex.buckets(of: kind).reduce(0) { $0 + state.count(inBucket: $1) }
    }

    /// Calls `body` for the objects of a kind, in one namespace or in all.
    package func forEach(_ kind: KindID, in namespace: Symbol? = nil, _ body: (ObjectKey) -> Void) {
        if let namespace {
            state.forEach(inBucket: tables.bucket(kind, namespace)) {
                body($0)
                return true
            }
        } else {
            let buckets = state.bucketIndex.buckets(of: kind)
            tables.work.visit(buckets.count)
            for bucket in buckets {
                state.forEach(inBucket: bucket) {
                    body($0)
                    return true
                }
            }
        }
    }

    /// Every object in a namespace, kind by kind in the order of kinds (`ClusterTables.precedes`).
    package func objects(inNamespace namespace: Symbol) -> [ObjectKey] {
        let key = namespace.isEmpty ? ObjectKey.none : tables.key(.namespace, .empty, namespace)
        var keys: [ObjectKey] = []
        for bucket in state.bucketIndex.buckets(inNamespace: key) {
            state.forEach(inBucket: bucket) {
                keys.append($0)
                return true
            }
        }
        return keys
    }

    /// Every object, kind by kind in the order of kinds.
    package var allObjects: [ObjectKey] { state.bucketIndex.kinds(tables).flatMap { objects(of: $0) } }

    /// The facts of an object's body.
    @inline(__always)
    package func facts<Facts: AnyObject>(_ key: ObjectKey, _ type: Facts.Type) -> Facts? {
        tables.body(state[key].body).facts(type)
    }

    /// One label of an object.
    package func label(_ key: ObjectKey, _ name: Symbol) -> Symbol? { tables.map(state[key].labels)[name] }

    /// One annotation of an object.
    package func annotation(_ key: ObjectKey, _ name: Symbol) -> Symbol? { tables.map(state[key].annotations)[name] }

    /// The owner reference whose `controller` is true.
    package func controllerOwner(_ key: ObjectKey) -> OwnerReference? {
        tables.owners(state[key].owners).first { $0.controller }
    }

    /// The living objects of a kind that name `owner` (with its present uid) as an owner, oldest first.
    package func dependents(of owner: ObjectKey, kind: KindID? = nil) -> [ObjectKey] {
        let uid = state[owner].uid
        var keys: [ObjectKey] = []
        state.forEachReferrer(of: owner) { link in
            guard link.type == .owner, kind == nil || tables.kindID(link.source) == kind else { return }
            guard tables.owners(state[link.source].owners).contains(where: { $0.owner == owner && $0.uid == uid })
            else { return }
            keys.append(link.source)
        }
        return keys.reversed()
    }
}
