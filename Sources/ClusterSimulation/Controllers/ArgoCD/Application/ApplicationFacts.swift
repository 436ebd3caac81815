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

/// A duration as Go writes it: `5s`, `3m0s`, `1h`; a bare number is seconds.
package struct GoDuration {
    /// Its length, in whole milliseconds.
    package var span: SimulationTime.Span

    /// The longest duration that is read: about 292 years, the longest of Go.
    private static let millisecondsMax = Int64.max / 1_000_000

    init?(value: Value) {
        if let seconds = value.integer {
            guard seconds.magnitude <= UInt64(Self.millisecondsMax / 1000) else { return nil }
            span = .seconds(Int64(seconds))
            return
        }
        guard let text = value.text, let duration = Self(text) else { return nil }
        self = duration
    }

    /// Reads a text; nil where it is no duration, or one beyond Go's longest.
    package init?(_ text: String) {
        var total: Int64 = 0
        var number: Int64 = 0
        var hasNumber = false
        var rest = Substring(text)
        while let first = rest.first {
            if let digit = first.isASCII ? first.wholeNumberValue : nil {
                number = number * 10 + Int64(digit)
                guard number <= Self.millisecondsMax else { return nil }
                hasNumber = true
                rest.removeFirst()
                continue
            }
            guard hasNumber else { return nil }
            let unit: Int64
            if rest.hasPrefix("ms") {
                unit = 1
                rest.removeFirst(2)
            } else {
                switch first {
                case "s": unit = 1000
                case "m": unit = 60_000
                case "h": unit = 3_600_000
                default: return nil
                }
                rest.removeFirst()
            }
            guard number <= (Self.millisecondsMax - total) / unit else { return nil }
            total += number * unit
            number = 0
            hasNumber = false
        }
        if hasNumber {
            guard number <= (Self.millisecondsMax - total) / 1000 else { return nil }
            total += number * 1000
        }
        span = .milliseconds(total)
    }
}
