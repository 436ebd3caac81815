extension ClusterTables {
    /// The body of that content, from those places and in that order, analysed where it is new.
    ///
    /// Places and order are part of what a body is: or a fork would be told the lines of whichever file another fork read
    /// the same content from.
    package func body(kind: KindID, _ value: Value) -> BodyID {
        let hash = value.contentHash ^ (UInt64(kind.index) &* 0x9E37_79B9_7F4A_7C15)
        var place = hash
        var content: BodyID?
        while let known = bodiesByHash[place] {
            let body = bodies[Int(known.index)]
            if body.kind == kind {
                if body.value.isIdentical(to: value) { return known }
                if body.value == value {
                    content = known
                    break
                }
            }
            place &+= 1
        }
        guard let content else {
            let id = append(Body(id: nextBodyID, content: nil, kind: kind, value: value, hash: hash, tables: self))
            bodiesByHash[place] = id
            return id
        }
        var form = StableHash(seed: UInt64(content.index))
        value.combineForm(into: &form)
        place = form.value
        while let known = bodiesByForm[place] {
            let body = bodies[Int(known.index)]
            if body.content == content, body.value.isIdentical(to: value) { return known }
            place &+= 1
        }
        let id = append(Body(id: nextBodyID, content: content, kind: kind, value: value, hash: hash, tables: self))
        bodiesByForm[place] = id
        return id
    }

    private var nextBodyID: BodyID { BodyID(index: UInt32(bodies.count)) }

    private func append(_ body: Body) -> BodyID {
        assert(body.id == nextBodyID, "analysing a body makes no other")
        bodies.append(body)
        return body.id
    }

    @inline(__always)
    package func body(_ id: BodyID) -> Body { bodies[Int(id.index)] }

    /// Whether two bodies have the same content, from whatever file.
    package func sameContent(_ left: BodyID, _ right: BodyID) -> Bool {
        left == right || body(left).content == body(right).content
    }

    /// Whether the API server keeps two bodies in the same form: they differ in defaults only, if at all.
    func isSameStored(_ left: BodyID, _ right: BodyID) -> Bool {
        if sameContent(left, right) { return true }
        let left = body(left)
        let right = body(right)
        // Most pairs differ in a plain value: that is seen without making the forms.
        return left.value.differsInFieldsOnly(from: right.value) && left.stored == right.stored
    }

    /// The body as it is, where a new one differs from it in defaults only.
    func keeping(_ old: BodyID, _ new: BodyID) -> BodyID { isSameStored(new, old) ? old : new }

    /// The id of a set of labels or annotations. A key that is given twice keeps its last value.
    package func map(_ entries: [(Symbol, Symbol)]) -> MapID {
        if entries.isEmpty { return .empty }
        let map = LabelMap(entries: entries)
        var place = map.hash
        while let id = mapsByHash[place] {
            if maps[Int(id.index)] == map { return id }
            place &+= 1
        }
        let id = MapID(index: UInt32(maps.count))
        maps.append(map)
        mapsByHash[place] = id
        return id
    }

    @inline(__always)
    package func map(_ id: MapID) -> LabelMap { maps[Int(id.index)] }

    /// The map with one entry set, or removed where `value` is nil.
    package func map(_ id: MapID, setting key: Symbol, to value: Symbol?) -> MapID {
        var entries = maps[Int(id.index)].entries.filter { $0.key != key }.map { ($0.key, $0.value) }
        if let value { entries.append((key, value)) }
        return map(entries)
    }

    /// The map of an object of strings; other values are left out.
    package func map(of value: Value?) -> MapID {
        map((value?.fields ?? []).compactMap { field in field.value.symbol.map { (field.key, $0) } })
    }

    /// The id of a list of names.
    package func list(_ names: [Symbol]) -> ListID {
        if names.isEmpty { return .empty }
        if let id = listsByContent[names] { return id }
        let id = ListID(index: UInt32(lists.count))
        lists.append(names)
        listsByContent[names] = id
        return id
    }

    @inline(__always)
    package func list(_ id: ListID) -> [Symbol] { lists[Int(id.index)] }

    /// The list without one name.
    package func list(_ id: ListID, removing name: Symbol) -> ListID {
        let names = lists[Int(id.index)]
        return names.contains(name) ? list(names.filter { $0 != name }) : id
    }

    /// The id of a list of owner references.
    package func owners(_ references: [OwnerReference]) -> OwnersID {
        if references.isEmpty { return .empty }
        if let id = ownersByContent[references] { return id }
        let id = OwnersID(index: UInt32(ownerLists.count))
        ownerLists.append(references)
        ownersByContent[references] = id
        return id
    }

    @inline(__always)
    package func owners(_ id: OwnersID) -> [OwnerReference] { ownerLists[Int(id.index)] }
}
