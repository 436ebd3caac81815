extension Invariant {
    /// I11: every Secret that a workload cannot do without exists in its namespace.
    static let secretsMaterialise = Invariant(
        "secrets-materialise", .eventually,
        title: "Every Secret that a workload needs exists in the workload's namespace",
        predicate: "waits for a Secret that is never made",
        explainedBy: [
            "cross-namespace-references-allowed", "workload-identity-accepted", "references-resolve",
            "certificate-covers-service",
        ],
        grace: .minutes(5),
        reads: [
            .subjects(.kind(.deployment)), .subjects(.kind(.statefulSet)), .subjects(.kind(.daemonSet)),
            .targets(.secret),
        ],
        page: Page(
            rule: """
                A Pod that mounts a Secret, or takes a variable from one, without `optional: true` does not start \
                before the Secret is there. Secrets do not move with a workload: whatever makes them must make them in \
                the new namespace.
                """,
            incident: "A consolidated namespace in which one Vault path was empty: the Pod stayed in Init:0/1.",
            symptom: "`MountVolume.SetUp failed for volume …: secret \"…\" not found`, CreateContainerConfigError.",
            remedy: "Create the producer (VaultStaticSecret, Certificate, SealedSecret) in the new namespace first.")
    ) { simulation, key in
        Dangling.finding(simulation, key, .secret) { simulation, missing in
            SecretProducer.explain(simulation, key, missing)
        }
    }
}
