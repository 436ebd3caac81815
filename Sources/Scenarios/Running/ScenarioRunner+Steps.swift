import ClusterSimulation

extension ScenarioRunner {
    /// Does a step at the present time and writes it into the timeline, with what was refused.
    mutating func perform(_ step: Step) {
        switch step.action {
        case .merge(let name): merge(name, step)
        case .revert(let name): revert(name, step)
        case .sync(let sync):
            tell("kubernetes-admin", step.text, step.origin)
            let isThere = change {
                $0.syncApplication(sync.application, prune: sync.prune, force: sync.force, origin: step.origin)
            }
            if !isThere { tell("argocd", "application '\(sync.application)' not found", step.origin) }
        case .wait: tell("kubernetes-admin", step.text, step.origin)
        default:
            tell(step.actor, step.text, step.origin)
            var refusals: [String] = []
            change { simulation in
                simulation.perform(by: Symbol(step.actor), detail: Symbol(step.text), origin: step.origin) {
                    refusals = Self.act(step.action, &$0)
                }
            }
            for refusal in refusals { tell("kube-apiserver", refusal, step.origin) }
        }
    }

    private mutating func merge(_ name: Symbol, _ step: Step) {
        tell("git", step.text, step.origin)
        guard let repository = repository(of: name) else { return }
        change { simulation in simulation.mergeChangeSet(repository: repository, name, origin: step.origin) }
        guard let row = changeSets.firstIndex(where: { $0.name == name.text }) else { return }
        changeSets[row].mergedAt = simulation.now
        changeSets[row].revision = simulation.externals.repositories[repository].revision.text
    }

    private mutating func revert(_ name: Symbol, _ step: Step) {
        tell("git", step.text, step.origin)
        guard let repository = repository(of: name) else { return }
        change { simulation in simulation.revertChangeSet(repository: repository, name, origin: step.origin) }
        guard let row = changeSets.firstIndex(where: { $0.name == name.text }) else { return }
        changeSets[row].revertedAt = simulation.now
    }

    private func repository(of changeSet: Symbol) -> Int? {
        guard let url = scenario.changeSets.first(where: { $0.name == changeSet })?.repository else { return nil }
        return simulation.externals.repository(url)
    }

    /// What a step does to the cluster and to what lies outside; returns the refusals in `kubectl`'s words.
    private static func act(_ action: Step.Action, _ simulation: inout Simulation) -> [String] {
        switch action {
        case .kubectl(let command): return KubectlCommand.run(command, &simulation)
        case .removeFinalizers(let object?, _): return removeFinalizers(of: object, &simulation)
        case .removeFinalizers(nil, let namespace): return removeFinalizers(in: namespace, &simulation)
        case .vaultPut(let address, let path, let keys): simulation.vaultPut(path, keys: keys, at: address)
        case .vaultDelete(let address, let path): simulation.vaultDelete(path, at: address)
        case .image(let fact):
            simulation.externals.images.append(fact)
            simulation.imageFactsChanged()
        case .fault(let fault): return fault.act(&simulation)
        case .merge, .revert, .sync, .wait: break
        }
        return []
    }

    private static func refusal(_ result: Result<ObjectKey, APIError>) -> [String] {
        if case .failure(let error) = result { return [KubectlCommand.text(of: error)] }
        return []
    }

    private static func removeFinalizers(
        of object: Step.ObjectReference, _ simulation: inout Simulation
    ) -> [String] {
        switch KubectlCommand.key(of: object, object.name, simulation) {
        case .failure(let error): return [error.message]
        case .success(let key):
            return refusal(simulation.update(key, as: .admin, verb: "patch") { $0.finalizers = .empty })
        }
    }

    private static func removeFinalizers(in namespace: Symbol, _ simulation: inout Simulation) -> [String] {
        var refusals: [String] = []
        for key in simulation.objects(inNamespace: namespace) where simulation.state.exists(key) {
            if simulation.state[key].finalizers.isEmpty { continue }
            refusals += refusal(simulation.update(key, as: .admin, verb: "patch") { $0.finalizers = .empty })
        }
        return refusals
    }
}

extension Step {
    /// Who does it.
    var actor: String {
        switch action {
        case .merge, .revert: "git"
        case .vaultPut, .vaultDelete: "vault"
        case .image: "image registry"
        case .fault: "fault"
        case .sync, .kubectl, .removeFinalizers, .wait: "kubernetes-admin"
        }
    }
}
