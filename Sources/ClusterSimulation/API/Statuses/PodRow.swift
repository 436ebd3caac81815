/// A row of `kubectl get pods`.
package struct PodRow: Sendable, Equatable {
    package var namespace: String
    package var name: String
    /// The STATUS column as kubectl prints it.
    package var status: String
    /// The READY column, `1/2`.
    package var ready: String
    /// What holds the pod up, in the kubelet's or the container's words; else empty.
    package var message: String

    package init(namespace: String, name: String, status: String, ready: String, message: String) {
        self.namespace = namespace
        self.name = name
        self.status = status
        self.ready = ready
        self.message = message
    }
}

extension Simulation {
    /// A Pod as `kubectl get pods` prints it: READY and STATUS by the rules of kubectl's pod printer.
    package func podRow(of key: ObjectKey) -> PodRow {
        let content = tables.content(key)
        let template = facts(key, PodTemplateFacts.self)
        let pod = podState(key) ?? PodState()
        let initCount = template?.initContainers.count ?? 0
        let mains = pod.containers.dropFirst(initCount)
        var row = PodRow(
            namespace: content.namespace.text, name: content.name.text, status: "",
            ready: "\(mains.count(where: \.isReady))/\(template?.containers.count ?? mains.count)",
            message: "")
        (row.status, row.message) = printedStatus(pod, template)
        if state[key].isDeleting, !pod.phase.isTerminal { row.status = "Terminating" }
        return row
    }

    private func printedStatus(_ pod: PodState, _ template: PodTemplateFacts?) -> (String, String) {
        let initCount = template?.initContainers.count ?? 0
        var finished = 0
        for (index, container) in pod.containers.prefix(initCount).enumerated() {
            let isSidecar = template?.initContainers[index].isSidecar ?? false
            if container.isDone || (isSidecar && container.phase == .running) {
                finished += 1
                continue
            }
            if !pod.message.isEmpty { return ("Init:\(finished)/\(initCount)", pod.message.text) }
            let words = Self.words(of: container)
            switch container.reason {
            case "", "PodInitializing", "ContainerCreating": return ("Init:\(finished)/\(initCount)", words)
            default: return ("Init:\(container.reason)", words)
            }
        }
        var status = pod.reason.isEmpty || pod.node.isEmpty ? pod.phase.text.text : pod.reason.text
        var message = pod.message.text
        var hasRunning = false
        for container in pod.containers.dropFirst(initCount).reversed() {
            if !container.reason.isEmpty {
                status = container.reason.text
                if message.isEmpty { message = Self.words(of: container) }
            } else if container.phase == .running, container.isReady {
                hasRunning = true
            }
            if message.isEmpty, container.waits { message = container.message.text }
        }
        if status == "Completed", hasRunning { status = pod.isReady ? "Running" : "NotReady" }
        return (status, message)
    }

    /// The program's own words where it has ended, else the kubelet's.
    private static func words(of container: ContainerState) -> String {
        if container.phase == .terminated || (container.phase == .done && container.exitCode != 0),
            !container.lastMessage.isEmpty
        {
            return container.lastMessage.text
        }
        return container.message.text
    }
}
