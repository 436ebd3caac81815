/// Who hears of changes besides the controllers that watch them, in the order in which they are told. One line each.
package enum ObserverCatalogue {
    package static let all: [Observer] = controllers + OperatorCatalogue.all.flatMap(\.observers) + invariants

    private static let invariants = [InvariantMonitor.observer]

    private static let controllers: [Observer] = [
        ProgramInstances.observer,
        LabelIndex.observer,
        ArgoCD.settingsObserver,
        UnreadyPods.observer,
        ArgoCD.observer,
        GarbageCollector.observer,
        ResourceQuotaController.observer,
        DefinitionFinalizer.observer,
    ]
}
