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

extension TrackingMethod {
    private static let instanceLabel: Symbol = "app.kubernetes.io/instance"
    /// The longest value of a label, in bytes.
    private static let labelMax = 63

    // MARK: Reading

    /// Those of an object's labels and annotations that say whose it is.
    @inline(__always)
    func marks(labels: MapID, annotations: MapID) -> MapID { self == .label ? labels : annotations }

    /// The Application that an object's marks name, whether or not there is one of that name.
    func application(of marks: MapID, _ tables: ClusterTables) -> ObjectKey? {
        if marks.isEmpty { return nil }
        guard let value = tables.map(marks)[self == .label ? Self.instanceLabel : ArgoCD.trackingID] else { return nil }
        return tables.memo.store(TrackingMemo.self, make: TrackingMemo.init).application(value, self, tables)
    }

    /// Whether a live object without a target is what its tracking id says.
    func isSelfReferenced(_ key: ObjectKey, annotations: MapID, _ tables: ClusterTables) -> Bool {
        let content = tables.content(key)
        let kind = tables.kind(content.kind)
        let live = TrackingID(
            application: .empty, group: kind.group, kind: kind.kind, namespace: content.namespace, name: content.name)
        return isSelfReference(live, target: nil, trackingID: tables.map(annotations)[ArgoCD.trackingID]?.text)
    }

    // MARK: Writing

    /// Marks a target as an Application's.
    ///
    /// A label that is too long is refused by the API server, as in reality; beside an annotation it is cut.
    func track(
        _ draft: inout ObjectDraft, as application: ObjectKey, _ key: ObjectKey, destinationNamespace: Symbol,
        _ tables: ClusterTables
    ) {
        let name = tables.trackingName(of: application)
        if self != .label {
            let id = Self.trackingID(application: name, key, destinationNamespace: destinationNamespace, tables)
            draft.annotations = tables.map(draft.annotations, setting: ArgoCD.trackingID, to: id)
        }
        if self != .annotation {
            let isCut = self == .annotationAndLabel && name.utf8.count > Self.labelMax
            let value = isCut ? Symbol(String(name.text.prefix(Self.labelMax))) : name
            draft.labels = tables.map(draft.labels, setting: Self.instanceLabel, to: value)
        }
    }

    /// The tracking id that an object of that key gets from an Application with that destination namespace.
    private static func trackingID(
        application: Symbol, _ key: ObjectKey, destinationNamespace: Symbol, _ tables: ClusterTables
    ) -> Symbol {
        let content = tables.content(key)
        let kind = tables.kind(content.kind)
        let namespace = content.namespace.isEmpty ? destinationNamespace : content.namespace
        return Symbol(
            TrackingID(
                application: application, group: kind.group, kind: kind.kind, namespace: namespace, name: content.name
            ).text)
    }
}

extension Simulation {
    /// The Application that an object says it is of, whether or not there is one of that name.
    package func trackingApplication(of row: ObjectRow) -> ObjectKey? {
        let method = configuration.argoCD.tracking
        return method.application(of: method.marks(labels: row.labels, annotations: row.annotations), tables)
    }
}

extension MetadataReference {
    /// From an object to the Application that it says it is of.
    static let tracking = MetadataReference(.tracking) { simulation, labels, annotations in
        let method = simulation.configuration.argoCD.tracking
        return method.application(of: method.marks(labels: labels, annotations: annotations), simulation.tables)
    }
}

/// Tracking values taken apart once.
private final class TrackingMemo {
    private struct Question: Hashable {
        var value: Symbol
        var isLabel: Bool
    }

    private var applications: [Question: ObjectKey] = [:]

    func application(_ value: Symbol, _ method: TrackingMethod, _ tables: ClusterTables) -> ObjectKey? {
        let question = Question(value: value, isLabel: method == .label)
        if let key = applications[question] { return key.isNone ? nil : key }
        if method != .label, TrackingID(value.text) == nil {
            applications[question] = ObjectKey.none
            return nil
        }
        let name = value.text.prefix { $0 != ":" }
        let kind = tables.applicationKind
        let parts = name.split(separator: "_", maxSplits: 1)
        let key =
            parts.count == 2
            ? tables.key(kind, Symbol(parts[0]), Symbol(parts[1])) : tables.key(kind, ArgoCD.namespace, Symbol(name))
        applications[question] = key
        return key
    }
}
