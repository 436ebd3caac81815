/// Claims and volumes: protection finalizers, and the default class. Source: recordings, family storage; the
/// admission plugins StorageObjectInUseProtection and DefaultStorageClass.
extension Simulation {
    mutating func prepareClaim(_ draft: inout ObjectDraft) {
        addFinalizer(ControlPlaneFinalizers.claim, to: &draft)
        guard let facts = tables.body(draft.body).facts(ClaimFacts.self), facts.storageClass == nil,
            let name = defaultStorageClass()
        else { return }
        var value = tables.body(draft.body).value
        var spec = value["spec"] ?? Value(.object([]))
        spec["storageClassName"] = Value(name)
        value["spec"] = spec
        draft.body = tables.body(kind: .persistentVolumeClaim, value)
    }

    mutating func prepareVolume(_ draft: inout ObjectDraft) {
        addFinalizer(ControlPlaneFinalizers.volume, to: &draft)
    }

    private func addFinalizer(_ name: Symbol, to draft: inout ObjectDraft) {
        let names = tables.list(draft.finalizers)
        if !names.contains(name) { draft.finalizers = tables.list(names + [name]) }
    }

    /// The newest class that says it is the default.
    private func defaultStorageClass() -> Symbol? {
        objects(of: .storageClass).last { key in
            annotation(key, "storageclass.kubernetes.io/is-default-class") == "true"
        }.map { tables.name($0) }
    }
}
