/// CustomResourceDefinitions: which custom kinds are served, and what their objects must look like.
///
/// Source: recordings, family crds; "Extend the Kubernetes API with CustomResourceDefinitions".
extension Simulation {
    /// Refuses a request for a kind that no definition serves: 404, and 405 for a create while the definition goes.
    func requireServed(_ kind: KindID, creating: Bool = false) throws(APIError) {
        guard tables.isCustom(kind) else { return }
        let definition = tables.definitionKey(kind)
        guard state.exists(definition) else { throw APIError.unknownResource }
        guard creating, state[definition].isDeleting else { return }
        throw APIError(
            code: 405, reason: "MethodNotAllowed",
            message: "create not allowed while custom resource definition is terminating")
    }

    /// Whether the API serves a kind now: built in, or defined and not yet gone.
    package func isServed(_ kind: KindID) -> Bool {
        !tables.isCustom(kind) || state.exists(tables.definitionKey(kind))
    }

    /// A custom resource without unknown fields, with defaults, and what its schema says against it. Memoised.
    func conformed(_ body: BodyID, _ kind: KindID) -> ConformedBody? {
        guard tables.isCustom(kind) else { return nil }
        let definition = state[tables.definitionKey(kind)].body
        let memo = tables.memo.store(SchemaMemo.self, make: SchemaMemo.init)
        let question = UInt64(definition.index) << 32 | UInt64(body.index)
        if let answer = memo.answers[question] { return answer }
        var answer = ConformedBody(body: body, causes: [])
        if let schema = tables.body(definition).facts(DefinitionFacts.self)?.storageVersion?.schema {
            let value = tables.body(body).value
            let normalised = schema.normalised(value, isRoot: true)
            if normalised != value { answer.body = tables.body(kind: kind, normalised) }
            answer.causes = schema.validate(normalised, isRoot: true)
        }
        memo.answers[question] = answer
        return answer
    }

    /// What the server adds to a new definition: its status, with the names accepted at once.
    func prepareDefinition(_ draft: inout ObjectDraft) {
        guard let facts = tables.body(draft.body).facts(DefinitionFacts.self) else { return }
        let names = tables.body(draft.body).value.at("spec", "names") ?? Value(.object([]))
        let conditions = [
            condition(
                type: "NamesAccepted", status: true, reason: "NoConflicts", message: "no conflicts found", at: now),
            condition(
                type: "Established", status: true, reason: "InitialNamesAccepted",
                message: "the initial names have been accepted", at: now),
        ]
        let stored = facts.storageVersion.map { [$0.name] } ?? []
        draft.status = DocumentStatus(
            .object([
                "acceptedNames": names, "conditions": Value(.array(conditions)), "storedVersions": .strings(stored),
            ]))
    }

    /// What is wrong with a definition itself.
    func validateDefinition(_ draft: ObjectDraft) -> [APIError.Cause] {
        guard let facts = tables.body(draft.body).facts(DefinitionFacts.self) else { return [] }
        var causes: [APIError.Cause] = []
        if draft.name != Symbol("\(facts.plural).\(facts.group)") {
            causes.append(
                .init(
                    reason: "FieldValueInvalid", field: "metadata.name",
                    message: "Invalid value: \(draft.name.text.quoted): must be spec.names.plural+\".\"+spec.group"))
        }
        if facts.versions.filter(\.isStorage).count != 1 {
            causes.append(
                .init(
                    reason: "FieldValueInvalid", field: "spec.versions",
                    message:
                        "Invalid value: \(tables.body(draft.body).value.at("spec", "versions")?.jsonText ?? "null"): "
                        + "must have exactly one version marked as storage version"))
        }
        return causes
    }

    /// Lets the API serve what a stored definition says.
    func defineServedKind(_ key: ObjectKey) {
        guard state[key].kind == .customResourceDefinition, let kind = facts(key, DefinitionFacts.self)?.servedKind
        else { return }
        let id = tables.define(kind)
        tables.redefine(id, as: kind)
    }

    /// Tells the controller of a definition that waits for its objects to go that one has gone.
    mutating func didRemoveCustomResource(_ kind: KindID, because cause: TraceID) {
        guard tables.isCustom(kind) else { return }
        let definition = tables.definitionKey(kind)
        guard state[definition].isDeleting, let controller = configuration.controllerID("crd-finalizer") else { return }
        enqueue(controller, definition, because: cause)
    }
}

/// A custom resource as its definition lets it be stored.
struct ConformedBody {
    var body: BodyID
    /// Empty where the schema has nothing against it.
    var causes: [APIError.Cause]
}

private final class SchemaMemo {
    var answers: [UInt64: ConformedBody] = [:]
}

extension ClusterTables {
    /// Whether a kind is served by a CustomResourceDefinition rather than by the API server itself.
    @inline(__always)
    package func isCustom(_ kind: KindID) -> Bool { Int(kind.index) >= Kind.builtIns.count }

    /// The key of the CustomResourceDefinition of a custom kind, `PLURAL.GROUP`.
    package func definitionKey(_ id: KindID) -> ObjectKey {
        let memo = memo.store(DefinitionKeyMemo.self, make: DefinitionKeyMemo.init)
        let index = Int(id.index)
        if index < memo.keys.count, memo.keys[index].plural == kinds[index].plural { return memo.keys[index].key }
        while memo.keys.count < kinds.count { memo.keys.append((.empty, .none)) }
        let kind = kinds[index]
        let key = key(.customResourceDefinition, .empty, Symbol("\(kind.plural).\(kind.group)"))
        memo.keys[index] = (kind.plural, key)
        return key
    }
}

private final class DefinitionKeyMemo {
    /// By kind: the plural it was made for, and the key.
    var keys: [(plural: Symbol, key: ObjectKey)] = []
}
