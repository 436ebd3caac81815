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

    /// All of them by name.
    package static let models = ProgramModels(all)
}
