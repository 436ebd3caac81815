extension Operator {
    /// cert-manager: controller, CA injector and webhook.
    static let certManager = Operator(
        programs: [CertManager.controllerProgram, CAInjector.program, CertManagerWebhook.program],
        controllers: [CertManager.controller, CAInjector.controller, CertManagerWebhook.controller],
        analysers: [
            "cert-manager.io/Certificate": CertificateSpecFacts.analyse,
            "cert-manager.io/Issuer": IssuerFacts.analyse,
            "cert-manager.io/ClusterIssuer": IssuerFacts.analyseClusterIssuer,
        ],
        finalizers: FinalizerOwners.Entry.of(
            "cert-manager-controller", "finalizer.acme.cert-manager.io", "acme.cert-manager.io/finalizer"))
}
