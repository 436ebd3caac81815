import ClusterSimulation

/// Reads the versions whose rules are modelled.
package enum VersionText {
    /// Why a version is refused.
    package struct Problem: Error { package var message: String }

    /// The minor version of `1.34`, `v1.34.2`: 30 to 36.
    package static func kubernetes(_ text: String) -> Result<Int, Problem> {
        guard let (major, minor) = parts(text), major == 1, (30...36).contains(minor) else {
            return .failure(Problem(message: "Kubernetes '\(text)' is not modelled: 1.30 to 1.36 are"))
        }
        return .success(minor)
    }

    /// Major and minor version of `3.2`, `v2.14.1`: 2.13 to 3.6.
    package static func argocd(_ text: String) -> Result<(Int, Int), Problem> {
        guard let version = parts(text), version >= (2, 13), version <= (3, 6), version.0 == 3 || version.1 <= 14 else {
            return .failure(Problem(message: "Argo CD '\(text)' is not modelled: 2.13 to 3.6 are"))
        }
        return .success(version)
    }

    private static func parts(_ text: String) -> (Int, Int)? {
        let numbers = (text.hasPrefix("v") ? text.dropFirst() : Substring(text)).split(
            separator: ".", omittingEmptySubsequences: false)
        guard (2...3).contains(numbers.count), let major = Int(numbers[0]), let minor = Int(numbers[1]) else {
            return nil
        }
        return (major, minor)
    }
}
