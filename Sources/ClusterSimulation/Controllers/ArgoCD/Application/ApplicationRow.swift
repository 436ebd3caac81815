/// A row of `argocd app list`.
package struct ApplicationRow: Sendable, Equatable {
    package var name: String
    /// `spec.destination.namespace`.
    package var namespace: String
    package var project: String
    /// `Synced`, `OutOfSync`, `Unknown`.
    package var sync: String
    /// `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing`, `Unknown`.
    package var health: String
    /// The first error condition, or the last operation's message where it failed; else empty.
    package var message: String

    package init(name: String, namespace: String, project: String, sync: String, health: String, message: String) {
        self.name = name
        self.namespace = namespace
        self.project = project
        self.sync = sync
        self.health = health
        self.message = message
    }
}
