/// What a CustomResourceDefinition says.
package final class DefinitionFacts: @unchecked Sendable {
    package let group: Symbol
    package let kind: Symbol
    package let plural: Symbol
    package let isNamespaced: Bool
    package let versions: [Version]
    /// What converts objects between versions; nil where only `apiVersion` is changed (strategy None).
    package let conversion: Webhook?
    let patterns: [DefinitionPattern]

    /// One entry of `spec.versions`.
    package struct Version {
        package var name: Symbol
        package var isServed: Bool
        package var isStorage: Bool
        package var schema: StructuralSchema?
        package var hasStatus: Bool
        package var hasScale: Bool
        /// The fields of `subresources.scale.specReplicasPath`, outermost first.
        package var replicasPath: [Symbol]
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
        let conversion = spec?["conversion"]
        self.conversion =
            conversion?["strategy"]?.symbol == "Webhook" ? Webhook(conversion?["webhook"] ?? Value(.object([]))) : nil
        patterns = DefinitionPattern.all(of: body)
        let keepsUnknownFields = spec?["preserveUnknownFields"]?.boolean ?? false
        versions = (spec?["versions"]?.elements ?? []).map { version in
            Version(
                name: version["name"]?.symbol ?? .empty, isServed: version["served"]?.boolean ?? false,
                isStorage: version["storage"]?.boolean ?? false,
                schema: version.at("schema", "openAPIV3Schema").map {
                    StructuralSchema($0, keepsUnknownFields: keepsUnknownFields)
                },
                hasStatus: version.at("subresources", "status") != nil,
                hasScale: version.at("subresources", "scale") != nil,
                replicasPath: Self.path(version.at("subresources", "scale", "specReplicasPath")))
        }
    }

    private static func path(_ value: Value?) -> [Symbol] {
        (value?.text ?? "").split(separator: ".").map { Symbol($0) }
    }

    /// The version objects are stored in, whose schema they are held against.
    package var storageVersion: Version? { versions.first { $0.isStorage } ?? versions.first }

    /// The kind as the API serves it; nil where the definition is incomplete.
    package var servedKind: Kind? {
        guard !kind.isEmpty, !plural.isEmpty, let storage = storageVersion else { return nil }
        let served = versions.filter { $0.isServed }
        let preferred = served.max { VersionPriority($0.name) < VersionPriority($1.name) } ?? storage
        var kind = Kind(
            group: group, version: preferred.name, kind: self.kind, plural: plural, namespaced: isNamespaced,
            builtIn: false, statusSubresource: storage.hasStatus)
        kind.otherVersions = served.map(\.name).filter { $0 != preferred.name }
        return kind
    }
}

/// The order in which clients prefer versions: general availability before beta before alpha, higher numbers first,
/// other names last by the alphabet. Source: "Versions in CustomResourceDefinitions", version priority.
struct VersionPriority: Comparable {
    /// 3 for `v1`, 2 for `v1beta1`, 1 for `v1alpha1`, 0 for any other name.
    private var stage = 0
    private var major = 0
    private var minor = 0
    private let name: String

    init(_ version: Symbol) {
        name = version.text
        guard name.hasPrefix("v") else { return }
        let digits = name.dropFirst().prefix { $0.isASCII && $0.isNumber }
        guard let major = Int(digits) else { return }
        let rest = name.dropFirst(1 + digits.count)
        var stage = 3
        var minor = 0
        if !rest.isEmpty {
            let word = ["alpha", "beta"].first { rest.hasPrefix($0) }
            guard let word, let number = Int(rest.dropFirst(word.count)) else { return }
            stage = word == "beta" ? 2 : 1
            minor = number
        }
        (self.stage, self.major, self.minor) = (stage, major, minor)
    }

    static func < (left: VersionPriority, right: VersionPriority) -> Bool {
        if left.stage != right.stage { return left.stage < right.stage }
        if left.stage == 0 { return left.name > right.name }
        return (left.major, left.minor) < (right.major, right.minor)
    }
}
