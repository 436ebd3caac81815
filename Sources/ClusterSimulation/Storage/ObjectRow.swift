/// One stored object, packed: ids and numbers only, no references, so that copying rows costs a `memcpy`.
///
/// The document is rebuilt from it and the tables by `Simulation.document(of:)`.
package struct ObjectRow: Sendable {
    /// 0 where no object has this key. Never used twice in a run.
    package var uid: UInt32 = 0
    package var kind: KindID = .unknown
    /// Whether `metadata.generateName` was given; what it was follows from the name.
    package var isNameGenerated = false
    package var generation: UInt32 = 0
    package var resourceVersion: UInt32 = 0
    package var body: BodyID = .empty
    /// Where the body was written; kept here because every write asks for it.
    package var origin: Origin = .none
    package var labels: MapID = .empty
    package var annotations: MapID = .empty
    package var finalizers: ListID = .empty
    package var owners: OwnersID = .empty
    package var created: SimulationTime = .never
    /// `.never` while the object is not being deleted.
    package var deleted: SimulationTime = .never
    package var deletionGraceSeconds: Int32 = 0
    /// The trace entry of the last write to anything but the status.
    package var lastWrite: TraceID = .none
    /// The trace entry of the creation.
    package var creation: TraceID = .none
    /// The place among the objects of one kind and namespace, in order of creation.
    package var previousInBucket: ObjectKey = .none
    package var nextInBucket: ObjectKey = .none
    /// The first of this object's outgoing references; 0 for none.
    package var firstReference: UInt32 = 0

    package init() {}

    @inline(__always) package var exists: Bool { uid != 0 }
    /// Whether the object has a deletionTimestamp.
    @inline(__always) package var isDeleting: Bool { deleted != .never }
}
