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

    /// Analysers of custom kinds, by `group/Kind`: those of Argo CD and of the operators.
    static let custom: [String: Analysis.Analyser] = OperatorCatalogue.all.reduce(into: [
        "argoproj.io/Application": ApplicationFacts.analyse,
        "argoproj.io/AppProject": AppProjectFacts.analyse,
    ]) { analysers, next in analysers.merge(next.analysers) { first, _ in first } }
}

extension ClusterTables {
    /// Tables for documents of every kind that the catalogue knows.
    package convenience init() {
        self.init(
            rules: DocumentRules(
                builtIns: AnalysisCatalogue.builtIns, custom: AnalysisCatalogue.custom, storedForm: StoredForm.of))
    }
}
