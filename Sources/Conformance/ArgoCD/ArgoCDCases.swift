import ClusterSimulation

/// The rules of Argo CD's sync, comparison and health, row by row: its own tests, restated. Each row is put to the
/// function that the model's controllers use.
enum ArgoCDCases {
    static let source = ConformanceSource(name: "argocd-cases") { folder in suites(of: folder, under: Versions()) }

    /// One row: what is asked, what the real component says, what the model says.
    typealias Comparison = (request: String, expected: String, got: String)

    /// - Parameter versions: the rows are of Argo CD 3.6; others show what a release changes.
    static func suites(of folder: RecordingFolder, under versions: Versions) -> [ConformanceReport.Suite] {
        guard let groups = folder.document("argocd-cases.json")?["cases"]?.fields else { return [] }
        return groups.map { group in
            let name = group.key.text
            let cases = (group.value.elements).enumerated().map { index, row in
                let id = row["id"]?.text ?? "\(name)/\(index)"
                guard let compare = comparisons[name] else {
                    return ConformanceReport.Case(id: id, skipped: "no rule of this name: \(name)")
                }
                let (request, expected, got) = compare(row, versions)
                return ConformanceReport.Case(id: id, request: "\(name) \(request)", expected: expected, got: got)
            }
            return ConformanceReport.Suite(name: "argocd-cases/\(name)", cases: cases)
        }
    }

    /// By group. One line each.
    private static let comparisons: [String: @Sendable (Value, Versions) -> Comparison] = [
        "taskOrder": taskOrder,
        "pruneWaves": pruneWaves,
        "retryDelay": retryDelay,
        "selfHealBackoff": selfHealBackoff,
        "destinationPermitted": destinationPermitted,
        "trackingId": trackingID,
        "selfReferenced": selfReferenced,
        "alreadyAttempted": alreadyAttempted,
        "autoSync": autoSync,
        "deletionWave": deletionWave,
        "hookParse": hookParse,
        "hookDeletePolicy": hookDeletePolicy,
        "appHealth": applicationHealth,
    ]

    // MARK: Destinations, tracking

    private static func destinationPermitted(_ row: Value, _: Versions) -> Comparison {
        let items = (row["projectDestinations"]?.elements ?? []).map { item in
            ProjectDestination(
                server: text(item, "server"), name: text(item, "name"), namespace: text(item, "namespace"))
        }
        let wanted = row["destination"] ?? nil
        let isPermitted = ProjectDestination.isPermitted(
            items, server: text(wanted, "server"), name: text(wanted, "name"), namespace: text(wanted, "namespace"))
        return (wanted.jsonText, shown(row["expected"]), "\(isPermitted)")
    }

    private static func trackingID(_ row: Value, _: Versions) -> Comparison {
        func shown(_ parts: [String]) -> String { parts.joined(separator: "\n") }
        let input = text(row, "input")
        let expected =
            row["valid"]?.boolean == true
            ? shown(["app", "group", "kind", "namespace", "name"].map { text(row, $0) } + [input]) : "invalid"
        let got = TrackingID(input).map { id in
            shown([id.application, id.group, id.kind, id.namespace, id.name].map(\.text) + [id.text])
        }
        return (input, expected, got ?? "invalid")
    }

    private static func selfReferenced(_ row: Value, _: Versions) -> Comparison {
        // What an object is, in the form of a tracking id without its Application.
        let live = row["live"]?.text.flatMap { TrackingID("app:\($0)") }
        // A target says either what it is, or only that it is there: the same as the live object.
        let target = row["target"].flatMap { target in
            target.text.flatMap { TrackingID("app:\($0)") } ?? (target.boolean == true ? live : nil)
        }
        let method = row["tracking"]?.text.flatMap(TrackingMethod.init) ?? .annotation
        let isSelf = method.isSelfReference(live, target: target, trackingID: row["trackingId"]?.text)
        return ("\(text(row, "live")) tracked as \(text(row, "trackingId"))", shown(row["expected"]), "\(isSelf)")
    }

    // MARK: Hooks

    private static func hookParse(_ row: Value, _: Versions) -> Comparison {
        let hook = HookTypes(argo: row["argoHook"]?.text, helm: row["helmHook"]?.text)
        let types = row["types"]?.elements.map { $0.text ?? "" } ?? []
        let got = hook.names.map(\.text)
        return (
            "argo \(shown(row["argoHook"])), helm \(shown(row["helmHook"]))",
            "types \(types), hook \(shown(row["isHook"])), ignored \(shown(row["ignored"])), skip \(shown(row["skip"]))",
            "types \(got), hook \(hook.isHook), ignored \(hook.isIgnored), skip \(hook.isSkipped)"
        )
    }

    private static func hookDeletePolicy(_ row: Value, _: Versions) -> Comparison {
        let policies = HookDeletePolicies(argo: row["argo"]?.text, helm: row["helm"]?.text)
        var names: [String] = []
        if policies.contains(.beforeHookCreation) { names.append("BeforeHookCreation") }
        if policies.contains(.hookSucceeded) { names.append("HookSucceeded") }
        if policies.contains(.hookFailed) { names.append("HookFailed") }
        // A set: Argo CD keeps no order of what it reads from a list.
        let expected = (row["expected"]?.elements ?? []).map { $0.text ?? "" }
        return (
            "argo \(shown(row["argo"])), helm \(shown(row["helm"]))", expected.sorted().joined(separator: ","),
            names.sorted().joined(separator: ",")
        )
    }

    // MARK: Health

    private static func applicationHealth(_ row: Value, _ versions: Versions) -> Comparison {
        let resources = (row["resources"]?.elements ?? []).map { given in
            let health = given["health"]?.text
            let kind = given["kind"]?.symbol ?? "Pod"
            let group = given["group"]?.symbol ?? (kind.text == "Application" ? "argoproj.io" : .empty)
            var resource = ApplicationHealth.Resource(
                group: group, kind: kind, name: given["name"]?.symbol ?? .empty, isLive: health != "absent",
                health: health.flatMap { HealthCode(Symbol($0)) })
            resource.isHook = given["hook"]?.boolean ?? false
            resource.ignoresHealthcheck = given["ignoreHealthcheck"]?.boolean ?? false
            resource.isSelf = given["self"]?.boolean ?? false
            return resource
        }
        let result = ApplicationHealth.aggregate(resources, versions)
        let causes = (row["causes"]?.elements ?? []).map { $0.text ?? "" }
        return (
            (row["resources"] ?? nil).jsonText, ([text(row, "expected")] + causes).joined(separator: "\n"),
            ([result.code.text.text] + result.causes.map { resources[$0].name.text }).joined(separator: "\n")
        )
    }

    // MARK: Values

    static func text(_ row: Value, _ key: Symbol) -> String { row[key]?.text ?? "" }

    static func shown(_ value: Value?) -> String { value?.text ?? (value ?? nil).jsonText }

    static func number(_ row: Value, _ key: Symbol) -> Int? { row[key]?.integer }
}
