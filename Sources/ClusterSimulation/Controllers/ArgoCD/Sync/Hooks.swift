/// When an object is applied during a sync, in the order of the phases. Source: specs/argocd.md 6.1.2.
package enum SyncPhase: UInt8, Sendable, CaseIterable, Comparable {
    case preSync, sync, postSync, syncFail

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// `PreSync`, as annotations and results write it.
    package var name: Symbol {
        switch self {
        case .preSync: "PreSync"
        case .sync: "Sync"
        case .postSync: "PostSync"
        case .syncFail: "SyncFail"
        }
    }
}

/// What an object's annotations say about it being a hook. Source: specs/argocd.md 5.1.
package struct HookTypes: Equatable, Sendable {
    /// The phases in which it runs, without repetition, in the order in which they are written.
    package var phases: [SyncPhase] = []
    /// Whether `Skip` is among the types.
    package var isSkip = false
    /// Whether it is a hook of the Application's deletion: PreDelete, PostDelete.
    package var isDeletionHook = false
    /// Every type in the order in which they are written.
    package var names: [Symbol] = []
    private var isDeclared = false

    /// Reads `argocd.argoproj.io/hook`, else `helm.sh/hook`.
    package init(argo: String?, helm: String?) {
        if let argo {
            isDeclared = true
            for part in Self.parts(argo) { add(argo: part) }
        }
        guard names.isEmpty, let helm else { return }
        // Helm lists definitions as hooks too, which they are not.
        if helm != "crd-install" { isDeclared = true }
        for part in Self.parts(helm) { add(helm: part) }
    }

    /// Whether it is applied as a hook, not as a resource. `Skip` alone is none.
    package var isHook: Bool { isDeclared && names != ["Skip"] }
    /// Whether no sync applies it: a hook of no type that a sync knows.
    package var isIgnored: Bool { isHook && names.isEmpty }
    /// Whether it is never applied and has no status: `Skip` alone.
    package var isSkipped: Bool { names == ["Skip"] }

    private mutating func add(argo part: Substring) {
        switch part {
        case "PreSync": add(.preSync)
        case "Sync": add(.sync)
        case "PostSync": add(.postSync)
        case "SyncFail": add(.syncFail)
        case "Skip":
            isSkip = true
            if !names.contains("Skip") { names.append("Skip") }
        case "PreDelete", "PostDelete": isDeletionHook = true
        default: break
        }
    }

    private mutating func add(helm part: Substring) {
        switch part {
        case "pre-install", "pre-upgrade": add(.preSync)
        case "post-install", "post-upgrade": add(.postSync)
        case "pre-delete", "post-delete": isDeletionHook = true
        default: break
        }
    }

    private mutating func add(_ phase: SyncPhase) {
        if phases.contains(phase) { return }
        phases.append(phase)
        names.append(phase.name)
    }

    static func parts(_ list: String) -> [Substring] {
        list.split(separator: ",").map { part in
            var part = part
            while part.first == " " { part.removeFirst() }
            while part.last == " " { part.removeLast() }
            return part
        }
    }
}

/// When a hook's object is deleted. Source: specs/argocd.md 5.5.
package struct HookDeletePolicies: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let beforeHookCreation = HookDeletePolicies(rawValue: 1)
    package static let hookSucceeded = HookDeletePolicies(rawValue: 2)
    package static let hookFailed = HookDeletePolicies(rawValue: 4)

    /// Reads `argocd.argoproj.io/hook-delete-policy` and `helm.sh/hook-delete-policy`, which add up; BeforeHookCreation
    /// where neither names a known policy. Source: argo-cd gitops-engine/pkg/sync/hook/delete_policy.go.
    package init(argo: String?, helm: String?) {
        var policies: HookDeletePolicies = []
        for part in HookTypes.parts(argo ?? "") {
            switch part {
            case "BeforeHookCreation": policies.insert(.beforeHookCreation)
            case "HookSucceeded": policies.insert(.hookSucceeded)
            case "HookFailed": policies.insert(.hookFailed)
            default: break
            }
        }
        for part in HookTypes.parts(helm ?? "") {
            switch part {
            case "before-hook-creation": policies.insert(.beforeHookCreation)
            case "hook-succeeded": policies.insert(.hookSucceeded)
            case "hook-failed": policies.insert(.hookFailed)
            default: break
            }
        }
        self = policies.isEmpty ? .beforeHookCreation : policies
    }
}

/// What Argo CD reads from one set of annotations, taken apart once.
final class ObjectDirectives {
    let hook: HookTypes
    let deletePolicies: HookDeletePolicies
    let wave: Int
    let options: SyncOptions
    let ignoresExtraneous: Bool
    let keepsOnDeletion: Bool

    init(_ map: LabelMap) {
        hook = HookTypes(argo: map[ArgoCD.hook]?.text, helm: map[ArgoCD.helmHook]?.text)
        deletePolicies = HookDeletePolicies(
            argo: map[ArgoCD.hookDeletePolicy]?.text, helm: map[ArgoCD.helmHookDeletePolicy]?.text)
        wave = Self.wave(argo: map[ArgoCD.syncWave]?.text, helm: map[ArgoCD.helmHookWeight]?.text)
        options = SyncOptions(HookTypes.parts(map[ArgoCD.syncOptions]?.text ?? "").map(String.init))
        ignoresExtraneous = HookTypes.parts(map[ArgoCD.compareOptions]?.text ?? "").contains("IgnoreExtraneous")
        keepsOnDeletion = map[ArgoCD.helmResourcePolicy]?.text == "keep"
    }

    /// The wave: `sync-wave` where it is an integer, else Helm's hook weight, else 0. Source: specs/argocd.md 6.1.2.
    static func wave(argo: String?, helm: String?) -> Int {
        if let argo, let wave = Int(argo) { return wave }
        if let helm, let weight = Int(helm) { return weight }
        return 0
    }
}

extension ClusterTables {
    /// The directives in a set of annotations.
    func directives(_ annotations: MapID) -> ObjectDirectives {
        memo.store(DirectivesMemo.self, make: DirectivesMemo.init).directives(annotations, self)
    }
}

/// Directives by set of annotations: for every fork, because they depend on the set alone.
private final class DirectivesMemo {
    private var entries: [MapID: ObjectDirectives] = [:]

    func directives(_ id: MapID, _ tables: ClusterTables) -> ObjectDirectives {
        if let entry = entries[id] { return entry }
        let entry = ObjectDirectives(tables.map(id))
        entries[id] = entry
        return entry
    }
}
