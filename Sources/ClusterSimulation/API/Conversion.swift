/// Versions of custom resources: which of them a request uses, and the webhook that converts between them.
///
/// An object is stored in one version and converted whenever a client reads or writes it in another. A webhook that
/// cannot be called fails every such request, so that objects can neither be read nor deleted: there is no
/// `failurePolicy`. What a webhook that answers makes of an object is not modelled: it keeps its fields. Objects count as
/// stored in the version that the definition names now. Source: "Versions in CustomResourceDefinitions", webhook
/// conversion; the API server's `conversion/webhook_converter`.
extension Simulation {
    private static let timeoutSeconds = 30

    /// Refuses a request for a custom resource in a version that is not served, or that cannot be converted now.
    ///
    /// - Parameters:
    ///   - version: what the client uses; empty for the version that the cluster prefers.
    ///   - isStored: whether the object is read from storage rather than put there.
    func requireVersion(_ kind: KindID, _ version: Symbol, isStored: Bool) throws(APIError) {
        guard tables.isCustom(kind), let facts = facts(definition(of: kind), DefinitionFacts.self) else { return }
        let used = version.isEmpty ? self.kind(kind).version : version
        guard facts.versions.contains(where: { $0.name == used && $0.isServed }) else { throw APIError.unknownResource }
        guard let webhook = facts.conversion, let storage = facts.storageVersion?.name, storage != used else { return }
        guard let failure = failure(calling: webhook, timeoutSeconds: Self.timeoutSeconds) else { return }
        throw APIError(
            code: 500, reason: "",
            message: "conversion webhook for \(facts.group)/\(isStored ? storage : used), Kind=\(facts.kind) "
                + "failed: \(failure)")
    }
}
