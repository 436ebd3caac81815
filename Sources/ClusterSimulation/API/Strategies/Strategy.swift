/// What the API server does to an object of a built-in kind before it stores it.
extension Simulation {
    /// Fills in, checks and reserves what a new object of its kind needs.
    mutating func applyStrategy(creating draft: inout ObjectDraft, _ key: ObjectKey) throws(APIError) {
        switch draft.kind {
        case .service: try prepareService(&draft, replacing: nil)
        case .pod: try preparePod(&draft)
        case .persistentVolumeClaim: prepareClaim(&draft)
        case .persistentVolume: prepareVolume(&draft)
        case .job: prepareJob(&draft)
        case .namespace: prepareNamespace(&draft)
        default: break
        }
    }

    /// The same for a changed object.
    mutating func applyStrategy(updating draft: inout ObjectDraft, replacing old: ObjectDraft) throws(APIError) {
        if draft.kind == .service, draft.body != old.body { try prepareService(&draft, replacing: old) }
    }
}
