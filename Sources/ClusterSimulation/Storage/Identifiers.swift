/// A kind of object the API knows: an index into `ClusterTables.kinds`.
package struct KindID: Hashable, Sendable {
    package let index: UInt16
    @inline(__always) package init(index: UInt16) { self.index = index }
}

/// A (kind, namespace, name), whether or not an object of that name exists: an index into `ClusterTables.keys`.
///
/// Rows of the cluster state are indexed by it, so a reference to something that does not exist is an ordinary key
/// whose row is empty.
package struct ObjectKey: Hashable, Sendable {
    package let index: UInt32
    @inline(__always) package init(index: UInt32) { self.index = index }
    /// No object.
    package static let none = ObjectKey(index: 0)
    @inline(__always) package var isNone: Bool { index == 0 }
    @inline(__always) package var offset: Int { Int(index) }
}

/// A document's content without metadata and status: an index into `ClusterTables.bodies`.
package struct BodyID: Hashable, Sendable {
    package let index: UInt32
    @inline(__always) package init(index: UInt32) { self.index = index }
    /// The empty body.
    package static let empty = BodyID(index: 0)
}

/// A set of labels or annotations: an index into `ClusterTables.maps`.
package struct MapID: Hashable, Sendable {
    package let index: UInt32
    @inline(__always) package init(index: UInt32) { self.index = index }
    package static let empty = MapID(index: 0)
    @inline(__always) package var isEmpty: Bool { index == 0 }
}

/// A list of names in order, such as finalizers: an index into `ClusterTables.lists`.
package struct ListID: Hashable, Sendable {
    package let index: UInt32
    @inline(__always) package init(index: UInt32) { self.index = index }
    package static let empty = ListID(index: 0)
    @inline(__always) package var isEmpty: Bool { index == 0 }
}

/// A list of owner references: an index into `ClusterTables.owners`.
package struct OwnersID: Hashable, Sendable {
    package let index: UInt32
    @inline(__always) package init(index: UInt32) { self.index = index }
    package static let empty = OwnersID(index: 0)
    @inline(__always) package var isEmpty: Bool { index == 0 }
}

/// An entry of the trace: what happened, and because of what.
package struct TraceID: Hashable, Sendable {
    package let index: UInt32
    @inline(__always) package init(index: UInt32) { self.index = index }
    /// No cause: the initial cluster.
    package static let none = TraceID(index: 0)
    @inline(__always) package var isNone: Bool { index == 0 }
}

/// An owner reference: the owner's key, and the uid the owner had when the reference was made.
package struct OwnerReference: Hashable, Sendable {
    package var owner: ObjectKey
    /// 0 where the reference named a uid that no object of this run has.
    package var uid: UInt32
    package var controller: Bool
    package var blockOwnerDeletion: Bool

    package init(owner: ObjectKey, uid: UInt32, controller: Bool, blockOwnerDeletion: Bool) {
        self.owner = owner
        self.uid = uid
        self.controller = controller
        self.blockOwnerDeletion = blockOwnerDeletion
    }
}
