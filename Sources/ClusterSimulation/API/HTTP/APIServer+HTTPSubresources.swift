/// Requests for `status`, `scale`, `finalize`, `binding` and `eviction`, and for discovery.
extension Simulation {
    mutating func handleSubresource(
        _ request: HTTPRequest, _ url: RequestURL, _ path: ResourcePath, _ kind: KindID, _ caller: Caller
    ) throws(APIError) -> HTTPResponse {
        let key = tables.key(kind, path.namespace, path.name)
        switch path.subresource {
        case "status" where self.kind(kind).statusSubresource:
            return try handleStatus(request, key, caller)
        case "scale" where Self.scalable.contains(kind): return try handleScale(request, key, caller)
        case "finalize" where kind == .namespace:
            _ = try finalize(namespace: key, request.body ?? [:], as: caller).get()
            return HTTPResponse(200, documentAfterWrite(of: key))
        case "binding" where kind == .pod:
            _ = try bind(key, to: request.body?.at("target", "name")?.symbol ?? .empty, as: caller).get()
            return HTTPResponse(201, ["kind": "Status", "apiVersion": "v1", "status": "Success"])
        case "eviction" where kind == .pod:
            return try handleEviction(request, url, key, caller)
        default: throw APIError.unknownResource
        }
    }

    private mutating func handleEviction(
        _ request: HTTPRequest, _ url: RequestURL, _ key: ObjectKey, _ caller: Caller
    ) throws(APIError) -> HTTPResponse {
        if let name = request.body?.at("metadata", "name")?.symbol, name != tables.name(key) {
            throw APIError(
                code: 400, reason: "BadRequest", message: "name in URL does not match name in Eviction object")
        }
        var options = DeleteOptions()
        var conflict: APIError?
        do throws(APIError) {
            options = try deleteOptions(request.body?["deleteOptions"], url, key)
        } catch {
            // Another object than the one that is meant: the budget is asked all the same.
            guard error.code == 409 else { throw error }
            conflict = error
            options.uid = 0
        }
        let result = evict(key, as: caller, options)
        if let conflict, case .failure(let error) = result, error.code == 409 { throw conflict }
        _ = try result.get()
        return HTTPResponse(201, ["kind": "Status", "apiVersion": "v1", "status": "Success"])
    }

    private static let scalable: [KindID] = [.deployment, .replicaSet, .statefulSet, .replicationController]

    private mutating func handleStatus(
        _ request: HTTPRequest, _ key: ObjectKey, _ caller: Caller
    ) throws(APIError) -> HTTPResponse {
        let content = tables.content(key)
        let kind = self.kind(content.kind)
        let verb: Symbol = request.method == "GET" ? "get" : request.method == "PUT" ? "update" : "patch"
        try authorize(caller, verb, content.kind, content.namespace, content.name, subresource: "status")
        guard state.exists(key) else { throw APIError.notFound(kind, content.name) }
        let live = document(of: key)
        if request.method == "GET" { return HTTPResponse(200, live) }
        let wanted: Value
        if request.method == "PUT" {
            wanted = request.body ?? [:]
        } else {
            wanted = try patched(
                live, try PatchType(contentType: request.contentType), request.body ?? [:], content.kind)
        }
        let status = wanted["status"] ?? [:]
        if content.kind == .namespace, !state[key].isDeleting, status["phase"]?.symbol == "Terminating" {
            throw APIError.invalid(
                kind, content.name,
                [
                    Validation.invalid(
                        "status.Phase", "\"Terminating\"", "may only be 'Active' if `deletionTimestamp` is empty")
                ])
        }
        if status != (live["status"] ?? [:]) {
            let typed = StatusReading.status(content.kind, status)
            _ = try updateStatus(key, as: caller.trusted, typed).get()
        }
        return HTTPResponse(200, document(of: key))
    }

    private mutating func handleScale(
        _ request: HTTPRequest, _ key: ObjectKey, _ caller: Caller
    ) throws(APIError) -> HTTPResponse {
        let content = tables.content(key)
        let verb: Symbol = request.method == "GET" ? "get" : request.method == "PUT" ? "update" : "patch"
        try authorize(caller, verb, content.kind, content.namespace, content.name, subresource: "scale")
        guard state.exists(key) else { throw APIError.notFound(self.kind(content.kind), content.name) }
        if request.method == "GET" { return HTTPResponse(200, scaleDocument(key)) }
        var wanted = request.body ?? [:]
        if request.method == "PATCH" {
            wanted = try patched(
                scaleDocument(key), try PatchType(contentType: request.contentType), wanted, content.kind)
        }
        _ = try scale(key, to: wanted.at("spec", "replicas")?.integer ?? 0, as: caller.trusted).get()
        return HTTPResponse(200, scaleDocument(key))
    }

    private func scaleDocument(_ key: ObjectKey) -> Value {
        let live = document(of: key)
        var metadata = live["metadata"] ?? [:]
        for field in ["labels", "annotations", "finalizers", "ownerReferences", "generation"] as [Symbol] {
            metadata[field] = nil
        }
        return .object([
            "apiVersion": "autoscaling/v1", "kind": "Scale", "metadata": metadata,
            "spec": ["replicas": live.at("spec", "replicas") ?? 1],
            "status": ["replicas": live.at("status", "replicas") ?? 0],
        ])
    }

    // MARK: Discovery

    /// `/api`, `/apis` and `/version`.
    func discovery(_ segments: [String]) throws(APIError) -> HTTPResponse {
        switch segments {
        case ["api"]: return HTTPResponse(200, ["kind": "APIVersions", "versions": ["v1"]])
        case ["apis"]:
            var groups: [(name: Symbol, versions: [Symbol])] = []
            for kind in servedKindIDs.map({ self.kind($0) }) where !kind.group.isEmpty {
                let place = groups.firstIndex { $0.name == kind.group } ?? groups.count
                if place == groups.count { groups.append((kind.group, [])) }
                for version in [kind.version] + kind.otherVersions where !groups[place].versions.contains(version) {
                    groups[place].versions.append(version)
                }
            }
            let values = groups.sorted { $0.name.precedes($1.name) }.map { group in
                let versions = group.versions.map { version -> Value in
                    ["groupVersion": .string("\(group.name)/\(version)"), "version": Value(version)]
                }
                return Value.object([
                    "name": Value(group.name), "versions": Value(.array(versions)), "preferredVersion": versions[0],
                ])
            }
            return HTTPResponse(200, ["kind": "APIGroupList", "apiVersion": "v1", "groups": Value(.array(values))])
        case ["version"]:
            let minor = configuration.versions.kubernetesMinor
            return HTTPResponse(
                200, ["major": "1", "minor": .string("\(minor)"), "gitVersion": .string("v1.\(minor).0")])
        default: throw APIError.unknownResource
        }
    }

    /// `/apis/GROUP/VERSION`.
    func resources(of path: ResourcePath) throws(APIError) -> HTTPResponse {
        var resources: [Value] = []
        for kind in servedKindIDs.map({ self.kind($0) }) where kind.group == path.group {
            guard kind.version == path.version || kind.otherVersions.contains(path.version) else { continue }
            resources.append(
                .object([
                    "name": Value(kind.plural), "kind": Value(kind.kind),
                    "namespaced": Value(.boolean(kind.namespaced)),
                ]))
        }
        guard !resources.isEmpty else { throw refusal(of: path) }
        let version = path.group.isEmpty ? path.version.text : "\(path.group)/\(path.version)"
        return HTTPResponse(
            200,
            [
                "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": .string(version),
                "resources": Value(.array(resources)),
            ])
    }
}

/// How a status document that a client writes becomes the typed status that controllers read.
enum StatusReading {
    /// By kind. One line each; kinds without one keep the document.
    static let readers: [KindID: @Sendable (Value) -> Status] = [:]

    static func status(_ kind: KindID, _ document: Value) -> Status {
        readers[kind]?(document) ?? DocumentStatus(document)
    }
}
