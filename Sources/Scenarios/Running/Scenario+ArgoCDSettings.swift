import ClusterSimulation
import Manifests

extension Scenario {
    /// What the initial cluster's `argocd-cm` says; without one, what the release says.
    ///
    /// Argo CD takes a change of these settings over at once; here they stay as they were at the start.
    func argoCDSettings(_ versions: Versions) -> ArgoCDSettings {
        var settings = ArgoCDSettings(versions)
        let objects = cluster.snapshot + cluster.manifests
        guard let map = objects.last(where: Self.isSettings) else { return settings }
        let data = map["data"] ?? nil
        if let text = data["application.resourceTrackingMethod"]?.text, let method = TrackingMethod(rawValue: text) {
            settings.tracking = method
        }
        settings.exclusions = data["resource.exclusions"]?.text.map(Self.exclusions) ?? []
        return settings
    }

    private static func isSettings(_ object: Value) -> Bool {
        object["kind"]?.text == "ConfigMap" && object.at("metadata", "name")?.text == "argocd-cm"
            && object.at("metadata", "namespace")?.text == "argocd"
    }

    /// The entries of `resource.exclusions`, a YAML list; none where it cannot be read.
    private static func exclusions(_ text: String) -> [ResourceExclusion] {
        let reader = DocumentReader(diagnostics: DiagnosticCollector())
        let entries = reader.read(bytes: Array(text.utf8), path: "argocd-cm").first?.elements ?? []
        return entries.map { entry in
            ResourceExclusion(
                groups: entry["apiGroups"]?.symbols.map(\.text) ?? [], kinds: entry["kinds"]?.symbols.map(\.text) ?? [])
        }
    }
}
