/// Who clears which finalizer.
package enum FinalizerOwners {
    package enum Owner: Sendable, Equatable {
        /// A controller of the control plane, which always runs.
        case controlPlane
        /// A program of `facts.images[].program`: it must run in a ready Pod that watches the object's namespace.
        case program(Symbol)
    }

    private struct Entry: Sendable {
        /// A name, or the beginning of names where it ends in `*`.
        var pattern: String
        var owner: Owner
    }

    /// Sources: the constants of the projects named.
    private static let entries: [Entry] = [
        Entry(pattern: "kubernetes", owner: .controlPlane),
        Entry(pattern: "kubernetes.io/*", owner: .controlPlane),
        Entry(pattern: "foregroundDeletion", owner: .controlPlane),
        Entry(pattern: "orphan", owner: .controlPlane),
        Entry(pattern: "batch.kubernetes.io/job-tracking", owner: .controlPlane),
        Entry(pattern: "service.kubernetes.io/load-balancer-cleanup", owner: .controlPlane),
        Entry(pattern: "customresourcecleanup.apiextensions.k8s.io", owner: .controlPlane),
        Entry(pattern: "external-attacher/*", owner: .controlPlane),
        Entry(pattern: "resources-finalizer.argocd.argoproj.io*", owner: .program("argocd-application-controller")),
        Entry(pattern: "post-delete-finalizer.argocd.argoproj.io*", owner: .program("argocd-application-controller")),
        Entry(pattern: "argocd.argoproj.io/hook-finalizer", owner: .program("argocd-application-controller")),
        Entry(pattern: "eventbus-controller", owner: .program("argo-events-controller")),
        Entry(pattern: "eventsource-controller", owner: .program("argo-events-controller")),
        Entry(pattern: "sensor-controller", owner: .program("argo-events-controller")),
        Entry(pattern: "workflows.argoproj.io/*", owner: .program("argo-workflow-controller")),
        Entry(pattern: "autoscalingrunnerset.actions.github.com/*", owner: .program("arc-controller")),
        Entry(pattern: "autoscalinglistener.actions.github.com/*", owner: .program("arc-controller")),
        Entry(pattern: "ephemeralrunnerset.actions.github.com/*", owner: .program("arc-controller")),
        Entry(pattern: "ephemeralrunner.actions.github.com/*", owner: .program("arc-controller")),
        Entry(pattern: "actions.github.com/cleanup-protection", owner: .program("arc-controller")),
        Entry(pattern: "vaultconnection.secrets.hashicorp.com/*", owner: .program("vault-secrets-operator")),
        Entry(pattern: "vaultauth.secrets.hashicorp.com/*", owner: .program("vault-secrets-operator")),
        Entry(pattern: "vaultstaticsecret.secrets.hashicorp.com/*", owner: .program("vault-secrets-operator")),
        Entry(pattern: "vaultdynamicsecret.secrets.hashicorp.com/*", owner: .program("vault-secrets-operator")),
        Entry(pattern: "finalizer.acme.cert-manager.io", owner: .program("cert-manager-controller")),
        Entry(pattern: "acme.cert-manager.io/finalizer", owner: .program("cert-manager-controller")),
        Entry(pattern: "k8s.ngrok.com/finalizer", owner: .program("ngrok-operator")),
        Entry(pattern: "redisFinalizer", owner: .program("redis-operator")),
        Entry(pattern: "redisClusterFinalizer", owner: .program("redis-operator")),
        Entry(pattern: "redisReplicationFinalizer", owner: .program("redis-operator")),
        Entry(pattern: "redisSentinelFinalizer", owner: .program("redis-operator")),
        Entry(pattern: "cnpg.io/*", owner: .program("cnpg-controller")),
    ]

    /// The owner of a finalizer; nil where the model knows of none.
    package static func owner(of finalizer: Symbol) -> Owner? {
        let text = finalizer.text
        return entries.first { Glob.matches($0.pattern, text) }?.owner
    }
}

/// Owners of finalizers, each name looked up once.
private final class FinalizerMemo {
    private var owners: [Symbol: FinalizerOwners.Owner?] = [:]
    private var isLeftToControlPlane: [ListID: Bool] = [:]

    func owner(of finalizer: Symbol) -> FinalizerOwners.Owner? {
        if let known = owners[finalizer] { return known }
        let owner = FinalizerOwners.owner(of: finalizer)
        owners[finalizer] = .some(owner)
        return owner
    }

    func isLeftToControlPlane(_ list: ListID, _ tables: ClusterTables) -> Bool {
        if let known = isLeftToControlPlane[list] { return known }
        let answer = tables.list(list).allSatisfy { owner(of: $0) == .controlPlane }
        isLeftToControlPlane[list] = answer
        return answer
    }
}

/// Whether something that runs now can clear a finalizer.
package enum FinalizerService: Equatable {
    case served
    /// No ready Pod runs the program and watches the object's namespace.
    case notRunning(program: Symbol)
    /// The program runs, and RBAC does not let it write the object.
    case forbidden(user: Symbol)
    /// The model does not know whose finalizer it is.
    case unknown
}

extension ClusterTables {
    /// Whether these finalizers are all the control plane's own, which always runs.
    func isLeftToControlPlane(_ finalizers: ListID) -> Bool {
        memo.store(FinalizerMemo.self, make: FinalizerMemo.init).isLeftToControlPlane(finalizers, self)
    }
}

extension Simulation {
    /// Whether something that runs now can clear a finalizer of an object.
    package func service(of finalizer: Symbol, on key: ObjectKey) -> FinalizerService {
        switch tables.memo.store(FinalizerMemo.self, make: FinalizerMemo.init).owner(of: finalizer) {
        case .controlPlane: return .served
        case .program(let program):
            // The model's own Argo CD runs without a Pod.
            if let id = configuration.controllerID(program),
                configuration.controllers[Int(id.index)].program == nil
            {
                return .served
            }
            let content = tables.content(key)
            let instances = programs.leading(program, watching: content.namespace)
            guard let first = instances.first else { return .notRunning(program: program) }
            let isAllowed = instances.contains { instance in
                instance.caller.isTrusted
                    || (["update", "patch"] as [Symbol]).contains {
                        self.isAllowed(instance.caller.user, $0, content.kind, content.namespace, content.name)
                    }
            }
            return isAllowed ? .served : .forbidden(user: first.caller.user)
        case nil: return .unknown
        }
    }
}
