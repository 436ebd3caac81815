/// The health of an Application from that of its resources. Pure rules. Source: specs/argocd.md 12, 16.3.
package enum ApplicationHealth {
    /// One resource of the comparison.
    package struct Resource: Sendable {
        package var group: Symbol
        package var kind: Symbol
        package var namespace: Symbol
        package var name: Symbol
        package var isLive: Bool
        /// nil where its kind has no check.
        package var health: HealthCode?
        /// Live hooks, and what is ignored or skipped: these do not even count as resources.
        package var isHook = false
        /// `argocd.argoproj.io/ignore-healthcheck: "true"` on the live object.
        package var ignoresHealthcheck = false
        /// Whether it is the Application itself.
        package var isSelf = false
        /// Whether `argocd-cm` has a health check for its kind.
        package var hasSettingsCheck = false
        /// Whether it can change the Application's health at all.
        package var counts: Bool { !isHook && !isSelf && !ignoresHealthcheck }

        package init(
            group: Symbol = .empty, kind: Symbol, namespace: Symbol = .empty, name: Symbol, isLive: Bool,
            health: HealthCode?
        ) {
            self.group = group
            self.kind = kind
            self.namespace = namespace
            self.name = name
            self.isLive = isLive
            self.health = health
        }
    }

    private static let applicationKind: Symbol = "Application"

    /// The worst of the resources that count, and those that made it so.
    ///
    /// From Argo CD 3.4 on, an Application is Missing where none of its objects is there. Before, every missing object
    /// of a kind whose check is compiled in or in the settings made it so, and no other did (16.3).
    package static func aggregate(_ resources: [Resource], _ versions: Versions) -> (code: HealthCode, causes: [Int]) {
        let ignoresMissing = versions.has(.missingObjectsIgnored)
        var code = HealthCode.healthy
        var causes: [Int] = []
        var counted = 0
        var live = 0
        for (index, resource) in resources.enumerated() {
            if resource.isHook { continue }
            counted += 1
            if resource.isLive { live += 1 }
            if resource.isSelf || resource.ignoresHealthcheck { continue }
            guard let health = resource.isLive ? resource.health : .missing else { continue }
            let isChecked =
                resource.hasSettingsCheck || HealthCheck.isCompiledIn(group: resource.group, kind: resource.kind)
            if ignoresMissing ? !resource.isLive : health == .missing && !isChecked { continue }
            let isChild = resource.kind == applicationKind && resource.group == ArgoCD.applicationGroup
            if isChild, health == .missing || health == .unknown { continue }
            if health > code {
                code = health
                causes = [index]
            } else if health == code, health != .healthy {
                causes.append(index)
            }
        }
        if ignoresMissing, counted > 0, live == 0 { return (.missing, []) }
        return (code, causes)
    }

    /// `Caused by apps/Deployment:<ns>/<name>, ...`: three, and how many more. What is empty is left out with its slash.
    /// Source: argo-cd docs/operator-manual/upgrading/3.5-3.6.md, controller/health.go.
    package static func message(_ resources: [Resource], causes: [Int]) -> String {
        guard !causes.isEmpty else { return "" }
        let names = causes.prefix(3).map { index in
            let resource = resources[index]
            let kind = resource.group.isEmpty ? "\(resource.kind)" : "\(resource.group)/\(resource.kind)"
            return resource.namespace.isEmpty
                ? "\(kind):\(resource.name)" : "\(kind):\(resource.namespace)/\(resource.name)"
        }
        let more = causes.count > 3 ? " and \(causes.count - 3) more" : ""
        return "Caused by " + names.joined(separator: ", ") + more
    }
}
