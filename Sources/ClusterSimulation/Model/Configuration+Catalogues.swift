extension Configuration {
    /// What a run knows, from the catalogues where nothing else is given.
    ///
    /// - Parameters:
    ///   - tables: where the custom kinds that controllers and invariants name are defined.
    ///   - argoCD: what `argocd-cm` says; nil: there is none.
    ///   - patterns: what matches the patterns of CustomResourceDefinitions.
    ///   - disabledInvariants: ids that are not checked.
    ///   - grace: grace periods that replace the invariants' own.
    package convenience init(
        tables: ClusterTables, versions: Versions = Versions(), argoCD: ArgoCDSettings? = nil,
        latencies: Latencies = Latencies(), patterns: (any PatternMatcher)? = nil,
        controllers: [Controller] = ControllerCatalogue.all, invariants: [Invariant] = InvariantCatalogue.all,
        disabledInvariants: [Symbol] = [], grace: [Symbol: SimulationTime.Span] = [:], allowsPrivileged: Bool = true,
        limits: Limits = Limits()
    ) {
        self.init(
            tables: tables, versions: versions, latencies: latencies, patterns: patterns, controllers: controllers,
            observers: ObserverCatalogue.all, metadataReferences: [.tracking],
            settings: {
                var settings = StateSlots()
                settings.argoCDSettings = argoCD ?? ArgoCDSettings(versions)
                settings.programModels = ProgramCatalogue.models
                settings.finalizerOwners = FinalizerOwners(OperatorCatalogue.all)
                let checked = invariants.filter { !disabledInvariants.contains($0.id) }
                settings.invariantChecks = InvariantChecks(checked, grace: grace, tables: tables)
                return settings
            },
            reconcileInPrograms: ProgramInstances.reconcile, allowsPrivileged: allowsPrivileged, limits: limits)
    }
}
