/// What controllers remember between reconciles besides what they wrote: one property a controller.
///
/// A value like everything else of the simulation; keep it small, and look dictionaries up, never iterate them.
package struct ControllerMemory {
    package init() {}

    package var kubelet = KubeletMemory()
    package var argoCD = ArgoCDMemory()
    package var operators = OperatorMemory()
    package var elections = LeaderElectionMemory()
    package var certificates = ServedCertificates()
    package var addresses = AddressMemory()
    var labels = LabelIndex()
    package var quotas = QuotaMemory()
    package var scheduler = SchedulerMemory()
    package var namespaces = NamespaceMemory()
    package var retries = RetryMemory()
    package var workloads = WorkloadMemory()
    package var drains = DrainMemory()
}
