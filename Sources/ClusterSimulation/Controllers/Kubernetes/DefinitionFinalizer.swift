/// The controller that empties a deleted CustomResourceDefinition: deletes its objects, then lets it go.
///
/// Source: recordings, family crds; the finalizer `customresourcecleanup.apiextensions.k8s.io`.
enum DefinitionFinalizer {
    static let controller = Controller(
        "crd-finalizer", watches: [Watch(.customResourceDefinition, changes: [.deleting, .metadata])],
        reconcile: reconcile)

    private static let caller = Caller.controller("crd-finalizer")

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        let row = simulation.state[key]
        guard row.exists, row.isDeleting, simulation.tables.list(row.finalizers).contains(ControlPlaneFinalizers.definition),
            let facts = simulation.facts(key, DefinitionFacts.self)
        else { return }
        if let kind = simulation.tables.kindID(group: facts.group, kind: facts.kind) {
            let instances = simulation.objects(of: kind)
            for instance in instances where !simulation.state[instance].isDeleting {
                simulation.delete(instance, as: caller)
            }
            // What has finalizers stays; its removal brings the definition back here.
            guard simulation.objects(of: kind).isEmpty else { return }
        }
        let tables = simulation.tables
        simulation.update(key, as: caller) { $0.finalizers = tables.list($0.finalizers, removing: ControlPlaneFinalizers.definition) }
    }
}
