/// What an object's manifest said when it was last applied: what removes fields that the next one no longer has.
struct AppliedConfiguration: Hashable {
    var isKnown = false
    var body: BodyID = .empty
    var labels: MapID = .empty
    var annotations: MapID = .empty
    var finalizers: ListID = .empty
}
