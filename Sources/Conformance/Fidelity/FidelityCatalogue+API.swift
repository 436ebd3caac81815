extension FidelityCatalogue {
    static let apiServer: [FidelityRule] = [
        .init(
            "every kind",
            "names, labels, annotations and finalizers are held against their syntax, and each field that is wrong is a cause",
            "recordings", .suite("kubernetes/errors")),
        .init(
            "every kind", "a write with an old resourceVersion is a conflict", "recordings",
            .recorded("kubernetes/errors", mentioning: "the object has been modified")),
        .init(
            "ConfigMap, Secret", "`immutable` data cannot change, nor can the flag go back", "recordings",
            .recorded("kubernetes/errors", mentioning: "field is immutable when")),
        .init(
            "every kind", "a delete with another uid or resourceVersion as precondition is a conflict", "recordings",
            .recorded("kubernetes/lists", mentioning: "preconditions")),
        .init(
            "every kind", "label and field selectors, and which fields can be selected", "recordings",
            .recorded("kubernetes/lists", mentioning: "Selector=")),
        .init(
            "every kind", "`dryRun=All` answers and stores nothing", "recordings",
            .recorded("kubernetes/apply", mentioning: "dryRun=All")),
        .init(
            "every kind", "server-side apply: who owns a field, conflicts, force", "recordings; \"Server-Side Apply\"",
            .recorded("kubernetes/apply", mentioning: "FieldManagerConflict"), .suite("kubernetes/apply")),
        .init(
            "every kind", "JSON patch and merge patch", "RFC 6902, RFC 7386; recordings",
            .recorded("kubernetes/patches", mentioning: "json-patch+json")),
        .init(
            "built-in kinds", "strategic merge patch: merge keys, `$patch`, `$deleteFromPrimitiveList`, order of lists",
            "recordings", .recorded("kubernetes/patches", mentioning: "strategic-merge-patch+json")),
        .init(
            "built-in kinds",
            "objects are returned with the defaults of their kind; what differs in them only is no change",
            "recordings; `pkg/apis/*/v1/defaults.go`", .suite("kubernetes/patches"), .test("StoredFormTests")),
        .init(
            "built-in kinds", "values of another type are refused, unknown fields with `fieldValidation=Strict`",
            "recordings; `sigs.k8s.io/json`", .recorded("kubernetes/errors", mentioning: "strict decoding error"),
            .recorded("kubernetes/patches", mentioning: "cannot unmarshal"), .test("StoredFormTests")),
        .init(
            "built-in kinds", "server-side apply of a field that the schema does not have fails with 500",
            "`structuredmerge.go`; kubernetes/kubernetes issue 122480", .test("StoredFormTests")),
        .init(
            "Pod, PersistentVolumeClaim", "a change that is refused is told with the difference of the two specs",
            "recordings; `pkg/util/diff`", .recorded("kubernetes/subresources", mentioning: "@@ -42,7 +42,7 @@")),
        .init(
            "Service", "since 1.36 a name may begin with a digit", "KEP-5311", .test("StoredFormTests")),
        .init(
            "Pod, Deployment, Namespace", "subresources: `status`, `scale`, `binding`, `eviction`, `finalize`",
            "recordings",
            .suite("kubernetes/subresources")),
        .init(
            "Role, ClusterRole and bindings", "who may do what, and the words of a refusal",
            "recordings; \"Using RBAC\"",
            .suite("kubernetes/rbac")),
        .init(
            "CustomResourceDefinition", "schemas: types, required fields, enums, patterns, pruning, defaults",
            "recordings",
            .suite("kubernetes/crds")),
        .init(
            "CustomResourceDefinition",
            "the version that clients prefer is the highest by version priority; what is not stored in it is converted by a webhook that has no failure policy",
            "\"Versions in CustomResourceDefinitions\"", .test("ConversionTests")),
    ]

    static let deletion: [FidelityRule] = [
        .init(
            "Namespace", "nothing is created in a Terminating namespace", "recordings; KNOWLEDGE AS-16",
            .recorded("kubernetes/lifecycle", mentioning: "because it is being terminated")),
        .init(
            "every kind", "an object with finalizers stays, and cannot be created again before it has gone",
            "recordings",
            .recorded("kubernetes/lifecycle", mentioning: "object is being deleted")),
        .init(
            "Namespace", "five conditions say what holds a deletion up", "recordings",
            .recorded("kubernetes/teardown", mentioning: "NamespaceFinalizersRemaining"),
            .recorded("kubernetes/crds", mentioning: "SomeFinalizersRemain")),
        .init(
            "Namespace", "a webhook that fails for DELETE holds the content", "recordings",
            .recorded("kubernetes/teardown", mentioning: "failed calling webhook")),
        .init(
            "Namespace", "an aggregated API that does not answer holds up every deletion", "recordings",
            .suite("kubernetes/discovery")),
        .init(
            "Namespace", "forced through `finalize`, a namespace goes and leaves its objects in storage", "recordings",
            .recorded("kubernetes/teardown", mentioning: "/finalize")),
        .init(
            "Namespace", "since 1.33 Pods go first, then the rest; before, in any order", "KEP-5080",
            .test("VersionRuleTests")),
        .init(
            "owner references", "background: dependents go when all owners are gone", "recordings",
            .suite("kubernetes/gc")),
        .init(
            "owner references", "foreground: an owner waits for the dependents that block it", "recordings",
            .recorded("kubernetes/gc", mentioning: "Foreground")),
        .init(
            "owner references", "orphan: dependents stay without the reference", "recordings",
            .recorded("kubernetes/gc", mentioning: "Orphan"), .recorded("kubernetes/teardown", mentioning: "Orphan")),
    ]
}
