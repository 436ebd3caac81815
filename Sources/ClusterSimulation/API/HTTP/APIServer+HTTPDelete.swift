/// Requests that delete, in the form of HTTP.
extension Simulation {
    /// `DELETE` of one object. What is held back is answered with, as it is now.
    mutating func delete(
        _ request: HTTPRequest, _ url: RequestURL, _ path: ResourcePath, _ kind: KindID, _ caller: Caller
    ) throws(APIError) -> HTTPResponse {
        let key = tables.key(kind, path.namespace, path.name)
        try authorize(caller, "delete", kind, path.namespace, path.name)
        let options = try deleteOptions(request.body, url, key)
        _ = try delete(key, as: caller, options).get()
        if state.exists(key) || Self.returnsDeletedObject.contains(kind) {
            return HTTPResponse(200, documentAfterWrite(of: key))
        }
        return .success
    }

    /// Kinds of which a delete that is done answers with the object, and not with a `Status`. Source: recordings (Pod,
    /// Service, ServiceAccount, PersistentVolumeClaim); `ReturnDeletedObject` of the API server's registries.
    private static let returnsDeletedObject: [KindID] = [
        .pod, .service, .serviceAccount, .persistentVolume, .persistentVolumeClaim, .resourceQuota, .podTemplate,
        .storageClass, .csiDriver, .volumeAttachment,
    ]

    /// Answers with what was to be deleted.
    mutating func deleteCollection(
        _ request: HTTPRequest, _ url: RequestURL, _ path: ResourcePath, _ kind: KindID, _ caller: Caller
    ) throws(APIError) -> HTTPResponse {
        try authorize(caller, "deletecollection", kind, path.namespace, .empty)
        let labels = try LabelSelector(query: url["labelSelector"] ?? "")
        let fields = try FieldSelector(query: url["fieldSelector"] ?? "")
        try fields.check(kind)
        let options = try deleteOptions(request.body, url, nil)
        let before = self
        let keys = try deleteCollection(
            kind, in: path.namespace, selector: labels, fields: fields, as: caller, options
        ).get()
        let known = self.kind(kind)
        return HTTPResponse(
            200,
            [
                "apiVersion": .string(known.apiVersion), "kind": .string("\(known.kind)List"),
                "metadata": ["resourceVersion": .string("\(before.state.lastResourceVersion)")],
                "items": Value(.array(keys.map { before.document(of: $0) })),
            ])
    }

    /// `DeleteOptions` of a request: what the URL says, and what its body does.
    func deleteOptions(
        _ body: Value?, _ url: RequestURL, _ key: ObjectKey?
    ) throws(APIError) -> DeleteOptions {
        var options = DeleteOptions()
        switch url["propagationPolicy"] ?? body?["propagationPolicy"]?.text {
        case "Foreground": options.propagation = .foreground
        case "Background": options.propagation = .background
        case "Orphan": options.propagation = .orphan
        case let policy?: throw APIError.unknownPropagation(policy)
        case nil where body?["orphanDependents"]?.boolean == true: options.propagation = .orphan
        case nil: break
        }
        let grace = url["gracePeriodSeconds"].flatMap { Int32($0) }
        options.gracePeriodSeconds =
            grace ?? body?["gracePeriodSeconds"]?.integer.map { Int32(clamping: $0) }
        options.resourceVersion = body?.at("preconditions", "resourceVersion")?.text.map { UInt32($0) ?? 0 }
        guard let key, state.exists(key), let wanted = body?.at("preconditions", "uid")?.text else {
            return options
        }
        let found = uidText(state[key].uid)
        if wanted != found {
            throw APIError.precondition(
                self.kind(tables.kindID(key)), tables.name(key), "UID", wanted, found, "deleted and then recreated")
        }
        return options
    }
}

extension APIError {
    /// Source: `ValidateDeleteOptions` of apimachinery.
    fileprivate static func unknownPropagation(_ policy: String) -> APIError {
        let detail =
            "Unsupported value: \(policy.quoted): supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\""
        return APIError(
            code: 422, reason: "Invalid",
            message: "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: \(detail)",
            causes: [.init(reason: "FieldValueNotSupported", field: "propagationPolicy", message: detail)])
    }
}
