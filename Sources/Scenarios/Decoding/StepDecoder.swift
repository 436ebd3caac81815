import ClusterSimulation

/// Reads `spec.steps`: what people do, and when.
struct StepDecoder {
    let context: DecodingContext
    private let changeSets: [Symbol]
    private let vaults: [Symbol]

    init(_ context: DecodingContext, changeSets: [Symbol], vaults: [Symbol]) {
        self.context = context
        self.changeSets = changeSets
        self.vaults = vaults
    }

    static let actions = [
        "merge", "revert", "sync", "kubectl", "removeFinalizers", "vault", "image", "fault", "wait",
    ]

    func decode(_ values: [Value], start: SimulationTime, horizon: SimulationTime) -> [Step] {
        var steps: [Step] = []
        var previous = start
        for value in values {
            let reader = FieldReader(value, .step, context)
            let at = time(reader, previous: previous, horizon: horizon)
            let actions = Self.actions.compactMap { name in reader.value(name).map { (name, $0) } }
            if actions.count != 1 {
                let known = Self.actions.joined(separator: ", ")
                context.problems.error(
                    "step-action", "a step needs exactly one of \(known)", at: value.origin)
            }
            if let (name, argument) = actions.first, let action = action(name, argument) {
                steps.append(
                    Step(at: at, action: action, origin: argument.origin.isNone ? value.origin : argument.origin))
            }
            reader.finish()
            // A step beyond the horizon is an error; those after it count from the horizon.
            previous = min(at, max(horizon, previous))
        }
        return steps
    }

    private func time(_ reader: FieldReader, previous: SimulationTime, horizon: SimulationTime) -> SimulationTime {
        let value = reader.value
        let absolute = reader.time("at")
        let relative = reader.span("after")
        if value["at"] != nil, value["after"] != nil {
            context.problems.error("step-time", "a step has 'at' or 'after', not both", at: value.origin)
        }
        let at = absolute ?? relative.map { previous + $0 } ?? previous
        let place = (value["at"] ?? value["after"] ?? value).origin
        if at < previous {
            context.problems.error(
                "time-order", "a step cannot come before the one above it, at \(previous.rfc3339)", at: place)
        } else if at > horizon {
            context.problems.error("time-order", "the step lies after the horizon, \(horizon.rfc3339)", at: place)
        }
        return at
    }

    private func action(_ name: String, _ value: Value) -> Step.Action? {
        switch name {
        case "merge": changeSet(value).map(Step.Action.merge)
        case "revert": changeSet(value).map(Step.Action.revert)
        case "sync": sync(value)
        case "kubectl": KubectlDecoder(context).decode(value).map(Step.Action.kubectl)
        case "removeFinalizers": removeFinalizers(value)
        case "vault": vault(value)
        case "image": .image(FactsDecoder(context).image(value))
        case "fault": fault(value)
        default: .wait(value.text ?? "settled")
        }
    }

    private func changeSet(_ value: Value) -> Symbol? {
        guard let name = value.symbol else {
            context.problems.error(
                "wrong-type", "a change set is named by text, not \(value.typeName)", at: value.origin)
            return nil
        }
        if changeSets.contains(name) { return name }
        context.problems.error(
            "unknown-change-set", "no change set '\(name)'", at: value.origin, word: name.text,
            known: changeSets.map(\.text))
        return nil
    }

    private func sync(_ value: Value) -> Step.Action? {
        let reader = FieldReader(value, .sync, context)
        defer { reader.finish() }
        let namespace = reader.symbol("namespace") ?? "argocd"
        let prune = reader.boolean("prune") ?? false
        let force = reader.boolean("force") ?? false
        guard let application = reader.symbol("application", required: true) else { return nil }
        return .sync(Step.Sync(application: application, namespace: namespace, prune: prune, force: force))
    }

    private func removeFinalizers(_ value: Value) -> Step.Action? {
        let reader = FieldReader(value, .removeFinalizers, context)
        defer { reader.finish() }
        let object = Step.ObjectReference(
            apiVersion: reader.symbol("apiVersion") ?? .empty, kind: reader.symbol("kind") ?? .empty,
            namespace: reader.symbol("namespace") ?? .empty, name: reader.symbol("name") ?? .empty,
            origin: value.origin)
        switch (object.kind.isEmpty, object.name.isEmpty) {
        case (false, false): return .removeFinalizers(object, namespace: object.namespace)
        case (true, true) where !object.namespace.isEmpty: return .removeFinalizers(nil, namespace: object.namespace)
        default:
            context.problems.error(
                "missing-field", "'removeFinalizers' needs 'kind' and 'name', or 'namespace' alone", at: value.origin)
            return nil
        }
    }

    private func vault(_ value: Value) -> Step.Action? {
        let reader = FieldReader(value, .vaultStep, context)
        defer { reader.finish() }
        let put = reader.symbol("put")
        let delete = reader.symbol("delete")
        let keys = reader.symbols("keys")
        let address = reader.symbol("address") ?? vaults.first ?? .empty
        if !vaults.contains(address) {
            context.problems.error(
                "unknown-vault", "no Vault '\(address)' among the facts", at: value.origin, word: address.text,
                known: vaults.map(\.text))
        }
        switch (put, delete) {
        case (let path?, nil): return .vaultPut(address: address, path: path, keys: keys)
        case (nil, let path?): return .vaultDelete(address: address, path: path)
        default:
            context.problems.error("missing-field", "'vault' needs one of 'put' and 'delete'", at: value.origin)
            return nil
        }
    }

    private func fault(_ value: Value) -> Step.Action? {
        let reader = FieldReader(value, .fault, context)
        defer { reader.finish() }
        let kinds = FaultCatalogue.all.filter { reader.value($0.name) != nil }
        guard kinds.count == 1, let kind = kinds.first, let argument = reader.object(kind.name, kind.fields) else {
            let known = FaultCatalogue.all.map(\.name).joined(separator: ", ")
            context.problems.error("missing-field", "'fault' needs exactly one of \(known)", at: value.origin)
            return nil
        }
        defer { argument.finish() }
        return kind.decode(argument).map(Step.Action.fault)
    }
}
