/// Which Pods of a node a drain wants gone, and which keep it from beginning.
///
/// Source: `staging/src/k8s.io/kubectl/pkg/drain/filters.go`.
enum DrainSelection {
    private static let mirror: Symbol = "kubernetes.io/config.mirror"

    /// What the filters say of one Pod.
    private enum Filtered {
        case goes
        case stays
        case prevents(String)
    }

    /// - Returns: the Pods by namespace and name; or the problems in `kubectl`'s words, one for each sort of Pod.
    static func pods(
        _ simulation: Simulation, on node: Symbol, _ options: DrainOptions
    ) -> (pods: [ObjectKey], problems: [String]) {
        let tables = simulation.tables
        let all = simulation.pods(onNode: node).sorted { left, right in
            let first = tables.namespace(left)
            let second = tables.namespace(right)
            return first == second ? tables.name(left).precedes(tables.name(right)) : first.precedes(second)
        }
        var pods: [ObjectKey] = []
        var problems: [(text: String, pods: [String])] = []
        for pod in all {
            switch filtered(simulation, pod, options) {
            case .goes: pods.append(pod)
            case .stays: break
            case .prevents(let text):
                let name = "\(tables.namespace(pod))/\(tables.name(pod))"
                if let place = problems.firstIndex(where: { $0.text == text }) {
                    problems[place].pods.append(name)
                } else {
                    problems.append((text, [name]))
                }
            }
        }
        return (pods, problems.map { "\($0.text): \($0.pods.joined(separator: ", "))" })
    }

    private static func filtered(_ simulation: Simulation, _ pod: ObjectKey, _ options: DrainOptions) -> Filtered {
        let hasEnded = simulation.podState(pod)?.phase.isTerminal ?? false
        let owner = simulation.controllerOwner(pod)
        if let owner, !hasEnded, simulation.tables.kindID(owner.owner) == .daemonSet {
            if simulation.state.exists(owner.owner) {
                return options.ignoresDaemonSets
                    ? .stays : .prevents("cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)")
            }
            if !options.force {
                return .prevents("cannot delete daemonsets.apps \"\(simulation.tables.name(owner.owner))\" not found")
            }
        }
        if simulation.annotation(pod, mirror) != nil { return .stays }
        if hasEnded { return .goes }
        let template = simulation.facts(pod, PodTemplateFacts.self)
        if !options.deletesEmptyDirData, template?.volumes.contains(where: \.isEmptyDir) ?? false {
            return .prevents("cannot delete Pods with local storage (use --delete-emptydir-data to override)")
        }
        if owner == nil, !options.force {
            return .prevents("cannot delete Pods that declare no controller (use --force to override)")
        }
        return .goes
    }
}
