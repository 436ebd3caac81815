import ClusterSimulation

/// A cluster in which an operator's definitions stand, and the operator runs where the model has it.
enum OperatorCluster {
    /// Facts that make a Pod of that image run the program.
    static func externals(_ recorded: RecordedOperator) -> ExternalSystems {
        var externals = ExternalSystems()
        externals.images = recorded.programs.map { ImageFact(pattern: $0.program, program: $0.program) }
        return externals
    }

    /// The manifests, in the order in which they are created.
    static func manifests(_ recorded: RecordedOperator) -> [Value] {
        var manifests = recorded.definitions.map(definition)
        if !recorded.namespace.isEmpty {
            manifests.append([
                "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": Value(recorded.namespace)],
            ])
        }
        return recorded.programs.isEmpty ? manifests : manifests + deployment(recorded)
    }

    private static func definition(_ recorded: RecordedOperator.Definition) -> Value {
        [
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": ["name": .string("\(recorded.plural).\(recorded.group)")],
            "spec": [
                "group": .string(recorded.group), "scope": recorded.isNamespaced ? "Namespaced" : "Cluster",
                "names": [
                    "kind": .string(recorded.kind), "plural": .string(recorded.plural),
                    "singular": .string(recorded.kind.lowercased()),
                ],
                "versions": [
                    [
                        "name": .string(recorded.version), "served": true, "storage": true,
                        "subresources": ["status": .object([:])],
                        "schema": [
                            "openAPIV3Schema": ["type": "object", "x-kubernetes-preserve-unknown-fields": true]
                        ],
                    ]
                ],
            ],
        ]
    }

    /// One Pod a program, on a node of their own, that may do everything.
    private static func deployment(_ recorded: RecordedOperator) -> [Value] {
        let namespace = Value(recorded.namespace)
        var manifests: [Value] = [
            ["apiVersion": "v1", "kind": "Node", "metadata": ["name": "operators"]],
            [
                "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
                "metadata": ["name": namespace],
                "roleRef": [
                    "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin",
                ],
                "subjects": [["kind": "ServiceAccount", "name": "default", "namespace": namespace]],
            ],
        ]
        for (program, arguments) in recorded.programs {
            let container: Value = [
                "name": "main", "image": Value(program), "args": Value(.array(arguments.map { .string($0) })),
            ]
            manifests.append([
                "apiVersion": "v1", "kind": "Pod", "metadata": ["name": Value(program), "namespace": namespace],
                "spec": ["containers": [container]],
            ])
        }
        return manifests
    }
}
