extension Simulation {
    /// Stores an admitted new object.
    mutating func store(new draft: ObjectDraft, _ key: ObjectKey, _ caller: Caller) {
        var row = ObjectRow()
        state.lastUID += 1
        state.lastResourceVersion += 1
        row.uid = state.lastUID
        row.kind = draft.kind
        row.isNameGenerated = !draft.generateName.isEmpty
        row.generation = tracksGeneration(draft.kind) ? 1 : 0
        row.resourceVersion = state.lastResourceVersion
        row.body = draft.body
        row.origin = tables.body(draft.body).value.origin
        row.labels = draft.labels
        row.annotations = draft.annotations
        row.finalizers = draft.finalizers
        row.owners = draft.owners
        row.created = now
        counters.apiWrites += 1
        let cause = record(.create, key, by: caller.user, origin: draft.origin)
        row.creation = cause
        row.lastWrite = cause
        state.insert(
            key, row, bucket: tables.bucket(draft.kind, draft.namespace),
            isControlled: tables.isControlled(draft.owners), tables)
        if let status = draft.status { state.statuses[key.offset] = status }
        tables.work.visit(tables.body(row.body).partCount + tables.map(row.labels).entries.count)
        link(key)
        let changes: Changes = [.created, .body, .labels, .metadata, .status]
        didStore(Write(key: key, kind: draft.kind, changes: changes, cause: cause))
        notify(key, draft.kind, changes, cause: cause)
    }

    /// Stores an admitted change, or removes the object where it was only waiting for its finalizers.
    mutating func store(_ draft: ObjectDraft, _ key: ObjectKey, _ old: ObjectRow, _ caller: Caller) {
        var changes: Changes = []
        if draft.body != old.body { changes.insert(.body) }
        if draft.labels != old.labels { changes.insert(.labels) }
        if draft.annotations != old.annotations || draft.finalizers != old.finalizers || draft.owners != old.owners {
            changes.insert(.metadata)
        }
        counters.apiWrites += 1
        let cause = record(.update, key, by: caller.user, origin: changes.contains(.body) ? draft.origin : .none)
        if old.isDeleting, draft.finalizers.isEmpty, isReadyToGo(key, draft) {
            removeFromStorage(key, because: cause)
            state.lastRemoved.row.take(draft)
            state.lastRemoved.status = draft.status
            return
        }
        state.lastResourceVersion += 1
        var row = state[key]
        row.resourceVersion = state.lastResourceVersion
        row.lastWrite = cause
        row.take(draft)
        if changes.contains(.body) {
            tables.work.visit(tables.body(draft.body).partCount)
            row.origin = tables.body(draft.body).value.origin
            if old.generation > 0, !tables.sameContent(draft.body, old.body) { row.generation += 1 }
        }
        state.rows[key.offset] = row
        let isControlled = tables.isControlled(draft.owners)
        if isControlled != tables.isControlled(old.owners) {
            state.setControlled(isControlled, inBucket: tables.bucket(draft.kind, draft.namespace))
        }
        if draft.status !== state.status(key) {
            state.statuses[key.offset] = draft.status
            changes.insert(.status)
        }
        if refersElsewhere(draft, old) { relink(key) }
        let write = Write(key: key, kind: draft.kind, changes: changes, cause: cause)
        tellReplaced(write, old)
        didStore(write)
        notify(key, draft.kind, changes, cause: cause)
    }

    /// Takes an object out of storage and tells everybody.
    mutating func removeFromStorage(_ key: ObjectKey, because cause: TraceID) {
        let kind = state[key].kind
        let owners = tables.owners(state[key].owners)
        // Watchers that map through owner references still need them: enqueue owners before the row goes.
        for watcher in configuration.watchers(of: kind) where watcher.changes.contains(.removed) {
            guard case .owner(let ownerKind) = watcher.mapping else { continue }
            for owner in owners where tables.kindID(owner.owner) == ownerKind {
                enqueue(watcher.controller, owner.owner, because: cause)
            }
        }
        let write = Write(key: key, kind: kind, changes: .removed, cause: cause)
        tellLeaving(write)
        state.remove(
            key, bucket: tables.bucket(kind, tables.namespace(key)),
            isControlled: tables.isControlled(state[key].owners), tables)
        if state.managedFields[key.offset] != nil { state.managedFields[key.offset] = nil }
        if state.applied[key.offset].isKnown { state.applied[key.offset] = AppliedConfiguration() }
        didStore(write)
        notify(key, kind, .removed, cause: cause)
    }

    /// Kinds whose objects have a generation: everything with a spec that has a status subresource, and some more.
    /// Source: recordings of Kubernetes 1.36; ConfigMap, Secret, ServiceAccount, RBAC, Lease, Endpoints have none.
    func tracksGeneration(_ kind: KindID) -> Bool {
        switch kind {
        case .namespace, .node, .service, .endpoints, .configMap, .secret, .serviceAccount, .persistentVolume,
            .persistentVolumeClaim, .storageClass, .role, .roleBinding, .clusterRole, .clusterRoleBinding, .lease,
            .resourceQuota, .limitRange, .event, .apiService, .controllerRevision, .podTemplate:
            false
        default: true
        }
    }

    /// Keeps what follows from the objects of one kind: sums by which memos know permissions and webhooks, served kinds,
    /// indices.
    private mutating func didStore(_ write: Write) {
        let key = write.key
        switch write.kind {
        case .role, .roleBinding, .clusterRole, .clusterRoleBinding: state.permissions.note(key, state[key])
        case .validatingWebhookConfiguration, .mutatingWebhookConfiguration: state.webhooks.note(key, state[key])
        case .customResourceDefinition: didChangeDefinition(key)
        case .resourceQuota: memory.quotas.note(key, in: tables.namespace(key), exists: state.exists(key))
        default: break
        }
        tellStored(write)
    }

    // MARK: The reference index

    /// Whether a change is to something that `link` reads.
    private func refersElsewhere(_ draft: ObjectDraft, _ old: ObjectRow) -> Bool {
        if draft.body != old.body || draft.owners != old.owners { return true }
        if draft.kind == .endpointSlice, draft.labels != old.labels { return true }
        if draft.labels == old.labels, draft.annotations == old.annotations { return false }
        return configuration.metadataReferences.contains { reference in
            reference.target(self, draft.labels, draft.annotations)
                != reference.target(self, old.labels, old.annotations)
        }
    }

    private mutating func relink(_ key: ObjectKey) {
        state.removeLinks(of: key)
        link(key)
    }

    private mutating func link(_ key: ObjectKey) {
        let row = state[key]
        let namespace = tables.namespace(key)
        for reference in tables.body(row.body).references {
            let target = target(of: reference, from: namespace)
            state.addLink(from: key, to: target, reference.type, optional: reference.isOptional)
        }
        for owner in tables.owners(row.owners) {
            state.addLink(from: key, to: owner.owner, .owner, optional: false)
        }
        for reference in configuration.metadataReferences {
            guard let target = reference.target(self, row.labels, row.annotations) else { continue }
            state.addLink(from: key, to: target, reference.type, optional: false)
        }
        if row.kind == .endpointSlice, let service = tables.map(row.labels)["kubernetes.io/service-name"] {
            state.addLink(from: key, to: tables.key(.service, namespace, service), .endpointsOf, optional: false)
        }
    }
}

extension ObjectRow {
    /// Takes over what a draft says of the object.
    fileprivate mutating func take(_ draft: ObjectDraft) {
        body = draft.body
        labels = draft.labels
        annotations = draft.annotations
        finalizers = draft.finalizers
        owners = draft.owners
    }
}

extension ClusterTables {
    /// Whether one of the owners is a controller.
    func isControlled(_ owners: OwnersID) -> Bool { !owners.isEmpty && self.owners(owners).contains { $0.controller } }
}
