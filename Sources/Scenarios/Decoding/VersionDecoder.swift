import ClusterSimulation

/// Reads releases: one, or a list that makes a matrix.
struct VersionDecoder {
    let context: DecodingContext

    init(_ context: DecodingContext) { self.context = context }

    /// `spec.versions`; what it does not name is the newest.
    func matrix(_ reader: FieldReader?) -> VersionMatrix {
        var matrix = VersionMatrix()
        guard let reader else { return matrix }
        let named = selection(reader)
        if let minors = named.kubernetes, !minors.isEmpty { matrix.kubernetes = minors }
        if let releases = named.argocd, !releases.isEmpty { matrix.argocd = releases }
        reader.finish()
        return matrix
    }

    /// The fields `kubernetes` and `argocd` of an object.
    func selection(_ reader: FieldReader) -> Scenario.Expectation.ReleaseSelection {
        Scenario.Expectation.ReleaseSelection(
            kubernetes: read(reader, "kubernetes", VersionText.kubernetes) { $0 == $1 },
            argocd: read(reader, "argocd", VersionText.argocd) { $0 == $1 })
    }

    private func read<Version>(
        _ reader: FieldReader, _ key: String, _ read: (String) -> Result<Version, VersionText.Problem>,
        _ isSame: (Version, Version) -> Bool
    ) -> [Version]? {
        guard let texts = reader.textOrTexts(key) else { return nil }
        var versions: [Version] = []
        for (text, origin) in texts {
            // YAML reads an unquoted 1.30 as the number 1.3, which no release of today is.
            switch read(text == "1.3" ? "1.30" : text) {
            case .failure(let problem): context.problems.error("unsupported-version", problem.message, at: origin)
            case .success(let version):
                if !versions.contains(where: { isSame($0, version) }) { versions.append(version) }
            }
        }
        return versions
    }
}
