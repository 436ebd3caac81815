/// `metav1.DeleteOptions`.
package struct DeleteOptions: Sendable {
    /// `metadata.propagationPolicy` of a delete.
    package enum Propagation: Sendable { case background, foreground, orphan }

    package var propagation: Propagation?
    /// nil: the kind's default (30 s for a Pod on a node, else 0).
    package var gracePeriodSeconds: Int32?
    package var uid: UInt32?
    package var resourceVersion: UInt32?

    package init(
        propagation: Propagation? = nil, gracePeriodSeconds: Int32? = nil, uid: UInt32? = nil,
        resourceVersion: UInt32? = nil
    ) {
        self.propagation = propagation
        self.gracePeriodSeconds = gracePeriodSeconds
        self.uid = uid
        self.resourceVersion = resourceVersion
    }
}

extension Simulation {
    /// `DELETE` of one object: gone at once where nothing holds it, else marked with a deletionTimestamp.
    ///
    /// Source: recordings, families lifecycle and gc.
    @discardableResult
    package mutating func delete(
        _ key: ObjectKey, as caller: Caller, _ options: DeleteOptions = DeleteOptions()
    ) -> Result<ObjectKey, APIError> {
        do throws(APIError) {
            let content = tables.content(key)
            let kind = self.kind(content.kind)
            try requireServed(content.kind)
            try authorize(caller, "delete", content.kind, content.namespace, content.name)
            let row = state[key]
            guard row.exists else { throw APIError.notFound(kind, content.name) }
            try requireVersion(content.kind, .empty, isStored: true)
            try checkPreconditions(options, row, kind, content.name)
            // A namespace that is being emptied is returned as it is, before anybody is asked.
            if content.kind == .namespace, row.isDeleting, isHeld(namespace: row) { return .success(key) }
            try admitDelete(key, caller)
            mark(key, row, options, caller)
            return .success(key)
        } catch {
            return .failure(error)
        }
    }

    /// Whether a namespace has finalizers in its spec. Source: `pkg/registry/core/namespace/storage`: its first delete
    /// marks it, later ones do nothing until these are gone.
    private func isHeld(namespace row: ObjectRow) -> Bool {
        !(tables.body(row.body).value.at("spec", "finalizers")?.elements.isEmpty ?? true)
    }

    private func checkPreconditions(
        _ options: DeleteOptions, _ row: ObjectRow, _ kind: Kind, _ name: Symbol
    ) throws(APIError) {
        if let uid = options.uid, uid != row.uid {
            throw APIError.precondition(kind, name, "UID", uidText(uid), uidText(row.uid), "deleted and then recreated")
        }
        if let version = options.resourceVersion, version != row.resourceVersion {
            throw APIError.precondition(
                kind, name, "ResourceVersion", "\(version)", "\(row.resourceVersion)", "modified")
        }
    }

    private mutating func mark(_ key: ObjectKey, _ row: ObjectRow, _ options: DeleteOptions, _ caller: Caller) {
        var finalizers = tables.list(row.finalizers).filter { name in
            guard options.propagation != nil else { return true }
            return name != "orphan" && name != "foregroundDeletion"
        }
        switch options.propagation {
        case .orphan: finalizers.append("orphan")
        case .foreground: finalizers.append("foregroundDeletion")
        case .background, nil: break
        }
        let cleanup = ControlPlaneFinalizers.definition
        if row.kind == .customResourceDefinition, !finalizers.contains(cleanup), !row.isDeleting {
            finalizers.append(cleanup)
        }
        let list = tables.list(finalizers)
        let grace = gracePeriod(key, row, options)
        let waits = !list.isEmpty || grace > 0 || (row.kind == .namespace && !row.isDeleting)
        if row.isDeleting, waits, list == row.finalizers, grace >= row.deletionGraceSeconds { return }
        counters.apiWrites += 1
        let cause = record(.delete, key, by: caller.user)
        guard waits else {
            removeFromStorage(key, because: cause)
            return
        }
        state.lastResourceVersion += 1
        state.rows[key.offset].resourceVersion = state.lastResourceVersion
        state.rows[key.offset].lastWrite = cause
        state.rows[key.offset].finalizers = list
        if !row.isDeleting {
            state.rows[key.offset].deleted = now + .seconds(Int64(grace))
            if row.generation > 0 { state.rows[key.offset].generation += 1 }
        }
        state.rows[key.offset].deletionGraceSeconds = grace
        if row.kind == .namespace { beginTermination(of: key) }
        notify(key, row.kind, [.deleting, .metadata], cause: cause)
    }

    /// The grace of a delete: a Pod that a kubelet runs gets its terminationGracePeriodSeconds, everything else none.
    /// Source: recordings: without a node a Pod goes at once.
    private func gracePeriod(_ key: ObjectKey, _ row: ObjectRow, _ options: DeleteOptions) -> Int32 {
        guard row.kind == .pod, isRunByKubelet(key) else { return 0 }
        return options.gracePeriodSeconds ?? defaultPodGracePeriod(key)
    }

    /// Removes an object whose grace is over and whose finalizers are gone: the kubelet's last act for a Pod.
    package mutating func finishDeletion(_ key: ObjectKey, as caller: Caller) {
        guard state.exists(key) else { return }
        counters.apiWrites += 1
        let cause = record(.delete, key, by: caller.user)
        if state[key].finalizers.isEmpty {
            removeFromStorage(key, because: cause)
        } else {
            state.rows[key.offset].deletionGraceSeconds = 0
            notify(key, state[key].kind, .metadata, cause: cause)
        }
    }

    /// Whether an object without finalizers may leave storage: a Pod only when its grace is over, a Namespace only when
    /// its content is gone.
    func isReadyToGo(_ key: ObjectKey, _ draft: ObjectDraft) -> Bool {
        switch draft.kind {
        case .pod: state[key].deletionGraceSeconds == 0
        case .namespace: tables.body(draft.body).value.at("spec", "finalizers")?.elements.isEmpty ?? true
        default: true
        }
    }
}
