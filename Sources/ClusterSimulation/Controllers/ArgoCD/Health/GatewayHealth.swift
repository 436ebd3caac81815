/// Health of the Gateway API's kinds.
enum GatewayHealth {
    static let rules: [HealthRule] = [
        HealthRule("gateway.networking.k8s.io", "GatewayClass", gatewayClass),
        HealthRule("gateway.networking.k8s.io", "Gateway", gateway),
        HealthRule("gateway.networking.k8s.io", "ListenerSet", listenerSet),
        HealthRule("gateway.networking.k8s.io", "HTTPRoute") {
            route($0) { input, parent in isObserved(input, parent) }
        },
        HealthRule("gateway.networking.k8s.io", "GRPCRoute") { route($0) { _, _ in true } },
        HealthRule("gateway.networking.k8s.io", "TLSRoute", tlsRoute),
        HealthRule("gateway.networking.k8s.io", "BackendTLSPolicy") { policy($0, skipsOthers: true) },
        HealthRule("microgateway.airlock.com", .empty, airlock),
    ]

    private static func gatewayClass(_ input: HealthInput) -> ResourceHealth? {
        let accepted = input.reported.first {
            $0.type == "Accepted" && !input.isBehind($0.observedGeneration)
        }
        guard let accepted else { return ResourceHealth(.progressing, "Waiting for GatewayClass status") }
        switch accepted.status?.text {
        case "True": return ResourceHealth(.healthy, accepted.message ?? "GatewayClass is accepted")
        case "False": return ResourceHealth(.degraded, accepted.message ?? "GatewayClass is not accepted")
        default: return ResourceHealth(.progressing, accepted.message ?? "Waiting for GatewayClass status")
        }
    }

    /// The Gateway's own conditions come before those of its listeners.
    private static func gateway(_ input: HealthInput) -> ResourceHealth? {
        if let health = trouble(input.reported, "Gateway") { return health }
        let listeners = input.status["listeners"]?.elements ?? []
        for listener in listeners {
            if let health = trouble(listener.reportedConditions, "Listener") {
                return ResourceHealth(health.code, "Listener: \(health.message)")
            }
        }
        guard input.hasConditions || !listeners.isEmpty else {
            return ResourceHealth(.progressing, "Waiting for Gateway status")
        }
        return ResourceHealth(.healthy, "Gateway is healthy")
    }

    /// What keeps a Gateway, a listener or a route from being healthy: a reference or the acceptance that is False is
    /// Degraded, and what is not programmed is Progressing.
    private static func trouble(_ conditions: [HealthCondition], _ noun: String) -> ResourceHealth? {
        for type in ["ResolvedRefs", "Accepted"] as [Symbol] {
            if let condition = conditions.first(where: { $0.says(type, "False") }) {
                return ResourceHealth(.degraded, condition.message ?? "Failed condition: \(type)")
            }
        }
        guard let programmed = conditions.first(where: { $0.type == "Programmed" && $0.status != "True" }) else {
            return nil
        }
        return ResourceHealth(.progressing, programmed.message ?? "\(noun) is still being programmed")
    }

    /// Conditions of another generation are waited for; those of a listener are read once the set is programmed.
    private static func listenerSet(_ input: HealthInput) -> ResourceHealth? {
        let waiting = ResourceHealth(.progressing, "Waiting for ListenerSet status")
        guard input.hasStatus else { return waiting }
        guard input.hasConditions else { return .scriptFailure }
        if input.reported.contains(where: { input.isBehind($0.observedGeneration) }) { return waiting }
        if let health = member(input.reported, accepts: ["Accepted"], noun: "ListenerSet") { return health }
        let listeners = input.status["listeners"]?.elements ?? []
        guard !listeners.isEmpty else { return waiting }
        for listener in listeners {
            if let health = member(
                listener.reportedConditions, accepts: ["ResolvedRefs", "Accepted"], noun: "Listener")
            {
                return ResourceHealth(health.code, "Listener: \(health.message)")
            }
        }
        return ResourceHealth(.healthy, "ListenerSet is healthy")
    }

    /// - Parameter accepts: types of which False is Degraded.
    private static func member(
        _ conditions: [HealthCondition], accepts: [Symbol], noun: String
    ) -> ResourceHealth? {
        var progressing: ResourceHealth?
        for condition in conditions {
            if let type = condition.type, accepts.contains(type), condition.status == "False" {
                return ResourceHealth(.degraded, condition.message ?? "Failed condition: \(type)")
            }
            if noun == "Listener", condition.says("Conflicted", "True") {
                return ResourceHealth(.degraded, condition.message ?? "Listener is conflicted")
            }
            if condition.type == "Programmed", condition.status != "True" {
                progressing = ResourceHealth(.progressing, condition.message ?? "\(noun) is still being programmed")
            }
        }
        return progressing
    }
}

// MARK: - Routes

extension GatewayHealth {
    /// Whether one of a parent's conditions is of the route's generation.
    private static func isObserved(_ input: HealthInput, _ parent: Value) -> Bool {
        input.generation == 0
            || parent.reportedConditions.contains { $0.observedGeneration?.integer == input.generation }
    }

    /// - Parameter counts: whether a parent's conditions count.
    private static func route(_ input: HealthInput, counts: (HealthInput, Value) -> Bool) -> ResourceHealth {
        let parents = (input.status["parents"]?.elements ?? []).filter {
            $0.present("conditions") != nil && counts(input, $0)
        }
        for parent in parents {
            if let health = trouble(parent.reportedConditions, "Route") {
                return ResourceHealth(health.code, "Parent \(name(parent)): \(health.message)")
            }
        }
        return parents.contains { !$0.reportedConditions.isEmpty }
            ? ResourceHealth(.healthy, "\(input.kind) is healthy")
            : ResourceHealth(.progressing, "Waiting for \(input.kind) status")
    }

    private static func name(_ parent: Value) -> String { parent.at("parentRef", "name")?.text ?? "" }

    /// One parent that fails makes a TLSRoute Degraded, one that is not programmed Progressing; else one that accepts
    /// it is enough.
    private static func tlsRoute(_ input: HealthInput) -> ResourceHealth? {
        var progressing: String?
        var waiting: String?
        var isHealthy = false
        for parent in input.status["parents"]?.elements ?? [] {
            let conditions = parent.reportedConditions
            guard !conditions.isEmpty, !conditions.contains(where: { input.isBehind($0.observedGeneration) }) else {
                continue
            }
            func first(_ type: Symbol) -> HealthCondition? { conditions.first { $0.type == type } }
            for type in ["ResolvedRefs", "Accepted"] as [Symbol] {
                guard let condition = first(type), condition.status == "False" else { continue }
                let message = condition.message.flatMap { $0.isEmpty ? nil : $0 } ?? "Failed condition: \(type)"
                return ResourceHealth(.degraded, "Parent \(name(parent)): \(message)")
            }
            if let programmed = first("Programmed"), programmed.status != "True" {
                let message = programmed.message ?? "Route is still being programmed"
                progressing = progressing ?? "Parent \(name(parent)): \(message)"
            } else if first("Accepted")?.status == "True", first("ResolvedRefs")?.status == "True" {
                isHealthy = true
            } else {
                waiting = waiting ?? "Parent \(name(parent)): Waiting for TLSRoute conditions"
            }
        }
        if let progressing { return ResourceHealth(.progressing, progressing) }
        if isHealthy { return ResourceHealth(.healthy, "TLSRoute is healthy") }
        return ResourceHealth(.progressing, waiting ?? "Waiting for TLSRoute status")
    }
}

// MARK: - Policies

extension GatewayHealth {
    /// A policy that its ancestors accept.
    ///
    /// - Parameter skipsOthers: whether the word of a controller that does not know the target is left out. Every
    ///   implementation in the cluster writes an entry of its own.
    private static func policy(_ input: HealthInput, skipsOthers: Bool) -> ResourceHealth {
        var health = ResourceHealth(.progressing, "Waiting for \(input.kind) status")
        let ancestors = input.status["ancestors"]?.elements ?? []
        for ancestor in ancestors where isBehind(input, ancestor, allowsNone: skipsOthers) {
            health.message = "Waiting for Ancestor \(ancestorName(ancestor)) to update \(input.kind) status"
            return health
        }
        for ancestor in ancestors {
            let conditions = ancestor.reportedConditions
            if skipsOthers, let accepted = conditions.first(where: { $0.type == "Accepted" }),
                accepted.status != "True", accepted.reason == "TargetNotFound"
            {
                continue
            }
            for condition in conditions where condition.type == "Accepted" || condition.type == "ResolvedRefs" {
                if condition.status != "True" {
                    let message = condition.message ?? ""
                    return ResourceHealth(.degraded, "Ancestor \(ancestorName(ancestor)): \(message)")
                }
                if condition.type == "Accepted" { health = ResourceHealth(.healthy, "\(input.kind) is healthy") }
            }
            if !skipsOthers, !conditions.contains(where: { $0.type == "Accepted" }) {
                health = ResourceHealth(
                    .degraded, "Ancestor \(ancestorName(ancestor)): \(input.kind) is not accepted")
            }
        }
        return health
    }

    /// - Parameter allowsNone: whether a condition without an observed generation is up to date.
    private static func isBehind(_ input: HealthInput, _ ancestor: Value, allowsNone: Bool) -> Bool {
        guard input.generation != 0 else { return false }
        return ancestor.reportedConditions.contains { condition in
            guard let observed = condition.observedGeneration?.integer else { return !allowsNone }
            return observed != input.generation
        }
    }

    private static func ancestorName(_ ancestor: Value) -> String { ancestor.at("ancestorRef", "name")?.text ?? "" }

    /// Of Airlock's kinds only the policies have a status.
    private static func airlock(_ input: HealthInput) -> ResourceHealth? {
        guard input.kind.text.hasSuffix("Policy") else {
            return ResourceHealth(.healthy, "\(input.kind) is healthy")
        }
        return policy(input, skipsOthers: false)
    }
}
