/// Requests for parts of an object, and for several objects at once. Source: recordings, families subresources and
/// teardown.
extension Simulation {
    /// `PUT …/scale`: sets `spec.replicas` of a workload.
    @discardableResult
    package mutating func scale(_ key: ObjectKey, to replicas: Int, as caller: Caller) -> Result<ObjectKey, APIError> {
        do throws(APIError) {
            let content = tables.content(key)
            try authorize(caller, "update", content.kind, content.namespace, content.name, subresource: "scale")
            guard state.exists(key) else { throw APIError.notFound(self.kind(content.kind), content.name) }
            guard replicas >= 0 else {
                let cause = Validation.invalid("spec.replicas", "\(replicas)", "must be greater than or equal to 0")
                throw APIError(
                    code: 422, reason: "Invalid",
                    message: "Scale.autoscaling \"\(content.name)\" is invalid: \(cause.field): \(cause.message)",
                    causes: [cause])
            }
            var draft = draft(of: key)
            var body = tables.body(draft.body).value
            var spec = body["spec"] ?? Value(.object([]))
            spec["replicas"] = .integer(replicas)
            body["spec"] = spec
            draft.body = tables.body(kind: content.kind, body)
            return write(draft, key, as: caller.trusted, verb: "update")
        } catch {
            return .failure(error)
        }
    }

    /// `PUT …/finalize` of a Namespace: replaces it, `spec.finalizers` among the rest. One without any, that is being
    /// deleted, is gone at once, and what was in it stays in storage: there again when a namespace has that name again.
    @discardableResult
    package mutating func finalize(
        namespace key: ObjectKey, _ manifest: Value, as caller: Caller
    ) -> Result<ObjectKey, APIError> {
        do throws(APIError) {
            let name = tables.name(key)
            try authorize(caller, "update", .namespace, .empty, name, subresource: "finalize")
            guard state.exists(key) else { throw APIError.notFound(self.kind(.namespace), name) }
            var (draft, version) = try draft(manifest, over: key)
            let finalizers = manifest.at("spec", "finalizers")?.symbols ?? []
            let causes = MetadataValidation.validate(
                finalizers: finalizers, isCustom: false, field: "spec.finalizers")
            if !causes.isEmpty { throw APIError.invalid(self.kind(.namespace), name, causes) }
            draft.body = NamespaceStrategy.body(finalizers, tables)
            return write(
                draft, key, as: caller.trusted, verb: "update", resourceVersion: version, subresource: "finalize")
        } catch {
            return .failure(error)
        }
    }

    /// `POST …/binding` of a Pod: gives it a node.
    @discardableResult
    package mutating func bind(_ pod: ObjectKey, to node: Symbol, as caller: Caller) -> Result<ObjectKey, APIError> {
        do throws(APIError) {
            let content = tables.content(pod)
            try authorize(caller, "create", .pod, content.namespace, content.name, subresource: "binding")
            guard state.exists(pod) else { throw APIError.notFound(self.kind(.pod), content.name) }
            var body = tables.body(state[pod].body).value
            var spec = body["spec"] ?? Value(.object([]))
            if let present = spec["nodeName"]?.symbol, !present.isEmpty {
                throw APIError(
                    code: 409, reason: "Conflict",
                    message: "Operation cannot be fulfilled on pods/binding \"\(content.name)\": "
                        + "pod \(content.name) is already assigned to node \"\(present)\"")
            }
            if state[pod].isDeleting {
                throw APIError(
                    code: 409, reason: "Conflict",
                    message: "Operation cannot be fulfilled on pods/binding \"\(content.name)\": "
                        + "pod \(content.name) is being deleted, cannot be assigned to a host")
            }
            spec["nodeName"] = Value(node)
            body["spec"] = spec
            var draft = draft(of: pod)
            draft.body = tables.body(kind: .pod, body)
            return write(draft, pod, as: caller.trusted, verb: "update", subresource: "binding")
        } catch {
            return .failure(error)
        }
    }

    /// `DELETE` of a collection: every object of a kind in a namespace (or everywhere) that the selectors match, in the
    /// order of names, up to the first that is refused. Source: `Store.DeleteCollection` with its one worker.
    ///
    /// - Returns: the keys, in the order in which they were deleted; objects that are held back are among them.
    @discardableResult
    package mutating func deleteCollection(
        _ kind: KindID, in namespace: Symbol, selector: LabelSelector = LabelSelector(), fields: FieldSelector? = nil,
        as caller: Caller, _ options: DeleteOptions = DeleteOptions()
    ) -> Result<[ObjectKey], APIError> {
        do throws(APIError) {
            try requireServed(kind)
            try authorize(caller, "deletecollection", kind, namespace, .empty)
            let keys = objects(of: kind, in: namespace.isEmpty ? nil : namespace).filter { key in
                selector.matches(tables.map(state[key].labels)) && fields?.matches(document(of: key)) ?? true
            }.sorted { left, right in
                let first = tables.namespace(left)
                let second = tables.namespace(right)
                return first == second ? tables.name(left).precedes(tables.name(right)) : first.precedes(second)
            }
            for key in keys {
                if case .failure(let error) = delete(key, as: caller.trusted, options), error.code != 404 {
                    throw error
                }
            }
            return .success(keys)
        } catch {
            return .failure(error)
        }
    }
}

extension Caller {
    /// The same user after authorization has already been decided.
    var trusted: Caller { Caller(user: user, isTrusted: true) }
}
