/// Finalizers that the API server itself gives to objects, for controllers of the control plane to take away.
enum ControlPlaneFinalizers {
    /// Of a CustomResourceDefinition that is being deleted, until its objects are gone.
    static let definition: Symbol = "customresourcecleanup.apiextensions.k8s.io"
    /// Of a claim, while a Pod uses it.
    static let claim: Symbol = "kubernetes.io/pvc-protection"
    /// Of a volume, while a claim uses it.
    static let volume: Symbol = "kubernetes.io/pv-protection"
}
