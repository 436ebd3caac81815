import ClusterSimulation

/// An operator whose traces were recorded: what stood in the cluster before the first step.
struct RecordedOperator: Sendable {
    /// A kind that the operator's definitions serve.
    struct Definition: Sendable {
        var group: String
        var version: String
        var kind: String
        var plural: String
        var isNamespaced: Bool

        init(_ group: String, _ version: String, _ kind: String, _ plural: String, isNamespaced: Bool = true) {
            self.group = group
            self.version = version
            self.kind = kind
            self.plural = plural
            self.isNamespaced = isNamespaced
        }
    }

    /// The folder of its traces, and the first part of their suites' names.
    var name: String
    var definitions: [Definition]
    /// Built-in kinds without a namespace of which the recorder listed those that the trace makes.
    var clusterKinds: [Symbol] = []
    /// What of it the model has: programs, each with its arguments. None: the operator is not modelled, and only the
    /// API server and the controllers of Kubernetes act in a replay.
    var programs: [(program: Symbol, arguments: [String])] = []
    /// The namespace that it runs in, which is there before the trace; empty: none that a trace would notice.
    var namespace: Symbol = .empty
    /// Kinds that the recorder listed in that namespace.
    var listedKinds: [Symbol] = []
    /// Steps that only the operator could play, and why the model cannot.
    var unplayed: [(step: Symbol, reason: String)] = []

    /// Whether a replay shows no more than what Kubernetes does around the operator.
    var isKubernetesOnly: Bool { programs.isEmpty && !definitions.isEmpty }

    /// The suites of its traces.
    var source: ConformanceSource {
        ConformanceSource(name: name) { folder in
            KubernetesTraces.suites(of: folder, in: name, with: self) { "\(name)/\($0)" }
        }
    }

    /// Whether the kind is one of the operator's own.
    func defines(_ kind: Symbol, of apiVersion: Symbol) -> Bool {
        definitions.contains { $0.kind == kind.text && apiVersion.text.hasPrefix($0.group + "/") }
    }

    /// Whether the recorder listed objects of a kind without namespace that the trace made.
    func lists(_ kind: Symbol) -> Bool {
        clusterKinds.contains(kind) || definitions.contains { !$0.isNamespaced && $0.kind == kind.text }
    }
}

extension RecordedOperator {
    /// Every operator with recordings. One line each.
    static let all = [
        argoCDSync, applicationSets, certManager, externalDNS, externalSecrets, prometheusOperator, sealedSecrets,
    ]

    static let certManager = RecordedOperator(
        name: "cert-manager",
        definitions: [
            Definition("cert-manager.io", "v1", "Certificate", "certificates"),
            Definition("cert-manager.io", "v1", "CertificateRequest", "certificaterequests"),
            Definition("cert-manager.io", "v1", "Issuer", "issuers"),
            Definition("cert-manager.io", "v1", "ClusterIssuer", "clusterissuers", isNamespaced: false),
        ],
        clusterKinds: ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
        programs: [
            (
                "cert-manager-controller",
                ["--leader-elect=false", "--cluster-resource-namespace=cert-manager"]
            ), ("cert-manager-cainjector", ["--leader-elect=false"]),
        ],
        namespace: "cert-manager", listedKinds: ["Secret"])

    static let externalSecrets = RecordedOperator(
        name: "external-secrets",
        definitions: [
            Definition("external-secrets.io", "v1", "ExternalSecret", "externalsecrets"),
            Definition("external-secrets.io", "v1", "SecretStore", "secretstores"),
            Definition(
                "external-secrets.io", "v1", "ClusterSecretStore", "clustersecretstores", isNamespaced: false),
            Definition(
                "external-secrets.io", "v1", "ClusterExternalSecret", "clusterexternalsecrets", isNamespaced: false),
        ])

    static let prometheusOperator = RecordedOperator(
        name: "prometheus-operator",
        definitions: [
            Definition("monitoring.coreos.com", "v1", "Prometheus", "prometheuses"),
            Definition("monitoring.coreos.com", "v1", "PrometheusRule", "prometheusrules"),
            Definition("monitoring.coreos.com", "v1", "ServiceMonitor", "servicemonitors"),
            Definition("monitoring.coreos.com", "v1", "PodMonitor", "podmonitors"),
            Definition("monitoring.coreos.com", "v1", "Probe", "probes"),
        ],
        unplayed: [("operator", "the model has no Prometheus operator that could be started with other flags")])

    static let sealedSecrets = RecordedOperator(
        name: "sealed-secrets",
        definitions: [Definition("bitnami.com", "v1alpha1", "SealedSecret", "sealedsecrets")],
        unplayed: ["controller", "copyKeys", "dropKeys"].map {
            ($0, "the model has no controller of Sealed Secrets that could be started and have keys")
        })

    static let externalDNS = RecordedOperator(
        name: "external-dns", definitions: [],
        unplayed: [
            ("externalDns", "the model keeps the hosts that external-dns writes, not their targets and TXT records")
        ])

    static let argoCDSync = RecordedOperator(
        name: "argocd-sync", definitions: [],
        unplayed: ["commit", "pods"].map {
            ($0, "the replay has no repository that a trace could commit to, and compares no history of writes")
        })

    static let applicationSets = RecordedOperator(
        name: "argocd-applicationsets",
        definitions: [
            Definition("argoproj.io", "v1alpha1", "ApplicationSet", "applicationsets"),
            Definition("argoproj.io", "v1alpha1", "Application", "applications"),
        ],
        namespace: "argocd", listedKinds: ["Application", "ApplicationSet"],
        unplayed: ["commit", "released"].map { ($0, "the model has no ApplicationSet controller") })
}
