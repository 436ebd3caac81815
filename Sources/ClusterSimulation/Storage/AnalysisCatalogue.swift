extension Analysis {
    /// Analysers of built-in kinds.
    static let builtIns: [KindID: Analyser] = [
        .role: RoleFacts.analyse,
        .clusterRole: RoleFacts.analyse,
        .roleBinding: BindingFacts.analyse,
        .clusterRoleBinding: BindingFacts.analyse,
        .validatingWebhookConfiguration: WebhookFacts.analyse,
        .mutatingWebhookConfiguration: WebhookFacts.analyse,
        .customResourceDefinition: DefinitionFacts.analyse,
    ]

    /// Analysers of custom kinds, by `group/Kind`.
    static let custom: [String: Analyser] = [
        "argoproj.io/Application": ApplicationFacts.analyse,
        "argoproj.io/AppProject": AppProjectFacts.analyse,
        "argoproj.io/EventBus": EventBusFacts.analyse,
        "argoproj.io/EventSource": EventClientFacts.analyseEventSource,
        "argoproj.io/Sensor": EventClientFacts.analyseSensor,
        "secrets.hashicorp.com/VaultConnection": VaultConnectionFacts.analyse,
        "secrets.hashicorp.com/VaultAuth": VaultAuthFacts.analyse,
        "secrets.hashicorp.com/VaultStaticSecret": VaultStaticSecretFacts.analyse,
    ]
}
