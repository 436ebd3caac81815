/// Every program model. One line each.
package enum ProgramCatalogue {
    package static let all: [ProgramModel] = [
        ProgramModel("server"),
        ProgramModel("task", start: { _, _ in .completes() }),
        ActionsRunners.model,
        Ngrok.model,
        ExternalDNS.model,
        CloudNativePG.model,
        RedisControllers.model,
        ArgoEventsPrograms.controller,
        ArgoEventsPrograms.natsStreaming,
        ArgoWorkflowsPrograms.controller,
        ArgoWorkflowsPrograms.server,
        VaultPrograms.server,
        VaultPrograms.secretsOperator,
        WebhookCertgen.program,
        IngressNginx.program,
        CertManager.controllerProgram,
        CAInjector.program,
        CertManagerWebhook.program,
    ]

    private static let byName: [Symbol: ProgramModel] = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The model of that name; nil where the catalogue has none.
    package static func model(_ name: Symbol) -> ProgramModel? { byName[name] }
}
