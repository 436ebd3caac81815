/// The format of a `PATCH` body.
package enum PatchType: Sendable {
    case merge
}

extension Simulation {
    /// `PATCH` of one object.
    @discardableResult
    package mutating func patch(
        _ key: ObjectKey, _ type: PatchType, _ patch: Value, as caller: Caller
    ) -> Result<ObjectKey, APIError> {
        do throws(APIError) {
            let content = tables.content(key)
            let kind = tables.kind(content.kind)
            try requireServed(content.kind)
            try authorize(caller, "patch", content.kind, content.namespace, content.name)
            guard state.exists(key) else { throw APIError.notFound(kind, content.name) }
            let document = document(of: key)
            let patched: Value
            switch type {
            case .merge: patched = document.mergePatched(with: patch)
            }
            let (draft, resourceVersion) = try draft(patched, over: key)
            return write(draft, key, as: caller, verb: "patch", resourceVersion: resourceVersion)
        } catch {
            return .failure(error)
        }
    }

    /// Reads a whole document that is to replace an object, and the resourceVersion it was made from.
    func draft(_ document: Value, over key: ObjectKey) throws(APIError) -> (ObjectDraft, UInt32?) {
        let content = tables.content(key)
        let kind = tables.kind(content.kind)
        let metadata = document["metadata"]
        if let name = metadata?["name"]?.symbol, name != content.name {
            throw APIError(
                code: 400, reason: "BadRequest",
                message: "the name of the object (\(name)) does not match the name on the URL (\(content.name))")
        }
        if let namespace = metadata?["namespace"]?.symbol, namespace != content.namespace {
            throw APIError.otherNamespace
        }
        guard var draft = ObjectDraft(manifest: document, tables: tables, defaultNamespace: content.namespace) else {
            throw APIError(code: 400, reason: "BadRequest", message: "Object 'Kind' is missing in the request body")
        }
        draft.name = content.name
        let live = self.draft(of: key)
        // Untouched content keeps its id, and with it the place in the file that it came from.
        if tables.sameContent(draft.body, live.body) { draft.body = live.body }
        if let status = live.status, status.document == draft.status?.document { draft.status = status }
        if draft.origin.isNone { draft.origin = live.origin }
        let version = metadata?["resourceVersion"]?.text
        if let version, UInt32(version) == nil { throw APIError.conflict(kind, content.name, Self.modifiedElsewhere) }
        return (draft, version.flatMap { UInt32($0) })
    }
}

extension APIError {
    /// Source: recordings, family errors.
    static let otherNamespace = APIError(
        code: 400, reason: "BadRequest",
        message: "the namespace of the provided object does not match the namespace sent on the request")
}
