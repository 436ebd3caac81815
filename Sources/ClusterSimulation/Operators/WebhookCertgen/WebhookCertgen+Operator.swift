extension Operator {
    /// kube-webhook-certgen.
    static let webhookCertgen = Operator(
        programs: [WebhookCertgen.program])
}
