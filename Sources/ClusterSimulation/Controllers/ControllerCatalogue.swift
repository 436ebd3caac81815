/// Every controller of the model, in the order in which they are told of a change. One line each.
package enum ControllerCatalogue {
    package static let all: [Controller] = [
        DefinitionFinalizer.controller,
        ApplicationController.controller,
        EventBusController.controller,
        EventClientControllers.eventSource,
        EventClientControllers.sensor,
        VaultSecrets.controller,
        AutoscalingRunnerSets.controller,
        RunnerListeners.controller,
        RunnerScaling.controller,
        EphemeralRunners.setController,
        EphemeralRunners.runnerController,
        GarbageCollector.controller,
        NamespaceController.controller,
        ServiceAccountController.controller,
        DeploymentController.controller,
        ReplicaSetController.controller,
        StatefulSetController.controller,
        DaemonSetController.controller,
        JobController.controller,
        EndpointSliceController.controller,
        PersistentVolumeController.controller,
        VolumeProtection.controller,
        Scheduler.controller,
        Kubelet.controller,
    ]
}
