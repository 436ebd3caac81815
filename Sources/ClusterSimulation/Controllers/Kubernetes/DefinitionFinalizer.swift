/// The controller that empties a deleted CustomResourceDefinition: deletes its objects, then lets it go.
///
/// Source: recordings, family crds; the finalizer `customresourcecleanup.apiextensions.k8s.io`.
enum DefinitionFinalizer {
    private static let name: Symbol = "crd-finalizer"

    static let controller = Controller(
        name, watches: [Watch(.customResourceDefinition, changes: [.deleting, .metadata])], reconcile: reconcile)

    /// A definition that waits for its objects to go looks again when one has gone.
    static let observer = Observer(written: { simulation, write in
        guard write.changes.contains(.removed), simulation.tables.isCustom(write.kind) else { return }
        let definition = simulation.definition(of: write.kind)
        guard simulation.state[definition].isDeleting,
            let controller = simulation.configuration.controllerID(name)
        else { return }
        simulation.enqueue(controller, definition, because: write.cause)
    })

    private static let caller = Caller.controller(name)

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        let row = simulation.state[key]
        guard row.exists, row.isDeleting,
            simulation.tables.list(row.finalizers).contains(ControlPlaneFinalizers.definition),
            let facts = simulation.facts(key, DefinitionFacts.self)
        else { return }
        let kind = simulation.tables.define(group: facts.group, kind: facts.kind)
        for instance in simulation.objects(of: kind) where !simulation.state[instance].isDeleting {
            simulation.delete(instance, as: caller)
        }
        // What has finalizers stays; its removal brings the definition back here.
        guard simulation.objects(of: kind).isEmpty else { return }
        let tables = simulation.tables
        simulation.update(key, as: caller) {
            $0.finalizers = tables.list($0.finalizers, removing: ControlPlaneFinalizers.definition)
        }
    }
}
