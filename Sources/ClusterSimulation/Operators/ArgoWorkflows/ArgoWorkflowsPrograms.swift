/// The programs of Argo Workflows. Workflows themselves are not played: nothing in the model starts one.
enum ArgoWorkflowsPrograms {
    /// Leads only by its Lease, under the name that its environment gives it, and gives it back when it is told to stop.
    ///
    /// Source: argo-workflows `cmd/workflow-controller/main.go` for the flags, `workflow/controller/controller.go` for
    /// Lease, periods and identity.
    static let controller = ProgramModel(
        "argo-workflow-controller",
        start: { simulation, run in
            if let missing = missingConfiguration(simulation, run) { return missing }
            guard needsLease(run), run.variable("LEADER_ELECTION_IDENTITY") == nil else { return .runs() }
            return .exits(
                code: 1,
                message: "LEADER_ELECTION_IDENTITY must be set so that the workflow controllers can elect a leader")
        },
        watchedNamespace: { _, run in
            guard run.flag("namespaced") else { return .empty }
            return run.option("managed-namespace").map { Symbol($0) } ?? run.namespace
        },
        leaderElection: LeaderElection(
            "workflow-controller", isEnabled: needsLease, identity: .pod, releasesOnStop: true,
            periods: LeaderElection.Periods(retry: .seconds(5))))

    /// The web server. Source: argo-workflows `server/apiserver`: it reads the controller's ConfigMap at the start.
    static let server = ProgramModel(
        "argo-server", start: { simulation, run in missingConfiguration(simulation, run) ?? .runs() })

    private static func needsLease(_ run: ContainerRun) -> Bool { run.variable("LEADER_ELECTION_DISABLE") != "true" }

    private static func missingConfiguration(_ simulation: Simulation, _ run: ContainerRun) -> ContainerStart? {
        let name = Symbol(run.option("configmap") ?? "workflow-controller-configmap")
        if simulation.state.exists(simulation.tables.key(.configMap, run.namespace, name)) { return nil }
        return .exits(code: 1, message: Symbol("configmaps \"\(name)\" not found"))
    }
}
