/// Who clears which finalizer.
package struct FinalizerOwners: Sendable {
    package enum Owner: Sendable, Equatable {
        /// A controller of the control plane, which always runs.
        case controlPlane
        /// A program of `facts.images[].program`: it must run in a ready Pod that watches the object's namespace.
        case program(Symbol)
    }

    /// One finalizer, or several.
    struct Entry: Sendable {
        /// A name, or the beginning of names where it ends in `*`.
        var pattern: String
        var owner: Owner

        init(_ pattern: String, _ owner: Owner) {
            self.pattern = pattern
            self.owner = owner
        }

        /// Finalizers that one program clears. Sources: the constants of its project.
        static func of(_ program: Symbol, _ patterns: String...) -> [Entry] {
            patterns.map { Entry($0, .program(program)) }
        }
    }

    /// Sources: the constants of the projects named.
    private static let standard: [Entry] = [
        Entry("kubernetes", .controlPlane),
        Entry("kubernetes.io/*", .controlPlane),
        Entry("foregroundDeletion", .controlPlane),
        Entry("orphan", .controlPlane),
        Entry("batch.kubernetes.io/job-tracking", .controlPlane),
        Entry("service.kubernetes.io/load-balancer-cleanup", .controlPlane),
        Entry("customresourcecleanup.apiextensions.k8s.io", .controlPlane),
        Entry("external-attacher/*", .controlPlane),
        Entry("resources-finalizer.argocd.argoproj.io*", .program(ArgoCD.controllerName)),
        Entry("post-delete-finalizer.argocd.argoproj.io*", .program(ArgoCD.controllerName)),
        Entry("argocd.argoproj.io/hook-finalizer", .program(ArgoCD.controllerName)),
    ]

    private let entries: [Entry]

    /// - Parameter operators: whose finalizers are known besides those of Kubernetes and Argo CD.
    package init(_ operators: [Operator] = []) { entries = Self.standard + operators.flatMap(\.finalizers) }

    /// The owner of a finalizer; nil where the model knows of none.
    package func owner(of finalizer: Symbol) -> Owner? {
        let text = finalizer.text
        return entries.first { Glob.matches($0.pattern, text) }?.owner
    }

    /// Whether the control plane clears a finalizer.
    fileprivate static func isControlPlane(_ finalizer: Symbol) -> Bool {
        standard.contains { $0.owner == .controlPlane && Glob.matches($0.pattern, finalizer.text) }
    }
}

extension StateSlots {
    private static let finalizerOwnersSlot = Slot("finalizers", FinalizerOwners())

    /// Who clears which finalizer.
    package internal(set) var finalizerOwners: FinalizerOwners {
        _read { yield self[Self.finalizerOwnersSlot] }
        _modify { yield &self[Self.finalizerOwnersSlot] }
    }
}

/// Lists of finalizers, each looked at once.
private final class FinalizerMemo {
    private var isLeftToControlPlane: [ListID: Bool] = [:]

    func isLeftToControlPlane(_ list: ListID, _ tables: ClusterTables) -> Bool {
        if let known = isLeftToControlPlane[list] { return known }
        let answer = tables.list(list).allSatisfy(FinalizerOwners.isControlPlane)
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
        switch configuration.settings.finalizerOwners.owner(of: finalizer) {
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
