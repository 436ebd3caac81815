package import ClusterSimulation

/// The releases that a scenario is rehearsed with: each of Kubernetes with each of Argo CD.
package struct VersionMatrix: Sendable {
    /// Minor versions of Kubernetes 1.x, in the order in which they were written.
    package var kubernetes: [Int]
    package var argocd: [(major: Int, minor: Int)]

    /// The newest of both.
    package init() {
        let newest = Versions()
        kubernetes = [newest.kubernetesMinor]
        argocd = [(newest.argocdMajor, newest.argocdMinor)]
    }

    /// Every combination, those with the same Kubernetes together.
    package var combinations: [Versions] {
        kubernetes.flatMap { minor in argocd.map { Versions(kubernetes: minor, argocd: $0) } }
    }

    /// What a combination is called beside the scenario's name: `kubernetes-1.32/argocd-3.1`, or only what differs
    /// between the combinations; empty where there is one.
    package func name(of versions: Versions) -> String {
        var parts: [String] = []
        if kubernetes.count > 1 { parts.append("kubernetes-\(versions.kubernetesText)") }
        if argocd.count > 1 { parts.append("argocd-\(versions.argocdText)") }
        return parts.joined(separator: "/")
    }
}
