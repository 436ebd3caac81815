import ClusterSimulation

/// Reads a `kubectl` step.
struct KubectlDecoder {
    let context: DecodingContext

    init(_ context: DecodingContext) { self.context = context }

    /// What `kubectl` is told to do.
    static let commands = ["apply", "create", "replace", "delete", "patch", "scale", "rollout-restart"]

    func decode(_ value: Value) -> Step.Kubectl? {
        let reader = FieldReader(value, .kubectl, context)
        defer { reader.finish() }
        let commands = Self.commands
        let isServerSide = reader.boolean("server-side") ?? false
        let given = commands.compactMap { name in reader.value(name).map { (name, $0) } }
        guard given.count == 1, let (name, argument) = given.first else {
            context.problems.error(
                "step-action", "'kubectl' needs exactly one of \(commands.joined(separator: ", "))", at: value.origin)
            return nil
        }
        switch name {
        case "apply": return .apply(objects(name, reader), serverSide: isServerSide)
        case "create": return .create(objects(name, reader))
        case "replace": return .replace(objects(name, reader))
        case "delete": return delete(argument)
        case "patch": return patch(argument)
        case "scale": return scale(argument)
        default:
            let inner = FieldReader(argument, .kubectlRolloutRestart, context)
            defer { inner.finish() }
            return reference(inner, argument).map(Step.Kubectl.rolloutRestart)
        }
    }

    private func objects(_ key: String, _ reader: FieldReader) -> [Value] {
        reader.texts(key).flatMap { ManifestFiles(context).read($0.text, from: $0.origin) }
    }

    private func reference(
        _ reader: FieldReader, _ value: Value, named isNamed: Bool = true
    ) -> Step.ObjectReference? {
        let kind = reader.symbol("kind", required: true)
        let name = isNamed ? reader.symbol("name", required: true) : .empty
        let apiVersion = reader.symbol("apiVersion") ?? .empty
        let namespace = reader.symbol("namespace") ?? .empty
        guard let kind, let name else { return nil }
        return Step.ObjectReference(
            apiVersion: apiVersion, kind: kind, namespace: namespace, name: name, origin: value.origin)
    }

    private func delete(_ value: Value) -> Step.Kubectl? {
        let reader = FieldReader(value, .kubectlDelete, context)
        defer { reader.finish() }
        let object = reference(reader, value, named: false)
        let names = reader.symbols("names", required: true)
        var options = DeleteOptions(propagation: .background)
        switch reader.word("propagationPolicy", among: ["Background", "Foreground", "Orphan"]) {
        case "Foreground": options.propagation = .foreground
        case "Orphan": options.propagation = .orphan
        default: break
        }
        options.gracePeriodSeconds = reader.integer("gracePeriodSeconds", in: 0...86_400).map(Int32.init)
        return object.map { .delete($0, names: names, options) }
    }

    private func patch(_ value: Value) -> Step.Kubectl? {
        let reader = FieldReader(value, .kubectlPatch, context)
        defer { reader.finish() }
        let object = reference(reader, value)
        let word = reader.word("type", among: PatchType.words.map(\.word)) ?? "merge"
        let type = PatchType.words.first { $0.word == word }?.type ?? .merge
        guard let patch = reader.required("patch"), let object else { return nil }
        switch (type, patch.content) {
        case (.json, .array), (.merge, .object), (.strategic, .object): break
        default:
            context.problems.error(
                "wrong-type", "'patch' must be \(type == .json ? "a list" : "an object"), not \(patch.typeName)",
                at: patch.origin)
            return nil
        }
        return .patch(object, type: type, patch: patch)
    }

    private func scale(_ value: Value) -> Step.Kubectl? {
        let reader = FieldReader(value, .kubectlScale, context)
        defer { reader.finish() }
        let object = reference(reader, value)
        guard reader.required("replicas") != nil, let replicas = reader.integer("replicas", in: 0...10_000), let object
        else { return nil }
        return .scale(object, replicas: replicas)
    }
}
