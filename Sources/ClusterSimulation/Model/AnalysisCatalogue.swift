enum AnalysisCatalogue {
    /// Analysers of built-in kinds.
    static let builtIns: [KindID: Analysis.Analyser] = [
        .role: RoleFacts.analyse,
        .clusterRole: RoleFacts.analyse,
        .roleBinding: BindingFacts.analyse,
        .clusterRoleBinding: BindingFacts.analyse,
        .validatingWebhookConfiguration: WebhookFacts.analyse,
        .mutatingWebhookConfiguration: WebhookFacts.analyse,
        .customResourceDefinition: DefinitionFacts.analyse,
        .pod: PodTemplateFacts.analyse,
        .deployment: WorkloadFacts.analyse,
        .replicaSet: WorkloadFacts.analyseReplicaSet,
        .statefulSet: WorkloadFacts.analyse,
        .daemonSet: WorkloadFacts.analyse,
        .job: WorkloadFacts.analyse,
        .cronJob: WorkloadFacts.analyse,
        .service: ServiceFacts.analyse,
        .endpointSlice: EndpointSliceFacts.analyse,
        .configMap: DataFacts.analyseConfigMap,
        .secret: DataFacts.analyseSecret,
        .serviceAccount: ServiceAccountFacts.analyse,
        .persistentVolumeClaim: ClaimFacts.analyse,
        .persistentVolume: PersistentVolumeFacts.analyse,
        .storageClass: StorageClassFacts.analyse,
        .node: NodeFacts.analyse,
        .ingress: IngressFacts.analyse,
        .apiService: APIServiceFacts.analyse,
        .podDisruptionBudget: DisruptionBudgetFacts.analyse,
    ]

    /// Analysers of custom kinds, by `group/Kind`.
    static let custom: [String: Analysis.Analyser] = [
        "argoproj.io/Application": ApplicationFacts.analyse,
        "argoproj.io/AppProject": AppProjectFacts.analyse,
        "argoproj.io/EventBus": EventBusFacts.analyse,
        "argoproj.io/EventSource": EventClientFacts.analyseEventSource,
        "argoproj.io/Sensor": EventClientFacts.analyseSensor,
        "secrets.hashicorp.com/VaultConnection": VaultConnectionFacts.analyse,
        "secrets.hashicorp.com/VaultAuth": VaultAuthFacts.analyse,
        "cert-manager.io/Certificate": CertificateSpecFacts.analyse,
        "cert-manager.io/Issuer": IssuerFacts.analyse,
        "cert-manager.io/ClusterIssuer": IssuerFacts.analyseClusterIssuer,
        "secrets.hashicorp.com/VaultStaticSecret": VaultStaticSecretFacts.analyse,
        "actions.github.com/AutoscalingRunnerSet": AutoscalingRunnerSetFacts.analyse,
        "actions.github.com/AutoscalingListener": AutoscalingListenerFacts.analyse,
        "actions.github.com/EphemeralRunnerSet": EphemeralRunnerSetFacts.analyse,
        "actions.github.com/EphemeralRunner": EphemeralRunnerFacts.analyse,
        "postgresql.cnpg.io/Cluster": PostgresClusterFacts.analyse,
        "gateway.networking.k8s.io/Gateway": GatewayFacts.analyse,
        "gateway.networking.k8s.io/HTTPRoute": RouteFacts.analyse,
        "gateway.networking.k8s.io/GRPCRoute": RouteFacts.analyse,
    ]
}

extension ClusterTables {
    /// Tables for documents of every kind that the catalogue knows.
    package convenience init() {
        self.init(
            rules: DocumentRules(
                builtIns: AnalysisCatalogue.builtIns, custom: AnalysisCatalogue.custom, storedForm: StoredForm.of))
    }
}
