import ClusterSimulation

extension ApplicationRow {
    /// Synced and Healthy.
    var isGood: Bool { sync == "Synced" && health == "Healthy" }

    var healthTone: TextStyle.Tone {
        switch health {
        case "Healthy": .good
        case "Degraded", "Missing": .bad
        default: .warning
        }
    }
}

extension PodRow {
    /// Running with every container ready, or done.
    var isGood: Bool {
        if status == "Completed" || status == "Succeeded" { return true }
        guard status == "Running" else { return false }
        let parts = ready.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[0] == parts[1]
    }
}

extension NamespaceRow {
    /// Active, and no condition tells of a failed deletion.
    var isGood: Bool { phase == "Active" && !conditions.contains { $0.status == "True" } }
}
