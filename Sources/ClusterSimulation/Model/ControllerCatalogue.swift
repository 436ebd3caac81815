/// Every controller of the model, in the order in which they are told of a change: those of definitions and Argo CD, of the
/// operators, of Kubernetes.
package enum ControllerCatalogue {
    package static let all: [Controller] = first + OperatorCatalogue.all.flatMap(\.controllers) + kubernetes

    private static let first: [Controller] = [
        DefinitionFinalizer.controller,
        ApplicationController.controller,
    ]

    private static let kubernetes: [Controller] = [
        GarbageCollector.controller,
        NamespaceController.controller,
        ServiceAccountController.controller,
        DeploymentController.controller,
        ReplicaSetController.controller,
        StatefulSetController.controller,
        DaemonSetController.controller,
        JobController.controller,
        JobController.orphans,
        CronJobController.controller,
        EndpointSliceController.controller,
        PersistentVolumeController.controller,
        DisruptionController.controller,
        VolumeProtection.controller,
        NodeLifecycleController.controller,
        Scheduler.controller,
        Kubelet.controller,
        LeaderElectionController.controller,
        CertificateReload.controller,
        ResourceQuotaController.controller,
        NodeDrain.controller,
    ]
}
