/// What an Application's spec says, read once. Source: specs/argocd.md 1.
package final class ApplicationFacts {
    package let project: Symbol
    /// Where `spec.project` is written.
    package let projectOrigin: Origin
    package let destination: Destination
    /// `spec.source`, or all of `spec.sources`.
    package let sources: [Source]
    package let automated: Automated?
    package let options: SyncOptions
    package let retry: RetryStrategy?
    package let ignoreDifferences: [IgnoreDifference]
    /// `spec.syncPolicy.managedNamespaceMetadata`; null where there is none.
    package let namespaceMetadata: Value

    /// `spec.destination`.
    package struct Destination: Sendable {
        package var server: Symbol
        package var name: Symbol
        package var namespace: Symbol
        /// The whole of it, for comparison.
        package var value: Value
        package var namespaceOrigin: Origin
    }

    /// One source.
    package struct Source: Sendable {
        package var repoURL: Symbol
        package var chart: Symbol
        package var targetRevision: Symbol
        /// Whether it only lends files to other sources (`ref` without path and chart).
        package var isReferenceOnly: Bool
        package var value: Value

        init(_ value: Value) {
            self.value = value
            repoURL = value["repoURL"]?.symbol ?? .empty
            chart = value["chart"]?.symbol ?? .empty
            targetRevision = value["targetRevision"]?.symbol ?? .empty
            isReferenceOnly = value["ref"] != nil && value["path"] == nil && value["chart"] == nil
        }
    }

    /// `spec.syncPolicy.automated`.
    package struct Automated: Sendable {
        package var isEnabled: Bool
        package var prune: Bool
        package var selfHeal: Bool
        package var allowEmpty: Bool
    }

    init(_ body: Value, _ tables: ClusterTables) {
        let spec = body["spec"] ?? nil
        let named = spec["project"]?.symbol ?? .empty
        project = named.isEmpty ? "default" : named
        projectOrigin = spec["project"]?.origin ?? body.origin
        let destination = spec["destination"] ?? nil
        self.destination = Destination(
            server: destination["server"]?.symbol ?? .empty, name: destination["name"]?.symbol ?? .empty,
            namespace: destination["namespace"]?.symbol ?? .empty, value: destination,
            namespaceOrigin: destination["namespace"]?.origin ?? destination.origin)
        let list = spec["sources"]?.elements ?? []
        sources = (list.isEmpty ? [spec["source"]].compactMap { $0 } : list).map(Source.init)
        let policy = spec["syncPolicy"] ?? nil
        if let value = policy["automated"], !value.isNull {
            automated = Automated(
                isEnabled: value["enabled"]?.boolean ?? true, prune: value["prune"]?.boolean ?? false,
                selfHeal: value["selfHeal"]?.boolean ?? false, allowEmpty: value["allowEmpty"]?.boolean ?? false)
        } else {
            automated = nil
        }
        options = SyncOptions((policy["syncOptions"]?.symbols ?? []).map(\.text))
        retry = policy["retry"].flatMap(RetryStrategy.init)
        ignoreDifferences = (spec["ignoreDifferences"]?.elements ?? []).map(IgnoreDifference.init)
        namespaceMetadata = policy["managedNamespaceMetadata"] ?? nil
    }

    /// Whether syncs start by themselves. `automated.enabled` came with Argo CD 3.1: the API server drops it before.
    package func isAutomated(_ versions: Versions) -> Bool {
        guard let automated else { return false }
        return automated.isEnabled || !versions.has(.automatedEnabled)
    }

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = ApplicationFacts(body, tables)
        let projectKind = tables.kindIDDefiningIfNeeded(apiVersion: "argoproj.io/v1alpha1", kind: "AppProject")
        var references = [
            Reference(.resource, projectKind, .empty, facts.project, optional: true, origin: facts.projectOrigin)
        ]
        if !facts.destination.namespace.isEmpty {
            references.append(
                Reference(
                    .namespaceName, .namespace, .empty, facts.destination.namespace, optional: true,
                    origin: facts.destination.namespaceOrigin))
        }
        return Analysis.Result(facts: facts, references: references)
    }
}
