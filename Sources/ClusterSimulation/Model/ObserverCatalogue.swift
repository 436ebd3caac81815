/// Who hears of changes besides the controllers that watch them, in the order in which they are told. One line each.
package enum ObserverCatalogue {
    package static let all: [Observer] = [
        ProgramInstances.observer,
        LabelIndex.observer,
        ArgoCD.settingsObserver,
        UnreadyPods.observer,
        ArgoCD.observer,
        GarbageCollector.observer,
        ResourceQuotaController.observer,
        DefinitionFinalizer.observer,
        InvariantMonitor.observer,
    ]
}
