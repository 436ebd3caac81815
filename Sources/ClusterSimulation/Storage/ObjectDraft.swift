/// An object as a client writes it: what of it is the client's to say, in ids.
package struct ObjectDraft {
    package var kind: KindID
    /// The version of a custom kind that the client writes in; empty for the version that the cluster prefers.
    package var version: Symbol = .empty
    /// Empty for cluster-scoped objects.
    package var namespace: Symbol
    /// Empty where `generateName` is to be used.
    package var name: Symbol
    package var generateName: Symbol = .empty
    package var labels: MapID = .empty
    package var annotations: MapID = .empty
    package var finalizers: ListID = .empty
    package var owners: OwnersID = .empty
    package var body: BodyID
    /// Ignored on create and update where the kind has a status subresource, unless the writer is trusted to set it.
    package var status: Status?
    /// Where the manifest stands that this came from.
    package var origin: Origin = .none

    package init(kind: KindID, namespace: Symbol, name: Symbol, body: BodyID) {
        self.kind = kind
        self.namespace = namespace
        self.name = name
        self.body = body
    }
}

extension ObjectDraft {
    /// Reads a manifest: `apiVersion`, `kind`, `metadata`, `status`, and everything else as the body.
    ///
    /// A kind that was never defined gets an id of its own, so that writing it is refused by the API server and not
    /// here; nil only where `apiVersion` or `kind` is missing. Where nothing serves a kind, the manifest tells by its
    /// namespace whether it is namespaced.
    ///
    /// - Parameter kinds: which custom kinds are served, and in which scope.
    package init?(manifest: Value, tables: ClusterTables, kinds: ServedKinds, defaultNamespace: Symbol = .empty) {
        guard let apiVersion = manifest["apiVersion"]?.symbol, let kindName = manifest["kind"]?.symbol else {
            return nil
        }
        let metadata = manifest["metadata"] ?? nil
        let named = metadata["namespace"]?.symbol ?? .empty
        kind = tables.kindIDDefiningIfNeeded(apiVersion: apiVersion, kind: kindName)
        if tables.isCustom(kind) { version = tables.version(apiVersion) }
        let isNamespaced = (kinds[kind]?.kind ?? tables.undescribedKind(kind)).namespaced
        namespace = isNamespaced ? (named.isEmpty ? defaultNamespace : named) : .empty
        name = metadata["name"]?.symbol ?? .empty
        generateName = metadata["generateName"]?.symbol ?? .empty
        labels = tables.map(of: metadata["labels"])
        annotations = tables.map(of: metadata["annotations"])
        finalizers = tables.list(metadata["finalizers"]?.symbols ?? [])
        body = tables.body(kind: kind, Self.body(of: manifest))
        status = manifest["status"].map(DocumentStatus.init)
        origin = manifest.origin
        var references: [OwnerReference] = []
        for owner in metadata["ownerReferences"]?.elements ?? [] {
            guard let version = owner["apiVersion"]?.symbol, let kind = owner["kind"]?.symbol,
                let name = owner["name"]?.symbol
            else { continue }
            let ownerKind = tables.kindIDDefiningIfNeeded(apiVersion: version, kind: kind)
            let isOwnerNamespaced = (kinds[ownerKind]?.kind ?? tables.undescribedKind(ownerKind)).namespaced
            let ownerNamespace = isOwnerNamespaced ? namespace : .empty
            references.append(
                OwnerReference(
                    owner: tables.key(ownerKind, ownerNamespace, name), uid: Self.number(uid: owner["uid"]?.text),
                    controller: owner["controller"]?.boolean ?? false,
                    blockOwnerDeletion: owner["blockOwnerDeletion"]?.boolean ?? false))
        }
        owners = tables.owners(references)
    }

    /// A manifest without the fields that are kept elsewhere.
    package static func body(of manifest: Value) -> Value {
        let kept = manifest.fields.filter {
            $0.key != "apiVersion" && $0.key != "kind" && $0.key != "metadata" && $0.key != "status"
        }
        return Value(.object(kept), manifest.origin)
    }

    /// The number in a uid that `Simulation.uidText` made; 0 for any other.
    static func number(uid text: String?) -> UInt32 {
        guard let text, text.hasPrefix("00000000-0000-4000-8000-") else { return 0 }
        return UInt32(text.suffix(12), radix: 16) ?? 0
    }
}
