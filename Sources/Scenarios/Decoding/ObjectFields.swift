import ClusterSimulation

/// The fields that one object of the scenario format may have.
///
/// The decoder can ask for no other, and names every other one as unknown. The published schema has a definition of the
/// same `id` with the same fields; a test compares the two.
package struct ObjectFields: Sendable {
    /// Its name among the `$defs` of the schema.
    package let id: String
    /// What messages call it: `steps[]`.
    package let title: String
    /// In the order of the documentation; empty where the keys are the user's.
    package let fields: [String]

    init(_ id: String, _ title: String, _ fields: [String]) {
        self.id = id
        self.title = title
        self.fields = fields
    }

    /// Whether the keys are the user's own.
    package var isMap: Bool { fields.isEmpty }

    /// Every object of the format.
    package static let all: [ObjectFields] =
        [
            .scenario, .metadata, .spec, .versions, .latencies, .cluster, .repository, .chart, .changeSet, .facts,
            .image, .programByArgument, .requirement, .vault, .vaultSecret, .vaultRole, .githubActions, .webhook, .step,
            .sync, .kubectl, .kubectlDelete, .kubectlPatch, .kubectlScale, .kubectlRolloutRestart, .removeFinalizers,
            .vaultStep, .fault, .invariants, .grace, .view, .expect, .expectedUnder, .expectedViolation,
            .subject,
        ] + FaultCatalogue.all.map(\.fields)

    static let scenario = ObjectFields("scenario", "the scenario", ["apiVersion", "kind", "metadata", "spec"])
    static let metadata = ObjectFields("metadata", "'metadata'", ["name", "description", "labels", "annotations"])
    static let spec = ObjectFields(
        "spec", "'spec'",
        [
            "include", "start", "horizon", "seed", "versions", "latencies", "settle", "cluster", "repositories",
            "charts", "changeSets", "facts", "steps", "invariants", "view", "expect",
        ])
    static let versions = ObjectFields("versions", "'versions'", ["kubernetes", "argocd"])
    static let latencies = ObjectFields("latencies", "'latencies'", Latency.allCases.map(\.rawValue))

    // MARK: The cluster and what it is made from

    static let cluster = ObjectFields("cluster", "'cluster'", ["manifests", "snapshot", "healthScripts"])
    static let repository = ObjectFields("repository", "repositories[]", ["url", "aliases", "branch", "path"])
    static let chart = ObjectFields("chart", "charts[]", ["repoURL", "chart", "in", "version", "path"])
    static let changeSet = ObjectFields(
        "changeSet", "changeSets[]", ["name", "title", "repository", "overlay", "removed"])

    // MARK: Facts

    static let facts = ObjectFields("facts", "'facts'", ["images", "vault", "githubActions", "webhooks", "registries"])
    static let image = ObjectFields(
        "image", "images[]", ["image", "program", "programs", "private", "libc", "requires", "source"])
    static let programByArgument = ObjectFields("programByArgument", "programs[]", ["whenArgument", "program"])
    static let requirement = ObjectFields("requirement", "requires[]", ["kind", "namespace", "names", "message"])
    static let vault = ObjectFields("vault", "vault[]", ["address", "secrets", "roles"])
    static let vaultSecret = ObjectFields("vaultSecret", "secrets[]", ["path", "keys"])
    static let vaultRole = ObjectFields("vaultRole", "roles[]", ["auth", "name", "serviceAccounts", "namespaces"])
    static let webhook = ObjectFields(
        "webhook", "webhooks[]", ["webhook", "operations", "kinds", "namespaces", "deny", "patch", "source"])
    static let githubActions = ObjectFields("githubActions", "githubActions[]", ["url", "assignedJobs"])

    // MARK: Steps

    static let step = ObjectFields("step", "steps[]", ["at", "after"] + StepDecoder.actions)
    static let sync = ObjectFields("sync", "'sync'", ["application", "namespace", "prune", "force"])
    static let kubectl = ObjectFields("kubectl", "'kubectl'", KubectlDecoder.commands + ["server-side"])
    static let kubectlDelete = ObjectFields(
        "kubectlDelete", "'delete'",
        ["kind", "apiVersion", "namespace", "names", "propagationPolicy", "gracePeriodSeconds"])
    static let kubectlPatch = ObjectFields(
        "kubectlPatch", "'patch'", ["kind", "name", "apiVersion", "namespace", "type", "patch"])
    static let kubectlScale = ObjectFields(
        "kubectlScale", "'scale'", ["kind", "name", "apiVersion", "namespace", "replicas"])
    static let kubectlRolloutRestart = ObjectFields(
        "kubectlRolloutRestart", "'rollout-restart'", ["kind", "name", "apiVersion", "namespace"])
    static let removeFinalizers = ObjectFields(
        "removeFinalizers", "'removeFinalizers'", ["kind", "name", "apiVersion", "namespace"])
    static let vaultStep = ObjectFields("vaultStep", "'vault'", ["put", "delete", "keys", "address"])
    static let fault = ObjectFields("fault", "'fault'", FaultCatalogue.all.map(\.name))

    // MARK: Invariants, views and expectations

    static let invariants = ObjectFields("invariants", "'invariants'", ["disabled", "grace"])
    static let grace = ObjectFields("grace", "'grace'", [])
    static let view = ObjectFields("view", "'view'", ["applications"])
    static let expect = ObjectFields("expect", "'expect'", ["verdict", "violations", "complete", "under"])
    static let expectedUnder = ObjectFields(
        "expectedUnder", "under[]", ["kubernetes", "argocd", "verdict", "violations", "complete"])
    static let expectedViolation = ObjectFields(
        "expectedViolation", "violations[]", ["invariant", "subject", "fixed"])
    static let subject = ObjectFields("subject", "'subject'", ["kind", "namespace", "name"])

    // MARK: Outside of scenarios

    /// An entry of an index file; the schema of scenarios does not have it.
    static let indexEntry = ObjectFields("indexEntry", "the index", ["path", "speed"])
}
