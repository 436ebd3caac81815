@testable import ClusterSimulation

/// A cluster with a node, on which Pods run programs that have to do with certificates.
struct CertificateCluster {
    var operators: OperatorCluster

    init(
        kinds: [String] = [], namespaces: [Symbol] = ["old", "new"], programs: [Symbol],
        externals: ExternalSystems = ExternalSystems()
    ) {
        var externals = externals
        externals.images = programs.map { ImageFact(pattern: $0, program: $0) }
        operators = OperatorCluster(kinds: kinds, namespaces: namespaces, externals: externals)
        apply(["apiVersion": "v1", "kind": "Node", "metadata": ["name": "worker-1"]])
        for namespace in namespaces { grant(namespace, "default") }
        settle()
    }

    @discardableResult
    mutating func apply(_ manifest: Value) -> ObjectKey { operators.apply(manifest) }
    mutating func settle(_ span: SimulationTime.Span = .minutes(1)) { operators.settle(span) }

    /// Lets a ServiceAccount do everything.
    mutating func grant(_ namespace: Symbol, _ account: Symbol) {
        apply([
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
            "metadata": ["name": .string("\(namespace)-\(account)")],
            "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "everything"],
            "subjects": [["kind": "ServiceAccount", "name": Value(account), "namespace": Value(namespace)]],
        ])
    }

    /// Runs a program in a Pod.
    ///
    /// - Parameter secret: mounted at `/certificates/`.
    @discardableResult
    mutating func run(
        _ program: Symbol, in namespace: Symbol, name: Symbol, _ arguments: [String], secret: Symbol? = nil,
        restarts: Bool = true, account: Symbol = "default", lasting: SimulationTime.Span = .minutes(1)
    ) -> ObjectKey {
        var container: Value = [
            "name": "main", "image": Value(program), "args": Value(.array(arguments.map { .string($0) })),
        ]
        var spec: Value = ["serviceAccountName": Value(account), "restartPolicy": restarts ? "Always" : "Never"]
        if let secret {
            container["volumeMounts"] = [["name": "certificate", "mountPath": "/certificates/"]]
            spec["volumes"] = [["name": "certificate", "secret": ["secretName": Value(secret)]]]
        }
        spec["containers"] = Value(.array([container]))
        let key = apply([
            "apiVersion": "v1", "kind": "Pod",
            "metadata": ["name": Value(name), "namespace": Value(namespace), "labels": ["app": Value(name)]],
            "spec": spec,
        ])
        settle(lasting)
        return key
    }

    /// Runs certgen to its end; returns what it printed where it failed, else empty text.
    @discardableResult
    mutating func certgen(_ name: Symbol, in namespace: Symbol, _ arguments: [String], account: Symbol = "default")
        -> String
    {
        let pod = run("certgen", in: namespace, name: name, arguments, restarts: false, account: account)
        return operators.simulation.podState(pod)?.containers[0].lastMessage.text ?? "no pod"
    }

    /// A Service for the Pod of that name.
    mutating func service(_ name: Symbol, in namespace: Symbol) {
        apply([
            "apiVersion": "v1", "kind": "Service", "metadata": ["name": Value(name), "namespace": Value(namespace)],
            "spec": ["selector": ["app": Value(name)], "ports": [["port": 443]]],
        ])
        settle()
    }

    /// A webhook for Ingresses, served by Service `admission` of a namespace.
    @discardableResult
    mutating func webhook(in namespace: Symbol, policy: Value = "Ignore", annotations: Value = [:]) -> ObjectKey {
        let kind = KindID.validatingWebhookConfiguration
        let key = operators.simulation.tables.key(kind, .empty, "admission")
        var client: Value = [
            "service": ["name": "admission", "namespace": Value(namespace), "port": 443, "path": "/v"]
        ]
        // As a patch does it: what others wrote into the bundle stays.
        let live = body(kind, .empty, "admission")["webhooks"]?[index: 0]?["clientConfig"]
        for field in ["caBundle", CertificateFacts.bundleField] {
            if let value = live?[field] { client[field] = value }
        }
        apply([
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
            "metadata": ["name": "admission", "annotations": annotations],
            "webhooks": [
                [
                    "name": "validate.example.com", "admissionReviewVersions": ["v1"], "sideEffects": "None",
                    "failurePolicy": policy, "clientConfig": client,
                    "rules": [
                        [
                            "apiGroups": ["networking.k8s.io"], "apiVersions": ["v1"], "operations": ["CREATE"],
                            "resources": ["ingresses"],
                        ]
                    ],
                ]
            ],
        ])
        return key
    }

    /// What the API server says to a new Ingress; nil where it takes it.
    mutating func ingressRefusal(_ name: String = "probe") -> String? {
        let manifest: Value = [
            "apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
            "metadata": ["name": .string(name), "namespace": "new"],
            "spec": [
                "ingressClassName": "nginx", "defaultBackend": ["service": ["name": "a", "port": ["number": 80]]],
            ],
        ]
        let draft = operators.simulation.draft(manifest: manifest)!
        guard case .failure(let error) = operators.simulation.create(draft, as: .admin) else { return nil }
        return error.message
    }

    func body(_ kind: KindID, _ namespace: Symbol, _ name: Symbol) -> Value { operators.body(kind, namespace, name) }

    func certificates(_ namespace: Symbol, _ secret: Symbol, _ key: Symbol) -> [CertificateFacts] {
        CertificateFacts.chain(of: body(.secret, namespace, secret), key)
    }

    /// The authorities that the webhook trusts.
    var bundle: [CertificateFacts]? {
        let key = operators.simulation.tables.key(.validatingWebhookConfiguration, .empty, "admission")
        return operators.simulation.facts(key, WebhookFacts.self)?.webhooks.first?.caBundle
    }

    mutating func delete(_ kind: KindID, _ namespace: Symbol, _ name: Symbol) {
        operators.simulation.delete(operators.simulation.tables.key(kind, namespace, name), as: .admin)
        settle()
    }
}
