/// Whose rules are followed: a release of Kubernetes and one of Argo CD.
///
/// What differs between the releases that are modelled is listed in `VersionRule`; code asks for a rule, never for a
/// number.
package struct Versions: Sendable, Hashable {
    /// The minor version of Kubernetes 1.x.
    package var kubernetesMinor = Self.kubernetesMinors.upperBound
    package var argocdMajor = Self.argocdReleases.last?.major ?? 3
    package var argocdMinor = Self.argocdReleases.last?.minor ?? 6
    /// Rules that are followed although their release is later, or the other way round: a bit for each.
    private var flipped: UInt64 = 0

    /// The releases of Kubernetes 1.x that are modelled.
    package static let kubernetesMinors = 30...36
    /// The releases of Argo CD that are modelled, oldest first.
    package static let argocdReleases: [(major: Int, minor: Int)] =
        [(2, 13), (2, 14)] + (0...6).map { (3, $0) }

    /// The newest that are modelled.
    package init() {}

    package init(kubernetes minor: Int, argocd: (major: Int, minor: Int) = (3, 6)) {
        kubernetesMinor = minor
        (argocdMajor, argocdMinor) = argocd
    }

    /// Whether a rule is followed.
    package func has(_ rule: VersionRule) -> Bool {
        let isReached =
            switch rule.since {
            case .kubernetes(let minor): kubernetesMinor >= minor
            case .argocd(let major, let minor): (argocdMajor, argocdMinor) >= (major, minor)
            }
        return isReached != (flipped & rule.bit != 0)
    }

    /// The same releases with one rule the other way round: what that rule alone changes.
    package func flipping(_ rule: VersionRule) -> Versions {
        var copy = self
        copy.flipped ^= rule.bit
        return copy
    }

    /// `1.34`.
    package var kubernetesText: String { "1.\(kubernetesMinor)" }
    /// `3.2`.
    package var argocdText: String { "\(argocdMajor).\(argocdMinor)" }
}

/// A release with which a rule began.
package enum Release: Sendable, Hashable {
    /// Kubernetes 1.x.
    case kubernetes(Int)
    case argocd(Int, Int)

    /// `Kubernetes 1.33`.
    package var text: String {
        switch self {
        case .kubernetes(let minor): "Kubernetes 1.\(minor)"
        case .argocd(let major, let minor): "Argo CD \(major).\(minor)"
        }
    }
}
