/// Names that Argo CD gives to annotations, finalizers and itself, interned once.
package enum ArgoCD {
    /// The controller's name in traces and latencies.
    package static let controllerName: Symbol = "argocd-application-controller"
    /// The namespace of the control plane: Applications elsewhere are tracked as `<namespace>_<name>` (specs 3.1).
    package static let namespace: Symbol = "argocd"
    /// As whom the controller writes. Its ClusterRole allows everything.
    package static let caller = Caller(
        user: "system:serviceaccount:argocd:argocd-application-controller", isTrusted: true)

    package static let trackingID: Symbol = "argocd.argoproj.io/tracking-id"
    static let hook: Symbol = "argocd.argoproj.io/hook"
    static let hookDeletePolicy: Symbol = "argocd.argoproj.io/hook-delete-policy"
    static let hookFinalizer: Symbol = "argocd.argoproj.io/hook-finalizer"
    static let helmHook: Symbol = "helm.sh/hook"
    static let helmHookDeletePolicy: Symbol = "helm.sh/hook-delete-policy"
    static let helmHookWeight: Symbol = "helm.sh/hook-weight"
    static let helmResourcePolicy: Symbol = "helm.sh/resource-policy"
    static let syncWave: Symbol = "argocd.argoproj.io/sync-wave"
    static let syncOptions: Symbol = "argocd.argoproj.io/sync-options"
    static let compareOptions: Symbol = "argocd.argoproj.io/compare-options"
    static let ignoreHealthcheck: Symbol = "argocd.argoproj.io/ignore-healthcheck"
    static let skipReconcile: Symbol = "argocd.argoproj.io/skip-reconcile"
    static let refresh: Symbol = "argocd.argoproj.io/refresh"
    static let deletionApproved: Symbol = "argocd.argoproj.io/deletion-approved"
    static let ignoreRestartPolicy: Symbol = "argocd.argoproj.io/ignore-restart-policy"

    static let resourcesFinalizer: Symbol = "resources-finalizer.argocd.argoproj.io"
    static let foregroundFinalizer: Symbol = "resources-finalizer.argocd.argoproj.io/foreground"
    static let backgroundFinalizer: Symbol = "resources-finalizer.argocd.argoproj.io/background"

    static let applicationGroup: Symbol = "argoproj.io"
    static let inClusterServer: Symbol = "https://kubernetes.default.svc"
    static let inClusterName: Symbol = "in-cluster"

    /// A git commit as people write it: its first seven digits. Other revisions (versions of charts) stay as they are.
    static func shortRevision(_ revision: String) -> String {
        revision.utf8.count == 40 && revision.allSatisfy(\.isHexDigit) ? String(revision.prefix(7)) : revision
    }
}

extension ClusterTables {
    /// The kind Application.
    package var applicationKind: KindID { argoKinds.application }
    /// The kind AppProject.
    package var appProjectKind: KindID { argoKinds.project }
    /// The ConfigMap of Argo CD's settings.
    package var argoSettingsKey: ObjectKey { argoKinds.settings }

    private var argoKinds: ArgoKinds { memo.store(ArgoKinds.self) { ArgoKinds(self) } }
}

/// Ids of Argo CD's own kinds, looked up once.
private final class ArgoKinds {
    let application: KindID
    let project: KindID
    let settings: ObjectKey

    init(_ tables: ClusterTables) {
        application = tables.kindIDDefiningIfNeeded(apiVersion: "argoproj.io/v1alpha1", kind: "Application")
        project = tables.kindIDDefiningIfNeeded(apiVersion: "argoproj.io/v1alpha1", kind: "AppProject")
        settings = tables.key(.configMap, ArgoCD.namespace, "argocd-cm")
    }
}
