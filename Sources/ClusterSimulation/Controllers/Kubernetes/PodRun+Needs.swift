extension PodRun {
    /// What keeps the volumes from being mounted, in the kubelet's words; nil where everything is there.
    func volumeProblem(_ simulation: Simulation) -> Symbol? {
        let namespace = simulation.tables.namespace(key)
        for volume in template.volumes {
            for part in volume.parts {
                guard let problem = problem(with: part, namespace, simulation) else { continue }
                return Symbol("MountVolume.SetUp failed for volume \"\(volume.name)\" : \(problem)")
            }
        }
        return nil
    }

    private func problem(
        with part: VolumeFacts.Part, _ namespace: Symbol, _ simulation: Simulation
    ) -> String? {
        switch part.source {
        case .none: return nil
        case .persistentVolumeClaim:
            let claim = simulation.tables.key(.persistentVolumeClaim, namespace, part.name)
            if !simulation.state.exists(claim) { return "persistentvolumeclaim \"\(part.name)\" not found" }
            return simulation.volumePhase(claim) == "Bound"
                ? nil : "persistentvolumeclaim \"\(part.name)\" is not bound"
        case .secret, .configMap:
            if part.isOptional { return nil }
            let kind: KindID = part.source == .secret ? .secret : .configMap
            let target = simulation.tables.key(kind, namespace, part.name)
            let plural = part.source == .secret ? "secret" : "configmap"
            guard simulation.state.exists(target) else { return "\(plural) \"\(part.name)\" not found" }
            guard !part.keys.isEmpty, let facts = simulation.facts(target, DataFacts.self) else { return nil }
            return part.keys.contains { !facts.has($0) }
                ? "references non-existent \(plural) key: "
                    + "\(part.keys.first { !facts.has($0) } ?? .empty)" : nil
        }
    }

    /// What keeps a container's environment from being made; nil where everything is there.
    func configurationProblem(_ index: Int, _ simulation: Simulation) -> Symbol? {
        let namespace = simulation.tables.namespace(key)
        let container = template.container(at: index)
        for source in container.environmentSources where !source.isOptional {
            let target = simulation.tables.key(source.isSecret ? .secret : .configMap, namespace, source.name)
            if simulation.state.exists(target) { continue }
            return Symbol("\(source.isSecret ? "secret" : "configmap") \"\(source.name)\" not found")
        }
        for variable in container.environment {
            switch variable.source {
            case .secretKey(let name, let entry, false):
                let target = simulation.tables.key(.secret, namespace, name)
                if let problem = missing(entry, in: target, "secret", "Secret", simulation) { return problem }
            case .configMapKey(let name, let entry, false):
                let target = simulation.tables.key(.configMap, namespace, name)
                if let problem = missing(entry, in: target, "configmap", "ConfigMap", simulation) { return problem }
            default: break
            }
        }
        return nil
    }

    private func missing(
        _ entry: Symbol, in target: ObjectKey, _ resource: String, _ kind: String, _ simulation: Simulation
    ) -> Symbol? {
        let content = simulation.tables.content(target)
        guard simulation.state.exists(target) else { return Symbol("\(resource) \"\(content.name)\" not found") }
        guard let facts = simulation.facts(target, DataFacts.self), !facts.has(entry) else { return nil }
        return Symbol("couldn't find key \(entry) in \(kind) \(content.namespace)/\(content.name)")
    }
}
