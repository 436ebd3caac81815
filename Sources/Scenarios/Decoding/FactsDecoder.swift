import ClusterSimulation

/// Reads `spec.facts`: what no manifest holds.
struct FactsDecoder {
    let context: DecodingContext

    init(_ context: DecodingContext) { self.context = context }

    func decode(_ reader: FieldReader?) -> Scenario.Facts {
        var facts = Scenario.Facts()
        guard let reader else { return facts }
        facts.images = reader.list("images").map(image)
        facts.vaults = reader.list("vault").map(vault)
        facts.githubActions = reader.list("githubActions").map(githubActions)
        facts.webhooks = reader.list("webhooks").map(webhook)
        for (value) in reader.list("registries") {
            context.problems.warning("unused-field", "'registries' says nothing yet", at: value.origin)
        }
        reader.finish()
        return facts
    }

    func image(_ value: Value) -> ImageFact {
        let reader = FieldReader(value, .image, context)
        var fact = ImageFact(
            pattern: reader.symbol("image", required: true) ?? .empty, program: program(reader),
            isPrivate: reader.boolean("private") ?? false, library: library(reader),
            requirements: reader.list("requires").map(requirement), origin: value.origin)
        for entry in reader.list("programs") {
            let inner = FieldReader(entry, .programByArgument, context)
            if let argument = inner.symbol("whenArgument", required: true) {
                fact.programsByArgument.append((argument, program(inner, required: true)))
            }
            inner.finish()
        }
        _ = reader.value("source")
        reader.finish()
        return fact
    }

    private func program(_ reader: FieldReader, required isRequired: Bool = false) -> Symbol {
        guard let program = reader.symbol("program", required: isRequired) else { return "server" }
        if ProgramCatalogue.models[program] == nil {
            context.problems.error(
                "unknown-program", "no program model '\(program)'", at: reader.value["program"]?.origin ?? .none,
                word: program.text, known: ProgramCatalogue.all.map(\.name.text))
        }
        return program
    }

    private func library(_ reader: FieldReader) -> CLibrary {
        reader.word("libc", among: ["glibc", "musl"]).flatMap { CLibrary(rawValue: $0) } ?? .glibc
    }

    private func requirement(_ value: Value) -> ImageFact.Requirement {
        let reader = FieldReader(value, .requirement, context)
        let namespace = reader.symbol("namespace") ?? .empty
        let kind = reader.word("kind", among: ["ConfigMap", "Secret", "Service"])
        if kind == nil, value["kind"] == nil {
            context.problems.error("missing-field", "requires[] needs the field 'kind'", at: value.origin)
        }
        let requirement = ImageFact.Requirement(
            kind: Symbol(kind ?? "ConfigMap"), namespace: namespace == "$(POD_NAMESPACE)" ? .empty : namespace,
            names: reader.symbols("names", required: true), message: reader.symbol("message") ?? .empty,
            origin: value.origin)
        reader.finish()
        return requirement
    }

    private func vault(_ value: Value) -> VaultFact {
        let reader = FieldReader(value, .vault, context)
        let fact = VaultFact(
            address: reader.symbol("address", required: true) ?? .empty,
            secrets: reader.list("secrets").map { entry in
                let inner = FieldReader(entry, .vaultSecret, context)
                defer { inner.finish() }
                return (inner.symbol("path", required: true) ?? .empty, inner.symbols("keys"))
            },
            roles: reader.list("roles").map(role))
        reader.finish()
        return fact
    }

    private func role(_ value: Value) -> VaultFact.Role {
        let reader = FieldReader(value, .vaultRole, context)
        let role = VaultFact.Role(
            mount: reader.symbol("auth") ?? "kubernetes", name: reader.symbol("name", required: true) ?? .empty,
            serviceAccounts: reader.symbols("serviceAccounts", required: true),
            namespaces: reader.symbols("namespaces", required: true), origin: value.origin)
        reader.finish()
        return role
    }

    private func githubActions(_ value: Value) -> GitHubActionsFact {
        let reader = FieldReader(value, .githubActions, context)
        let fact = GitHubActionsFact(
            url: reader.symbol("url", required: true) ?? .empty,
            assignedJobs: reader.integer("assignedJobs", in: 0...100_000) ?? 0)
        reader.finish()
        return fact
    }

    private func webhook(_ value: Value) -> WebhookFact {
        let reader = FieldReader(value, .webhook, context)
        let fact = WebhookFact(
            webhook: reader.symbol("webhook", required: true) ?? .empty, operations: reader.symbols("operations"),
            kinds: reader.symbols("kinds"), namespaces: reader.symbols("namespaces"), denial: reader.symbol("deny"),
            patch: reader.value("patch"), origin: value.origin)
        for (name, place) in reader.texts("operations") where !["CREATE", "UPDATE", "DELETE"].contains(name) {
            context.problems.error(
                "unknown-value", "'operations' lists CREATE, UPDATE and DELETE, not '\(name)'", at: place, word: name,
                known: ["CREATE", "UPDATE", "DELETE"])
        }
        if let patch = fact.patch, !Self.isJSONPatch(patch) {
            context.problems.error(
                "wrong-type", "'patch' must be a list of JSON patch operations, each with 'op' and 'path'",
                at: patch.origin)
        }
        _ = reader.value("source")
        reader.finish()
        return fact
    }

    private static func isJSONPatch(_ patch: Value) -> Bool {
        guard case .array(let operations) = patch.content else { return false }
        let names = ["add", "remove", "replace", "move", "copy", "test"]
        return operations.allSatisfy { names.contains($0["op"]?.text ?? "") && $0["path"]?.text != nil }
    }
}
