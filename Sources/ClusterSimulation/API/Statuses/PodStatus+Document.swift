extension PodState {
    /// Reads a status as the API gives it: of a snapshot, or of a client that wrote it. The node comes from the spec.
    package init(_ document: Value, body: Value) {
        switch document["phase"]?.symbol {
        case "Running": phase = .running
        case "Succeeded": phase = .succeeded
        case "Failed": phase = .failed
        default: phase = .pending
        }
        node = body.at("spec", "nodeName")?.symbol ?? .empty
        address = document["podIP"]?.symbol ?? .empty
        started = document["startTime"]?.text.flatMap(SimulationTime.init(rfc3339:)) ?? .never
        for condition in document["conditions"]?.elements ?? [] {
            let isTrue = condition["status"]?.symbol == "True"
            switch condition["type"]?.symbol {
            case "Ready":
                isReady = isTrue
                readySince = condition["lastTransitionTime"]?.text.flatMap(SimulationTime.init(rfc3339:)) ?? .epoch
            case "PodScheduled" where !isTrue:
                reason = condition["reason"]?.symbol ?? .empty
                message = condition["message"]?.symbol ?? .empty
            default: break
            }
        }
        let lists =
            (document["initContainerStatuses"]?.elements ?? []) + (document["containerStatuses"]?.elements ?? [])
        containers = lists.map(ContainerState.init)
        if phase != .pending {
            volumesAreMounted = true
            sandboxDue = .epoch
            if started == .never { started = .epoch }
        }
    }
}

extension ContainerState {
    /// Reads one entry of `containerStatuses`.
    init(_ value: Value) {
        isReady = value["ready"]?.boolean ?? false
        restartCount = Int32(min(max(value["restartCount"]?.int32 ?? 0, 0), 1_000_000_000))
        if let running = value.at("state", "running") {
            phase = .running
            since = running["startedAt"]?.text.flatMap(SimulationTime.init(rfc3339:)) ?? .epoch
        } else if let ended = value.at("state", "terminated") {
            exitCode = Int32(clamping: ended["exitCode"]?.integer ?? 0)
            reason = ended["reason"]?.symbol ?? (exitCode == 0 ? "Completed" : "Error")
            phase = .done
        } else if let waiting = value.at("state", "waiting") {
            reason = waiting["reason"]?.symbol ?? .empty
            message = waiting["message"]?.symbol ?? .empty
            switch reason {
            case "CrashLoopBackOff":
                phase = .terminated
                backOff = .minutes(5)
                exitCode = 1
                due = .epoch
            case "ErrImagePull", "ImagePullBackOff": phase = .pullFailed
            case "CreateContainerConfigError": phase = .configurationFailed
            default: phase = .created
            }
        }
        lastMessage = value.at("lastState", "terminated", "message")?.symbol ?? .empty
    }

    /// One entry of `containerStatuses`.
    func document(_ container: ContainerFacts) -> Value {
        let current: Value
        switch phase {
        case .running: current = ["running": .object(["startedAt": .string(since.rfc3339)])]
        case .done: current = ["terminated": terminated]
        case .terminated where reason != "CrashLoopBackOff": current = ["terminated": terminated]
        default:
            current = [
                "waiting": .object([
                    "reason": Value(reason.isEmpty ? "ContainerCreating" : reason),
                    "message": message.isEmpty ? nil : Value(message),
                ])
            ]
        }
        let hasEnded = restartCount > 0 || phase == .terminated
        return .object([
            "name": Value(container.name), "image": Value(container.image), "ready": Value(.boolean(isReady)),
            "restartCount": .integer(Int(restartCount)), "started": Value(.boolean(phase == .running)),
            "state": current, "lastState": hasEnded ? ["terminated": terminated] : nil,
        ])
    }

    private var terminated: Value {
        .object([
            "exitCode": .integer(Int(exitCode)), "reason": exitCode == 0 ? "Completed" : "Error",
            "message": lastMessage.isEmpty ? nil : Value(lastMessage),
        ])
    }
}

extension PodStatus {
    /// The status as the API returns it, for a Pod of that spec.
    package func document(of template: PodTemplateFacts) -> Value {
        let all = template.allContainers
        func list(_ range: Range<Int>) -> Value? {
            let entries = range.filter { $0 < state.containers.count && $0 < all.count }.map {
                state.containers[$0].document(all[$0])
            }
            return entries.isEmpty ? nil : Value(.array(entries))
        }
        let initCount = template.initContainers.count
        var document = self.document
        document["initContainerStatuses"] = list(0..<initCount)
        document["containerStatuses"] = list(initCount..<max(initCount, all.count))
        return document
    }

    /// The status without what only the spec knows: the names of the containers.
    var documentWithoutContainers: Value {
        let isScheduled = !state.node.isEmpty
        var conditions = [
            condition(
                type: "PodScheduled", status: isScheduled, reason: isScheduled ? .empty : state.reason,
                message: isScheduled ? .empty : state.message)
        ]
        if isScheduled {
            let isReady: Bool = state.isReady
            let reason: Symbol = isReady ? .empty : (state.phase == .succeeded ? "PodCompleted" : "ContainersNotReady")
            let since = isReady ? state.readySince : nil
            conditions.append(condition(type: "Ready", status: isReady, reason: reason, at: since))
            conditions.append(condition(type: "ContainersReady", status: isReady, reason: reason, at: since))
        }
        return .object([
            "phase": Value(state.phase.text), "conditions": Value(.array(conditions)),
            "podIP": state.address.isEmpty ? nil : Value(state.address),
            "podIPs": state.address.isEmpty ? nil : [["ip": Value(state.address)]],
            "startTime": state.started == .never ? nil : .string(state.started.rfc3339),
        ])
    }
}
