package import ClusterSimulation

/// Versions of Kubernetes and Argo CD as people write them.
package enum VersionText {
    /// Why a version is refused.
    package struct Problem: Error { package var message: String }

    /// The minor version of `1.34`, `v1.34.2`, `1.34.2+k3s1`.
    package static func kubernetes(_ text: String) -> Result<Int, Problem> {
        let modelled = Versions.kubernetesMinors
        let found = parts(text)
        if let (major, minor) = found, major == 1, modelled.contains(minor) { return .success(minor) }
        let nearest = found.map { $0.0 < 1 ? modelled.lowerBound : $0.0 > 1 ? modelled.upperBound : $0.1 }
        return .failure(
            Problem(
                message:
                    "Kubernetes '\(text)' is not modelled: 1.\(modelled.lowerBound) to 1.\(modelled.upperBound) are"
                    + (nearest.map {
                        "; the nearest is 1.\(min(max($0, modelled.lowerBound), modelled.upperBound))"
                    } ?? "")))
    }

    /// Major and minor version of `3.2`, `v2.14.1`.
    package static func argocd(_ text: String) -> Result<(major: Int, minor: Int), Problem> {
        let modelled = Versions.argocdReleases
        let found = parts(text)
        if let found, modelled.contains(where: { $0 == found }) { return .success(found) }
        let nearest = found.flatMap { found in
            modelled.min { distance(from: found, to: $0) < distance(from: found, to: $1) }
        }
        let range = "\(modelled[0].major).\(modelled[0].minor) to \(Versions().argocdText)"
        return .failure(
            Problem(
                message: "Argo CD '\(text)' is not modelled: \(range) are"
                    + (nearest.map { "; the nearest is \($0.major).\($0.minor)" } ?? "")))
    }

    private static func distance(from left: (Int, Int), to right: (major: Int, minor: Int)) -> Int {
        abs((left.0 &* 100 &+ left.1) &- (right.major * 100 + right.minor))
    }

    /// Several, with commas between them, each once.
    package static func list<Version>(
        _ text: String, _ read: (String) -> Result<Version, Problem>, _ isSame: (Version, Version) -> Bool
    ) -> Result<[Version], Problem> {
        var versions: [Version] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            switch read(String(part.trimmingPrefix(" "))) {
            case .failure(let problem): return .failure(problem)
            case .success(let version):
                if !versions.contains(where: { isSame($0, version) }) { versions.append(version) }
            }
        }
        return .success(versions)
    }

    private static func parts(_ text: String) -> (Int, Int)? {
        let plain = (text.hasPrefix("v") ? text.dropFirst() : Substring(text)).prefix { $0 != "+" && $0 != "-" }
        let numbers = plain.split(separator: ".", omittingEmptySubsequences: false)
        guard (2...3).contains(numbers.count), let major = number(numbers[0]), let minor = number(numbers[1]),
            numbers.count == 2 || number(numbers[2]) != nil
        else { return nil }
        return (major, minor)
    }

    private static func number(_ text: Substring) -> Int? {
        text.count <= 4 && text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }
}
