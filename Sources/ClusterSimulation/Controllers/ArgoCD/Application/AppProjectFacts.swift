import Synchronization

/// What an AppProject permits. Source: specs/argocd.md 3.6, 6.2.1, 8.1, 16.2.
///
/// Every comparison of every Application asks the same few questions: each is answered once.
package final class AppProjectFacts: Sendable {
    package let destinations: [ProjectDestination]
    package let sourceRepos: [Symbol]
    /// Namespaces beside the control plane's in which Applications may use this project.
    let sourceNamespaces: [Symbol]
    package let syncWindows: [SyncWindow]
    let clusterWhitelist: [GroupKind]
    let clusterBlacklist: [GroupKind]
    /// nil: every namespaced kind.
    let namespaceWhitelist: [GroupKind]?
    let namespaceBlacklist: [GroupKind]
    private let answers = Mutex<[Question: Bool]>([:])

    private enum Question: Hashable {
        case kind(group: Symbol, kind: Symbol, isNamespaced: Bool)
        case source(Symbol)
        case destination(server: Symbol, name: Symbol, namespace: Symbol)
    }

    private func answer(_ question: Question, _ find: () -> Bool) -> Bool {
        answers.withLock { answers in
            if let answer = answers[question] { return answer }
            let answer = find()
            answers[question] = answer
            return answer
        }
    }

    struct GroupKind: Sendable {
        var group: String
        var kind: String

        init(_ value: Value) {
            group = value["group"]?.text ?? ""
            kind = value["kind"]?.text ?? ""
        }

        func matches(_ kind: Kind) -> Bool {
            Glob.matches(self.group, kind.group.text) && Glob.matches(self.kind, kind.kind.text)
        }
    }

    package init(_ body: Value) {
        let spec = body["spec"] ?? nil
        destinations = (spec["destinations"]?.elements ?? []).map(ProjectDestination.init)
        sourceRepos = spec["sourceRepos"]?.symbols ?? []
        sourceNamespaces = spec["sourceNamespaces"]?.symbols ?? []
        syncWindows = (spec["syncWindows"]?.elements ?? []).map(SyncWindow.init)
        clusterWhitelist = (spec["clusterResourceWhitelist"]?.elements ?? []).map(GroupKind.init)
        clusterBlacklist = (spec["clusterResourceBlacklist"]?.elements ?? []).map(GroupKind.init)
        namespaceWhitelist = spec["namespaceResourceWhitelist"].flatMap { list in
            list.isNull ? nil : list.elements.map(GroupKind.init)
        }
        namespaceBlacklist = (spec["namespaceResourceBlacklist"]?.elements ?? []).map(GroupKind.init)
    }

    /// The project `default`, which Argo CD makes at its first start: everything is permitted.
    static let implied = AppProjectFacts([
        "spec": [
            "destinations": [["server": "*", "namespace": "*"]], "sourceRepos": ["*"],
            "clusterResourceWhitelist": [["group": "*", "kind": "*"]],
        ]
    ])

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        Analysis.Result(facts: AppProjectFacts(body))
    }

    /// Whether an object of a kind may be managed: cluster-scoped kinds need the whitelist, namespaced kinds are
    /// permitted where there is none (16.2).
    func permits(_ kind: Kind) -> Bool {
        answer(.kind(group: kind.group, kind: kind.kind, isNamespaced: kind.namespaced)) { isPermitted(kind) }
    }

    private func isPermitted(_ kind: Kind) -> Bool {
        if kind.namespaced {
            if let namespaceWhitelist, !namespaceWhitelist.contains(where: { $0.matches(kind) }) { return false }
            return !namespaceBlacklist.contains { $0.matches(kind) }
        }
        return clusterWhitelist.contains { $0.matches(kind) } && !clusterBlacklist.contains { $0.matches(kind) }
    }

    /// Whether an Application of that namespace may use the project.
    func permits(applicationNamespace: Symbol) -> Bool {
        applicationNamespace == ArgoCD.namespace
            || sourceNamespaces.contains { ProjectDestination.glob($0.text, applicationNamespace.text) }
    }

    /// Whether a source's repository is permitted: one pattern matches and no `!` pattern does.
    package func permits(source url: Symbol) -> Bool { answer(.source(url)) { isPermitted(source: url) } }

    private func isPermitted(source url: Symbol) -> Bool {
        var permitted = false
        for pattern in sourceRepos {
            let text = pattern.text
            if text.hasPrefix("!") {
                if ProjectDestination.glob(String(text.dropFirst()), url.text) { return false }
            } else if text == "*" || ProjectDestination.glob(Self.plain(text), Self.plain(url.text)) {
                permitted = true
            }
        }
        return permitted
    }

    private static func plain(_ url: String) -> String {
        url.hasSuffix(".git") ? String(url.dropLast(4)) : url
    }

    /// Whether the project has that destination.
    package func permits(server: Symbol, name: Symbol, namespace: Symbol) -> Bool {
        answer(.destination(server: server, name: name, namespace: namespace)) {
            ProjectDestination.isPermitted(
                destinations, server: server.text, name: name.text, namespace: namespace.text)
        }
    }
}

/// One of `spec.destinations` of an AppProject: patterns, each with `!` in front to deny. Source: specs/argocd.md 16.2.
package struct ProjectDestination: Sendable {
    package var server: String
    package var name: String
    package var namespace: String
    package var origin: Origin = .none

    package init(server: String, name: String, namespace: String) {
        self.server = server
        self.name = name
        self.namespace = namespace
    }

    init(_ value: Value) {
        self.init(
            server: value["server"]?.text ?? "", name: value["name"]?.text ?? "",
            namespace: value["namespace"]?.text ?? "")
        origin = value.origin
    }

    /// Whether one item allows the destination and no item that applies to it denies it, in the order of the list.
    package static func isPermitted(
        _ items: [ProjectDestination], server: String, name: String, namespace: String
    ) -> Bool {
        var permitted = false
        for item in items {
            let serverMatches = !server.isEmpty && matches(item.server, server)
            let nameMatches = !name.isEmpty && matches(item.name, name)
            let namespaceMatches = matches(item.namespace, namespace)
            if (serverMatches || nameMatches) && namespaceMatches {
                permitted = true
                continue
            }
            let serverDenied = isDenial(item.server) && !server.isEmpty && !serverMatches
            let nameDenied = isDenial(item.name) && !name.isEmpty && !nameMatches
            if (serverDenied || nameDenied) && namespaceMatches { return false }
            if isDenial(item.namespace), !namespaceMatches, serverMatches || nameMatches { return false }
        }
        return permitted
    }

    private static func isDenial(_ pattern: String) -> Bool { pattern.hasPrefix("!") }

    private static func matches(_ pattern: String, _ text: String) -> Bool {
        if pattern.hasPrefix("!") { return !glob(String(pattern.dropFirst()), text) }
        return glob(pattern, text)
    }

    /// A pattern with `*`, `?` and `{a,b}`.
    static func glob(_ pattern: String, _ text: String) -> Bool {
        pattern.utf8.contains(UInt8(ascii: "{")) ? GlobAlternatives(pattern).matches(text) : Glob.matches(pattern, text)
    }
}
