import Testing

@testable import ClusterSimulation

/// A release with a webhook moves to another namespace by the destination of its Application.
@Suite struct WebhookMoveTests {
    private static func job(_ name: String, hook: String, _ arguments: [String], _ namespace: Symbol) -> Value {
        let container: Value = [
            "name": "main", "image": "certgen", "args": Value(.array(arguments.map { .string($0) })),
        ]
        return [
            "apiVersion": "batch/v1", "kind": "Job",
            "metadata": [
                "name": .string(name), "namespace": Value(namespace),
                "annotations": [
                    "helm.sh/hook": .string(hook), "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
                ],
            ],
            "spec": ["template": ["spec": ["restartPolicy": "OnFailure", "containers": [container]]]],
        ]
    }

    private static func deployment(_ namespace: Symbol) -> Value {
        let container: Value = [
            "name": "main", "image": "ingress-nginx-controller",
            "args": ["--validating-webhook=:8443", "--validating-webhook-certificate=/certificates/cert"],
            "volumeMounts": [["name": "certificate", "mountPath": "/certificates/"]],
        ]
        let volumes: Value = [["name": "certificate", "secret": ["secretName": "admission"]]]
        return [
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": ["name": "admission", "namespace": Value(namespace)],
            "spec": [
                "replicas": 1, "selector": ["matchLabels": ["app": "admission"]],
                "template": [
                    "metadata": ["labels": ["app": "admission"]],
                    "spec": ["containers": [container], "volumes": volumes],
                ],
            ],
        ]
    }

    /// What the chart renders for a namespace.
    private static func release(_ namespace: Symbol) -> [Value] {
        let place = ["--namespace=\(namespace)", "--secret-name=admission"]
        return [
            job(
                "create", hook: "pre-install,pre-upgrade",
                ["create", "--host=admission,admission.\(namespace).svc"] + place, namespace),
            job(
                "patch", hook: "post-install,post-upgrade",
                ["patch", "--webhook-name=admission", "--patch-mutating=false"] + place, namespace),
            deployment(namespace),
            [
                "apiVersion": "v1", "kind": "Service",
                "metadata": ["name": "admission", "namespace": Value(namespace)],
                "spec": ["selector": ["app": "admission"], "ports": [["port": 443]]],
            ],
            [
                "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
                "metadata": ["name": "admission"],
                "webhooks": [
                    [
                        "name": "validate.example.com", "admissionReviewVersions": ["v1"], "sideEffects": "None",
                        "clientConfig": [
                            "service": ["name": "admission", "namespace": Value(namespace), "path": "/v"]
                        ],
                        "rules": [
                            [
                                "apiGroups": ["networking.k8s.io"], "apiVersions": ["v1"], "operations": ["CREATE"],
                                "resources": ["ingresses"],
                            ]
                        ],
                    ]
                ],
            ],
        ]
    }

    private static func application(_ namespace: Symbol) -> Value {
        let ignored: Value = [
            [
                "group": "admissionregistration.k8s.io", "kind": "ValidatingWebhookConfiguration",
                "jsonPointers": ["/webhooks/0/clientConfig/caBundle"],
            ]
        ]
        var application = ArgoCDToys.application(
            "admission", namespace: namespace, automated: ["prune": true, "selfHeal": true],
            options: ["RespectIgnoreDifferences=true"], chart: "admission")
        application["spec"] = application["spec"]?.with("ignoreDifferences", ignored)
        return application
    }

    private func cluster() -> CertificateCluster {
        var externals = ExternalSystems()
        externals.repositories = [GitRepository(url: ArgoCDToys.url)]
        externals.repoServer = FakeRepoServer { .success(Self.release($0.namespace)) }
        var cluster = CertificateCluster(
            namespaces: ["argocd", "old", "new"], programs: ["certgen", "ingress-nginx-controller"],
            externals: externals)
        for kind in ["Application", "AppProject"] { cluster.apply(ArgoCDToys.definition(kind)) }
        return cluster
    }

    private func failure(_ cluster: CertificateCluster) -> String? {
        let simulation = cluster.operators.simulation
        let key = simulation.tables.key(.validatingWebhookConfiguration, .empty, "admission")
        guard let webhook = simulation.facts(key, WebhookFacts.self)?.webhooks.first else { return "no webhook" }
        return simulation.failure(calling: webhook)
    }

    @Test func `the hooks do not run for a new destination, so the webhook is down until a full sync`() {
        var cluster = cluster()
        cluster.apply(Self.application("old"))
        cluster.settle(.minutes(3))
        #expect(failure(cluster) == nil)
        let old = cluster.certificates("old", "admission", "ca")
        #expect(!old.isEmpty && cluster.bundle == old)

        cluster.apply(Self.application("new"))
        cluster.settle(.minutes(4))
        #expect(failure(cluster)?.hasSuffix("no endpoints available for service \"admission\"") == true)
        #expect(!cluster.operators.exists(.secret, "new", "admission"))
        #expect(cluster.bundle == old)

        cluster.operators.simulation.syncApplication("admission")
        cluster.settle(.minutes(3))
        #expect(failure(cluster) == nil)
        #expect(cluster.bundle == cluster.certificates("new", "admission", "ca"))
    }

    @Test func `a Secret that was copied along keeps the old names through every sync`() {
        var cluster = cluster()
        cluster.apply(Self.application("old"))
        cluster.settle(.minutes(3))
        let certificates = cluster.certificates("old", "admission", "cert")
        cluster.apply(
            SecretContent.manifest(
                "new", "admission", keys: ["ca", "cert", "key"],
                certificates: [("ca", cluster.certificates("old", "admission", "ca")), ("cert", certificates)]))
        cluster.apply(Self.application("new"))
        cluster.settle(.minutes(4))
        let refusal = "x509: certificate is valid for admission, admission.old.svc, not admission.new.svc"
        #expect(failure(cluster)?.hasSuffix(refusal) == true)
        cluster.operators.simulation.syncApplication("admission")
        cluster.settle(.minutes(3))
        #expect(failure(cluster)?.hasSuffix(refusal) == true)
        cluster.delete(.secret, "new", "admission")
        cluster.operators.simulation.syncApplication("admission")
        cluster.settle(.minutes(3))
        #expect(failure(cluster) == nil)
    }
}
