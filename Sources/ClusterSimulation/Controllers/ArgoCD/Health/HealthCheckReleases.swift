extension Versions {
    /// Whether Argo CD has a health check for a kind yet. The checks of most kinds are older than what is modelled.
    /// Source: specs/argocd.md 16.3; argo-cd docs/operator-manual/upgrading/3.1-3.2.md.
    func hasHealthCheck(group: Symbol, kind: Symbol) -> Bool {
        switch (group.text, kind.text) {
        case ("postgresql.cnpg.io", "Cluster"): has(.postgresHealth)
        case ("batch", "CronJob"): has(.cronJobHealth)
        case ("operator.victoriametrics.com", _): has(.victoriaMetricsHealth)
        case ("keda.sh", "ScaledJob"): has(.scaledJobHealth)
        default: true
        }
    }
}
