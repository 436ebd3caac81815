/// What a CustomResourceDefinition says.
package final class DefinitionFacts: @unchecked Sendable {
    package let group: Symbol
    package let kind: Symbol
    package let plural: Symbol
    package let isNamespaced: Bool
    package let versions: [Version]

    /// One entry of `spec.versions`.
    package struct Version {
        package var name: Symbol
        package var isServed: Bool
        package var isStorage: Bool
        package var schema: StructuralSchema?
        package var hasStatus: Bool
        package var hasScale: Bool
    }

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        var references: [Reference] = []
        if let service = body.at("spec", "conversion", "webhook", "clientConfig", "service"),
            let namespace = service["namespace"]?.symbol, let name = service["name"]?.symbol
        {
            let origin = (service["namespace"] ?? service).origin
            references.append(Reference(.webhookService, .service, namespace, name, origin: origin))
        }
        return Analysis.Result(facts: DefinitionFacts(body), references: references)
    }

    init(_ body: Value) {
        let spec = body["spec"]
        group = spec?["group"]?.symbol ?? .empty
        kind = spec?.at("names", "kind")?.symbol ?? .empty
        plural = spec?.at("names", "plural")?.symbol ?? .empty
        isNamespaced = spec?["scope"]?.symbol != "Cluster"
        let keepsUnknownFields = spec?["preserveUnknownFields"]?.boolean ?? false
        versions = (spec?["versions"]?.elements ?? []).map { version in
            Version(
                name: version["name"]?.symbol ?? .empty, isServed: version["served"]?.boolean ?? false,
                isStorage: version["storage"]?.boolean ?? false,
                schema: version.at("schema", "openAPIV3Schema").map {
                    StructuralSchema($0, keepsUnknownFields: keepsUnknownFields)
                },
                hasStatus: version.at("subresources", "status") != nil,
                hasScale: version.at("subresources", "scale") != nil)
        }
    }

    /// The version objects are stored in, whose schema they are held against.
    package var storageVersion: Version? { versions.first { $0.isStorage } ?? versions.first }

    /// The kind as the API serves it; nil where the definition is incomplete.
    package var servedKind: Kind? {
        guard !kind.isEmpty, !plural.isEmpty, let storage = storageVersion else { return nil }
        let served = versions.filter { $0.isServed }
        let preferred = served.first { $0.isStorage } ?? served.first ?? storage
        var kind = Kind(
            group: group, version: preferred.name, kind: self.kind, plural: plural, namespaced: isNamespaced,
            builtIn: false, statusSubresource: storage.hasStatus)
        kind.otherVersions = served.map(\.name).filter { $0 != preferred.name }
        return kind
    }
}
