/// Validation: names, metadata and the fields of each kind. Source of every text: recordings, families errors and
/// patches.
///
/// What depends on a body alone is found out once a body, what depends on two bodies once a pair.
enum Validation {
    /// What is wrong with a body of one kind.
    typealias Body = @Sendable (Value) -> [APIError.Cause]
    /// What a body must not change of the one before it.
    typealias Change = @Sendable (_ new: Value, _ old: Value) -> [APIError.Cause]

    /// By kind. One line each.
    static let bodies: [KindID: Body] = [
        .pod: PodValidation.validate,
        .deployment: WorkloadValidation.validate,
        .replicaSet: WorkloadValidation.validate,
        .statefulSet: WorkloadValidation.validate,
        .daemonSet: WorkloadValidation.validate,
        .job: WorkloadValidation.validateJob,
        .service: ServiceValidation.validate,
        .secret: DataValidation.validateSecret,
        .configMap: DataValidation.validateConfigMap,
        .persistentVolumeClaim: StorageValidation.validateClaim,
    ]

    /// By kind. One line each.
    static let changes: [KindID: Change] = [
        .pod: PodValidation.validateChange,
        .deployment: WorkloadValidation.validateSelector,
        .replicaSet: WorkloadValidation.validateSelector,
        .daemonSet: WorkloadValidation.validateSelector,
        .statefulSet: WorkloadValidation.validateStatefulSet,
        .job: WorkloadValidation.validateJobChange,
        .service: ServiceValidation.validateChange,
        .secret: DataValidation.validateSecretChange,
        .configMap: DataValidation.validateConfigMapChange,
        .persistentVolumeClaim: StorageValidation.validateClaimChange,
        .persistentVolume: StorageValidation.validateVolumeChange,
        .storageClass: StorageValidation.validateClassChange,
        .roleBinding: AccessValidation.validateChange,
        .clusterRoleBinding: AccessValidation.validateChange,
    ]

    static func required(_ field: String, _ detail: String = "") -> APIError.Cause {
        .init(
            reason: "FieldValueRequired", field: field,
            message: detail.isEmpty ? "Required value" : "Required value: \(detail)")
    }

    static func invalid(_ field: String, _ value: String, _ detail: String) -> APIError.Cause {
        .init(reason: "FieldValueInvalid", field: field, message: "Invalid value: \(value): \(detail)")
    }

    static func forbidden(_ field: String, _ detail: String) -> APIError.Cause {
        .init(reason: "FieldValueForbidden", field: field, message: "Forbidden: \(detail)")
    }
}

extension Simulation {
    /// Refuses a draft with a field that is wrong: 422.
    ///
    /// - Parameter validatingChange: false for subresources that may change what an update may not.
    mutating func validate(
        _ draft: ObjectDraft, _ key: ObjectKey, replacing old: ObjectDraft?, validatingChange: Bool = true
    ) throws(APIError) {
        let memo = tables.memo.store(ValidationMemo.self, make: ValidationMemo.init)
        var causes: [APIError.Cause] = []
        if old == nil {
            causes += NameValidation.validate(draft.name, draft.kind, minor: configuration.versions.kubernetesMinor)
        }
        validateMetadata(draft, key, replacing: old, memo, &causes)
        if draft.body != old?.body {
            causes += memo.causes(of: draft.body, draft.kind, tables)
            causes += refusedBySchema(draft, key)
            if !configuration.allowsPrivileged {
                causes += PodValidation.privilegedContainers(tables.body(draft.body).value, draft.kind)
            }
            if let old, validatingChange {
                causes += memo.causes(of: draft.body, replacing: old.body, draft.kind, tables)
            }
        }
        if draft.kind == .customResourceDefinition {
            causes += validateDefinition(draft, key, isChanged: draft.body != old?.body)
        }
        if causes.isEmpty { return }
        let wording = OlderWording(versions: configuration.versions, body: tables.body(draft.body).value)
        throw APIError.invalid(self.kind(draft.kind), draft.name, causes.map(wording.reworded))
    }

    private func validateMetadata(
        _ draft: ObjectDraft, _ key: ObjectKey, replacing old: ObjectDraft?, _ memo: ValidationMemo,
        _ causes: inout [APIError.Cause]
    ) {
        // The API server looks several times at the metadata of an update, and reports each look.
        let isCustom = tables.isCustom(draft.kind)
        let looks = old == nil ? 1 : MetadataValidation.looks(draft.kind, isCustom: isCustom)
        if draft.labels != old?.labels, let found = memo.causes(ofLabels: draft.labels, tables) {
            for _ in 0..<looks { causes += found }
        }
        if draft.annotations != old?.annotations, let found = memo.causes(ofAnnotations: draft.annotations, tables) {
            for _ in 0..<looks { causes += found }
        }
        guard draft.finalizers != old?.finalizers else { return }
        let takesAnyName = isCustom || draft.kind == .lease
        if let found = memo.causes(ofFinalizers: draft.finalizers, isCustom: takesAnyName, tables) {
            for _ in 0..<max(1, looks - 2) { causes += found }
        }
        guard let old, state[key].isDeleting else { return }
        let before = tables.list(old.finalizers)
        let added = tables.list(draft.finalizers).filter { !before.contains($0) }
        guard !added.isEmpty else { return }
        let cause = Validation.forbidden(
            "metadata.finalizers",
            "no new finalizers can be added if the object is being deleted, found new finalizers []string{"
                + added.map { $0.text.quoted }.joined(separator: ", ") + "}")
        causes += [cause, cause]
    }
}

/// Findings by the ids they depend on. A look-up for everything seen before.
private final class ValidationMemo {
    private enum Finding {
        case unknown, good
        case bad([APIError.Cause])
    }

    private var bodies: [Finding] = []
    private var labels: [Finding] = []
    private var annotations: [Finding] = []
    private var finalizers: [Finding] = []
    private var customFinalizers: [Finding] = []
    private var changes = BoundedMemo<UInt64, [APIError.Cause]>(max: 32_768)

    private func find(
        _ index: UInt32, _ place: ReferenceWritableKeyPath<ValidationMemo, [Finding]>, _ make: () -> [APIError.Cause]
    ) -> [APIError.Cause]? {
        let index = Int(index)
        if index < self[keyPath: place].count {
            switch self[keyPath: place][index] {
            case .good: return nil
            case .bad(let causes): return causes
            case .unknown: break
            }
        }
        let causes = make()
        while self[keyPath: place].count <= index { self[keyPath: place].append(.unknown) }
        self[keyPath: place][index] = causes.isEmpty ? .good : .bad(causes)
        return causes.isEmpty ? nil : causes
    }

    func causes(of body: BodyID, _ kind: KindID, _ tables: ClusterTables) -> [APIError.Cause] {
        if body == .empty { return Validation.bodies[kind]?(tables.body(body).value) ?? [] }
        return find(body.index, \.bodies) { Validation.bodies[kind]?(tables.body(body).value) ?? [] } ?? []
    }

    func causes(
        of body: BodyID, replacing old: BodyID, _ kind: KindID, _ tables: ClusterTables
    ) -> [APIError.Cause] {
        guard let change = Validation.changes[kind] else { return [] }
        let question = UInt64(body.index) << 32 | UInt64(old.index)
        if let causes = changes.answer(to: question) { return causes }
        var causes = change(tables.body(body).value, tables.body(old).value)
        // What differs in defaults only is no change.
        if !causes.isEmpty { causes = change(tables.body(body).stored, tables.body(old).stored) }
        changes.keep(causes, to: question)
        return causes
    }

    func causes(ofLabels id: MapID, _ tables: ClusterTables) -> [APIError.Cause]? {
        id.isEmpty ? nil : find(id.index, \.labels) { MetadataValidation.validate(labels: tables.map(id)) }
    }

    func causes(ofAnnotations id: MapID, _ tables: ClusterTables) -> [APIError.Cause]? {
        id.isEmpty ? nil : find(id.index, \.annotations) { MetadataValidation.validate(annotations: tables.map(id)) }
    }

    func causes(ofFinalizers id: ListID, isCustom: Bool, _ tables: ClusterTables) -> [APIError.Cause]? {
        if id.isEmpty { return nil }
        return find(id.index, isCustom ? \.customFinalizers : \.finalizers) {
            MetadataValidation.validate(finalizers: tables.list(id), isCustom: isCustom)
        }
    }
}
