extension Operator {
    /// Argo Workflows.
    static let argoWorkflows = Operator(
        programs: [ArgoWorkflowsPrograms.controller, ArgoWorkflowsPrograms.server],
        finalizers: FinalizerOwners.Entry.of("argo-workflow-controller", "workflows.argoproj.io/*"))
}
