extension Operator {
    /// CloudNativePG.
    static let cloudNativePG = Operator(
        programs: [CloudNativePG.model],
        controllers: [CloudNativePG.certificates, PostgresClusters.controller],
        analysers: ["postgresql.cnpg.io/Cluster": PostgresClusterFacts.analyse],
        finalizers: FinalizerOwners.Entry.of(CloudNativePG.program, "cnpg.io/*"))
}
