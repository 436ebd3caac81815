/// The format of a `PATCH` body.
package enum PatchType: Sendable {
    /// RFC 7386.
    case merge
    /// RFC 6902.
    case json
    /// Kubernetes' own, for built-in kinds.
    case strategic
}

extension Simulation {
    /// `PATCH` of one object.
    ///
    /// - Parameter fieldManager: who owns the changed fields from now on; empty: nobody tracks it.
    @discardableResult
    package mutating func patch(
        _ key: ObjectKey, _ type: PatchType, _ patch: Value, as caller: Caller, fieldManager: Symbol = .empty
    ) -> Result<ObjectKey, APIError> {
        do throws(APIError) {
            let content = tables.content(key)
            let kind = self.kind(content.kind)
            try requireServed(content.kind)
            try authorize(caller, "patch", content.kind, content.namespace, content.name)
            guard state.exists(key) else { throw APIError.notFound(kind, content.name) }
            let patched = try patched(document(of: key), type, patch, content.kind)
            if let problem = Decoding(patched, content.kind).problem {
                throw APIError.undecodable(patched, problem)
            }
            let (draft, resourceVersion) = try draft(patched, over: key)
            let owners = fieldManager.isEmpty ? nil : managedFields(of: key)
            let result = write(draft, key, as: caller, verb: "patch", resourceVersion: resourceVersion)
            if case .success = result, let owners { didUpdate(key, by: fieldManager, before: owners) }
            return result
        } catch {
            return .failure(error)
        }
    }

    /// A document after a patch of one of the formats.
    func patched(
        _ document: Value, _ type: PatchType, _ patch: Value, _ kind: KindID
    ) throws(APIError) -> Value {
        if type == .json {
            guard let patched = JSONPatch(patch)?.applied(to: document) else { throw APIError.unusablePatch }
            return patched
        }
        guard case .object = patch.content else {
            let type = patch.typeName == "boolean" ? "bool" : patch.typeName == "integer" ? "number" : patch.typeName
            throw APIError(
                code: 400, reason: "BadRequest",
                message: "error decoding patch: json: cannot unmarshal \(type) into Go value of type "
                    + "map[string]interface {}")
        }
        if type == .merge { return document.mergePatched(with: patch) }
        if tables.isCustom(kind) {
            throw APIError(
                code: 415, reason: "UnsupportedMediaType",
                message: "the body of the request was in an unknown format - accepted media types include: "
                    + "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml")
        }
        return StrategicMergePatch(kind: kind).applied(patch, to: document)
    }

    /// Reads a whole document that is to replace an object, and the resourceVersion it was made from.
    func draft(_ document: Value, over key: ObjectKey) throws(APIError) -> (ObjectDraft, UInt32?) {
        let content = tables.content(key)
        let kind = self.kind(content.kind)
        let metadata = document["metadata"]
        if let name = metadata?["name"]?.symbol, name != content.name {
            throw APIError(
                code: 400, reason: "BadRequest",
                message: "the name of the object (\(name)) does not match the name on the URL (\(content.name))")
        }
        if let namespace = metadata?["namespace"]?.symbol, namespace != content.namespace {
            throw APIError.otherNamespace
        }
        guard var draft = self.draft(manifest: document, defaultNamespace: content.namespace) else {
            throw APIError(code: 400, reason: "BadRequest", message: "Object 'Kind' is missing in the request body")
        }
        draft.name = content.name
        let live = self.draft(of: key)
        // Untouched content keeps its id, and with it the place in the file that it came from.
        draft.body = tables.keeping(live.body, draft.body)
        if let status = live.status, status.document == draft.status?.document { draft.status = status }
        if draft.origin.isNone { draft.origin = live.origin }
        let version = metadata?["resourceVersion"]?.text
        if let version, UInt32(version) == nil { throw APIError.conflict(kind, content.name, Self.modifiedElsewhere) }
        return (draft, version.flatMap { UInt32($0) })
    }
}

extension APIError {
    /// A patch that leaves a document which does not fit its type. Source: recordings, family patches.
    static func undecodable(_ document: Value, _ problem: String) -> APIError {
        let cause = Validation.invalid("patch", document.jsonText.quoted, problem)
        return APIError(
            code: 422, reason: "Invalid", message: " \"\" is invalid: patch: \(cause.message)", causes: [cause])
    }

    /// Source: recordings, families errors and patches.
    static let unusablePatch = APIError(
        code: 422, reason: "Invalid", message: "the server rejected our request due to an error in our request")

    /// Source: recordings, family errors.
    static let otherNamespace = APIError(
        code: 400, reason: "BadRequest",
        message: "the namespace of the provided object does not match the namespace sent on the request")
}
