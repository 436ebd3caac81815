/// CustomResourceDefinitions: which custom kinds are served, and what their objects must look like.
///
/// Source: recordings, family crds; "Extend the Kubernetes API with CustomResourceDefinitions".
extension Simulation {
    /// Refuses a request for a kind that no definition serves: 404, and 405 for a create while the definition goes.
    func requireServed(_ kind: KindID, creating: Bool = false) throws(APIError) {
        guard tables.isCustom(kind) else { return }
        let definition = definition(of: kind)
        guard !definition.isNone else { throw APIError.unknownResource }
        guard creating, state[definition].isDeleting else { return }
        throw APIError(
            code: 405, reason: "MethodNotAllowed",
            message: "create not allowed while custom resource definition is terminating")
    }

    /// Whether the API serves a kind now: built in, or defined and not yet gone.
    package func isServed(_ kind: KindID) -> Bool {
        !tables.isCustom(kind) || state.kinds[kind] != nil
    }

    /// A custom resource as its definition lets it be stored: without unknown fields, with defaults. nil for what is built
    /// in. Memoised.
    func conformed(_ body: BodyID, _ kind: KindID) -> BodyID? {
        guard tables.isCustom(kind) else { return nil }
        let definition = state.kinds[kind]?.body ?? .empty
        let memo = tables.memo.store(SchemaMemo.self, make: SchemaMemo.init)
        let question = UInt64(definition.index) << 32 | UInt64(body.index)
        if let answer = memo.answers.answer(to: question) { return answer }
        var answer = body
        if let schema = tables.body(definition).facts(DefinitionFacts.self)?.storageVersion?.schema {
            let value = tables.body(body).value
            let normalised = schema.normalised(value, isRoot: true)
            if normalised != value { answer = tables.body(kind: kind, normalised) }
        }
        memo.answers.keep(answer, to: question)
        return answer
    }

    /// What the schema of a custom resource says against it; what it cannot say is noted.
    mutating func refusedBySchema(_ draft: ObjectDraft, _ key: ObjectKey) -> [APIError.Cause] {
        guard let body = conformed(draft.body, draft.kind) else { return [] }
        let findings = findings(body, draft.kind, workMax: patternAccount.isOver ? 0 : PatternWork.bodyMax)
        patternAccount.charge(findings.work)
        for field in findings.unanswered {
            patternAccount.note(
                UnansweredPattern(key: key, path: field.path, limit: field.limit, origin: field.origin))
        }
        return findings.causes
    }

    /// Memoised.
    private func findings(_ body: BodyID, _ kind: KindID, workMax: Int) -> SchemaFindings {
        let definition = state.kinds[kind]?.body ?? .empty
        let memo = tables.memo.store(SchemaMemo.self, make: SchemaMemo.init)
        let question = SchemaMemo.Question(definition: definition, body: body, workMax: workMax)
        if let known = memo.findings.answer(to: question) { return known }
        var findings = SchemaFindings(matcher: configuration.patterns, workMax: workMax)
        if let schema = tables.body(definition).facts(DefinitionFacts.self)?.storageVersion?.schema {
            schema.validate(tables.body(body).value, &findings)
        }
        memo.findings.keep(findings, to: question)
        return findings
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
    ///
    /// - Parameter isChanged: whether its body is new, so that its patterns are looked at.
    mutating func validateDefinition(_ draft: ObjectDraft, _ key: ObjectKey, isChanged: Bool) -> [APIError.Cause] {
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
        return isChanged ? causes + refusedPatterns(facts, key) : causes
    }

    /// Refuses patterns that the API server cannot compile, and notes those that nothing here can read.
    private mutating func refusedPatterns(_ facts: DefinitionFacts, _ key: ObjectKey) -> [APIError.Cause] {
        guard let matcher = configuration.patterns else { return [] }
        var causes: [APIError.Cause] = []
        for found in facts.patterns {
            let limit: String
            switch patternAccount.isOver ? .beyond(PatternWork.runLimit) : matcher.read(found.pattern) {
            case .program(let size):
                if size >= PatternWork.countedSizeMin { patternAccount.charge(size * PatternWork.stepsPerInstruction) }
                continue
            case .invalid(let problem):
                let text = "must be a valid regular expression, but isn't: \(problem)"
                causes.append(Validation.invalid(found.path, found.pattern.text.quoted, text))
                continue
            case .beyond(let reason):
                limit = reason
                patternAccount.charge(PatternWork.beyondSteps)
            }
            patternAccount.note(UnansweredPattern(key: key, path: found.path, limit: limit, origin: found.origin))
        }
        return causes
    }
}

private final class SchemaMemo {
    struct Question: Hashable {
        var definition: BodyID
        var body: BodyID
        var workMax: Int
    }

    var answers = BoundedMemo<UInt64, BodyID>(max: 32_768)
    var findings = BoundedMemo<Question, SchemaFindings>(max: 8192)
}
