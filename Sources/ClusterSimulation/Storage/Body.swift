/// A document's content without `apiVersion`, `kind`, `metadata` and `status`, analysed once.
///
/// Immutable and shared by all forks. `facts` are what the controllers and invariants of this kind read instead of
/// the tree: see `Analysis`.
package final class Body {
    package let id: BodyID
    /// The first body of equal content: compare these, not ids, to know whether two documents say the same.
    package let content: BodyID
    package let kind: KindID
    package let value: Value
    package let hash: UInt64
    /// How many values it consists of.
    let partCount: Int
    /// The references this body makes, relative to the namespace of the object that has it.
    package let references: [Reference]
    /// The content as the API server keeps and returns it: with defaults. Made for the first that asks.
    private(set) lazy var stored: Value = storedForm(value, kind)
    private let storedForm: @Sendable (Value, KindID) -> Value
    private let analysed: AnyObject?

    init(id: BodyID, content: BodyID?, kind: KindID, value: Value, hash: UInt64, tables: ClusterTables) {
        self.id = id
        self.content = content ?? id
        self.kind = kind
        self.value = value
        self.hash = hash
        partCount = value.partCount
        storedForm = tables.rules.storedForm
        let analysis = tables.rules.analyse(value, kind, tables)
        references = analysis.references
        analysed = analysis.facts
    }

    /// The facts of this body. The type must be the one that `Analysis` makes for the body's kind.
    @inline(__always)
    package func facts<Facts: AnyObject>(_ type: Facts.Type) -> Facts? {
        guard let analysed else { return nil }
        assert(analysed is Facts, "facts of kind \(kind.index) are no \(type)")
        return unsafeDowncast(analysed, to: type)
    }
}
