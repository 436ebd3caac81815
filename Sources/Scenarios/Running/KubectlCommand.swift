import ClusterSimulation

/// What `kubectl` does, by a cluster's admin.
enum KubectlCommand {
    /// A command that cannot even be sent.
    struct Problem: Error { var message: String }

    /// Runs a command; returns what `kubectl` would complain about.
    static func run(_ command: Step.Kubectl, _ simulation: inout Simulation) -> [String] {
        switch command {
        case .apply(let manifests, let serverSide):
            return write(manifests, &simulation) {
                $0.apply(
                    $1, as: .admin, fieldManager: serverSide ? "kubectl" : "kubectl-client-side-apply",
                    serverSide: serverSide)
            }
        case .create(let manifests): return write(manifests, &simulation) { $0.create($1, as: .admin) }
        case .replace(let manifests): return write(manifests, &simulation) { $0.replace($1, as: .admin) }
        case .delete(let object, let names, let options):
            return names.flatMap { name in
                on(object, name, &simulation) { simulation, key in simulation.delete(key, as: .admin, options) }
            }
        case .patch(let object, let type, let patch):
            return on(object, object.name, &simulation) { simulation, key in
                simulation.patch(key, type, patch, as: .admin, fieldManager: "kubectl-patch")
            }
        case .scale(let object, let replicas):
            return on(object, object.name, &simulation) { simulation, key in
                simulation.patch(key, .merge, ["spec": ["replicas": .integer(replicas)]], as: .admin)
            }
        case .rolloutRestart(let object):
            return on(object, object.name, &simulation) { simulation, key in
                let restartedAt = Value.string(simulation.now.rfc3339)
                let annotations: Value = ["kubectl.kubernetes.io/restartedAt": restartedAt]
                return simulation.patch(
                    key, .merge, ["spec": ["template": ["metadata": ["annotations": annotations]]]], as: .admin)
            }
        }
    }

    private static func write(
        _ manifests: [Value], _ simulation: inout Simulation,
        _ body: (inout Simulation, ObjectDraft) -> Result<ObjectKey, APIError>
    ) -> [String] {
        var refusals: [String] = []
        for manifest in manifests {
            guard let draft = ScenarioRunner.draft(manifest, simulation) else { continue }
            if case .failure(let error) = body(&simulation, draft) {
                let place = manifest.origin.location.map { "error when applying \"\($0.path)\": " } ?? ""
                refusals.append(place + text(of: error))
                simulation.noteRefusal(of: draft, error)
            }
        }
        return refusals
    }

    private static func on(
        _ object: Step.ObjectReference, _ name: Symbol, _ simulation: inout Simulation,
        _ body: (inout Simulation, ObjectKey) -> Result<ObjectKey, APIError>
    ) -> [String] {
        switch key(of: object, name, simulation) {
        case .failure(let problem): return [problem.message]
        case .success(let key):
            if case .failure(let error) = body(&simulation, key) { return [text(of: error)] }
            return []
        }
    }

    /// `Error from server (NotFound): …`.
    static func text(of error: APIError) -> String { "Error from server (\(error.reason)): \(error.message)" }

    /// The key of an object that a person names: by kind, plural or either in lower case; built-in kinds before others.
    static func key(
        of object: Step.ObjectReference, _ name: Symbol, _ simulation: Simulation
    ) -> Result<ObjectKey, Problem> {
        let tables = simulation.tables
        let wanted = object.kind.text.lowercased()
        var found: Kind?
        for kind in simulation.servedKindIDs.map({ simulation.kind($0) })
        where kind.kind.text.lowercased() == wanted || kind.plural.text == wanted {
            if !object.apiVersion.isEmpty, GroupVersion(object.apiVersion).group != kind.group { continue }
            if found == nil || (kind.builtIn && !(found?.builtIn ?? false)) { found = kind }
        }
        guard let kind = found else {
            return .failure(Problem(message: "error: the server doesn't have a resource type \"\(object.kind)\""))
        }
        let id = tables.define(group: kind.group, kind: kind.kind)
        let namespace: Symbol = !kind.namespaced ? .empty : object.namespace.isEmpty ? "default" : object.namespace
        return .success(tables.key(id, namespace, name))
    }
}
