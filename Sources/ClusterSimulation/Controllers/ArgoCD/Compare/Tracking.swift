/// How Argo CD tells whose an object is (`application.resourceTrackingMethod`). Source: specs/argocd.md 3.1.
package enum TrackingMethod: String, Sendable, CaseIterable {
    /// By the annotation `argocd.argoproj.io/tracking-id`.
    case annotation
    /// By the label `app.kubernetes.io/instance`, which other things write too.
    case label
    /// By the annotation; the label is written besides, for people.
    case annotationAndLabel = "annotation+label"

    /// Whether a live object is the one that its tracking id speaks of, and not a copy of it. Source: specs/argocd.md 3.5.
    ///
    /// - Parameters:
    ///   - live: what the object is; nil where there is none. Only a namespaced object's namespace is compared.
    ///   - target: what the target is; nil where there is none.
    ///   - trackingID: the live object's annotation; one in another form says nothing.
    package func isSelfReference(_ live: TrackingID?, target: TrackingID?, trackingID: String?) -> Bool {
        guard let live, self != .label, let named = target ?? trackingID.flatMap(TrackingID.init) else { return true }
        return named.isSelfReference(group: live.group, kind: live.kind, namespace: live.namespace, name: live.name)
    }

    /// What Argo CD does where `argocd-cm` says nothing.
    package static func standard(_ versions: Versions) -> TrackingMethod {
        versions.has(.annotationTracking) ? .annotation : .label
    }
}

extension ClusterTables {
    private static let instanceLabel: Symbol = "app.kubernetes.io/instance"
    /// The longest value of a label, in bytes.
    private static let labelMax = 63

    // MARK: Reading

    /// The set that says whose an object is: its labels or its annotations.
    @inline(__always)
    func trackingMap(_ row: ObjectRow) -> MapID { tracking == .label ? row.labels : row.annotations }

    /// The set of a draft that says whose it will be.
    func trackingMap(_ draft: ObjectDraft) -> MapID { tracking == .label ? draft.labels : draft.annotations }

    /// The Application that a set names, whether or not there is one of that name.
    package func trackingApplication(of map: MapID) -> ObjectKey? {
        if map.isEmpty { return nil }
        guard let value = self.map(map)[tracking == .label ? Self.instanceLabel : ArgoCD.trackingID] else { return nil }
        return memo.store(TrackingMemo.self, make: TrackingMemo.init).application(value, self)
    }

    /// Whether a live object without a target is what its tracking id says.
    func isSelfReferenced(_ key: ObjectKey, annotations: MapID) -> Bool {
        let content = content(key)
        let kind = kind(content.kind)
        let live = TrackingID(
            application: .empty, group: kind.group, kind: kind.kind, namespace: content.namespace, name: content.name)
        return tracking.isSelfReference(live, target: nil, trackingID: map(annotations)[ArgoCD.trackingID]?.text)
    }

    // MARK: Writing

    /// Marks a target as an Application's.
    ///
    /// A label that is too long is refused by the API server, as in reality; beside an annotation it is cut.
    func track(
        _ draft: inout ObjectDraft, as application: ObjectKey, _ key: ObjectKey, destinationNamespace: Symbol
    ) {
        let name = trackingName(of: application)
        if tracking != .label {
            let id = trackingID(application: name, key, destinationNamespace: destinationNamespace)
            draft.annotations = map(draft.annotations, setting: ArgoCD.trackingID, to: id)
        }
        if tracking != .annotation {
            let isCut = tracking == .annotationAndLabel && name.utf8.count > Self.labelMax
            let value = isCut ? Symbol(String(name.text.prefix(Self.labelMax))) : name
            draft.labels = map(draft.labels, setting: Self.instanceLabel, to: value)
        }
    }

    /// The tracking id that an object of that key gets from an Application with that destination namespace.
    private func trackingID(application: Symbol, _ key: ObjectKey, destinationNamespace: Symbol) -> Symbol {
        let content = content(key)
        let kind = kind(content.kind)
        let namespace = content.namespace.isEmpty ? destinationNamespace : content.namespace
        return Symbol(
            TrackingID(
                application: application, group: kind.group, kind: kind.kind, namespace: namespace, name: content.name
            ).text)
    }
}

/// Tracking values taken apart once.
private final class TrackingMemo {
    private var applications: [Symbol: ObjectKey] = [:]

    func application(_ value: Symbol, _ tables: ClusterTables) -> ObjectKey? {
        if let key = applications[value] { return key.isNone ? nil : key }
        if tables.tracking != .label, TrackingID(value.text) == nil {
            applications[value] = ObjectKey.none
            return nil
        }
        let name = value.text.prefix { $0 != ":" }
        let kind = tables.applicationKind
        let parts = name.split(separator: "_", maxSplits: 1)
        let key =
            parts.count == 2
            ? tables.key(kind, Symbol(parts[0]), Symbol(parts[1])) : tables.key(kind, ArgoCD.namespace, Symbol(name))
        applications[value] = key
        return key
    }
}
