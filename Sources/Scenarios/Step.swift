package import ClusterSimulation

/// One thing that people do during a rehearsal, and when.
package struct Step {
    package var at: SimulationTime
    package var action: Action
    /// The place of the step in its file.
    package var origin: Origin

    package enum Action {
        case merge(Symbol)
        case revert(Symbol)
        case sync(Sync)
        case kubectl(Kubectl)
        /// Of one object, or of every object left in a namespace.
        case removeFinalizers(ObjectReference?, namespace: Symbol)
        case vaultPut(address: Symbol, path: Symbol, keys: [Symbol])
        case vaultDelete(address: Symbol, path: Symbol)
        case image(ImageFact)
        case fault(Fault)
        case wait(String)
    }

    /// `argocd app sync`.
    package struct Sync {
        package var application: Symbol
        package var namespace: Symbol
        package var prune: Bool
        package var force: Bool
    }

    /// What a person types at a terminal with cluster admin's rights.
    package enum Kubectl {
        case apply([Value], serverSide: Bool)
        case create([Value])
        case replace([Value])
        case delete(ObjectReference, names: [Symbol], DeleteOptions)
        case patch(ObjectReference, type: PatchType, patch: Value)
        case scale(ObjectReference, replicas: Int)
        case rolloutRestart(ObjectReference)
    }

    /// An object as people name it: kind, perhaps its API, namespace and name.
    package struct ObjectReference {
        /// Empty where the kind alone says which.
        package var apiVersion: Symbol
        package var kind: Symbol
        package var namespace: Symbol
        /// Empty where several names follow.
        package var name: Symbol
        package var origin: Origin
    }

    /// What the step says it does: the text of timelines and causes.
    package var text: String {
        switch action {
        case .merge(let name): "merge \(name)"
        case .revert(let name): "revert \(name)"
        case .sync(let sync):
            "argocd app sync \(sync.application)" + (sync.prune ? " --prune" : "") + (sync.force ? " --force" : "")
        case .kubectl(let command): command.text
        case .removeFinalizers(let object?, _): "remove the finalizers of \(object.text)"
        case .removeFinalizers(nil, let namespace): "remove the finalizers of everything left in namespace \(namespace)"
        case .vaultPut(_, let path, let keys):
            "vault kv put \(path) " + keys.map { "\($0)=…" }.joined(separator: " ")
        case .vaultDelete(_, let path): "vault kv delete \(path)"
        case .image(let fact): "rebuild image \(fact.pattern)"
        case .fault(let fault): fault.text
        case .wait(let what): "wait until \(what)"
        }
    }
}

extension Step.ObjectReference {
    /// `deployment/grafana -n telemetry`, as a command names it.
    package var text: String {
        let target = name.isEmpty ? kind.text : "\(kind.text) \(name)"
        return namespace.isEmpty ? target : "\(target) -n \(namespace)"
    }
}

extension Step.Kubectl {
    fileprivate var text: String {
        switch self {
        case .apply(let objects, let serverSide):
            "kubectl apply\(serverSide ? " --server-side" : "") \(Self.files(objects))"
        case .create(let objects): "kubectl create \(Self.files(objects))"
        case .replace(let objects): "kubectl replace \(Self.files(objects))"
        case .delete(let object, let names, _):
            "kubectl delete \(object.kind) \(names.map(\.text).joined(separator: " "))"
                + (object.namespace.isEmpty ? "" : " -n \(object.namespace)")
        case .patch(let object, let type, _): "kubectl patch \(object.text) --type=\(type.word)"
        case .scale(let object, let replicas): "kubectl scale \(object.text) --replicas=\(replicas)"
        case .rolloutRestart(let object): "kubectl rollout restart \(object.text)"
        }
    }

    /// The files the objects stand in, each once, in order.
    private static func files(_ objects: [Value]) -> String {
        var paths: [String] = []
        for object in objects {
            guard let path = object.origin.location?.path, !paths.contains(path) else { continue }
            paths.append(path)
        }
        return paths.map { "-f \($0)" }.joined(separator: " ")
    }
}

extension PatchType {
    /// The word of `--type`.
    var word: String {
        switch self {
        case .merge: "merge"
        case .json: "json"
        case .strategic: "strategic"
        }
    }

    static let words: [(word: String, type: PatchType)] = [
        ("merge", .merge), ("json", .json), ("strategic", .strategic),
    ]
}
