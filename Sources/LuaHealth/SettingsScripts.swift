package import ClusterSimulation
internal import Manifests

/// The health scripts in the `data` of `argocd-cm`.
///
/// Source: argo-cd `util/settings/settings.go`, `GetResourceOverrides`: `resource.customizations` first, then the keys
/// `resource.customizations.<type>.<group>_<Kind>`, each of which replaces one part of what is there for its kind.
package struct SettingsScripts {
    /// A script with the value that holds its text.
    package struct Found {
        package var entry: HealthScripts.Entry
        package var source: Value
    }

    /// By their place in the settings.
    package private(set) var found: [Found] = []
    /// What Argo CD refuses: then it has no customizations at all.
    package private(set) var problems: [(message: String, origin: Origin)] = []

    private static let prefix = "resource.customizations"
    /// What a key may customize. Source: as above.
    private static let types = [
        "health", "useOpenLibs", "actions", "ignoreDifferences", "ignoreResourceUpdates", "knownTypeFields",
    ]

    private struct Override {
        var pattern: Symbol
        var script: Value?
        var hasOpenLibraries = false
    }

    package init(_ data: Value) {
        var overrides: [Override] = []
        if let text = data[Symbol(Self.prefix)] { readWhole(text, &overrides) }
        for field in data.fields where field.key.text.hasPrefix(Self.prefix + ".") { read(field, &overrides) }
        guard problems.isEmpty else { return }
        found = overrides.compactMap { override in
            guard let source = override.script, let text = source.symbol, !text.isEmpty else { return nil }
            let script = HealthScript(text, hasOpenLibraries: override.hasOpenLibraries)
            return Found(entry: HealthScripts.Entry(override.pattern, script), source: source)
        }
    }

    /// The old form: one YAML text, a customization of each `GROUP/KIND`, wildcards allowed.
    private mutating func readWhole(_ source: Value, _ overrides: inout [Override]) {
        guard let text = source.text, !text.isEmpty else { return }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let origins = BlockScalar.lineOrigins(of: source.origin, lines: text.hasSuffix("\n") ? lines.dropLast() : lines)
        let map = LineMap(lines: origins.map { LineMap.Line(origin: $0, isVerbatim: $0 != source.origin) })
        let collector = DiagnosticCollector()
        let path = source.origin.location?.path ?? Self.prefix
        let documents = DocumentReader(diagnostics: collector).read(
            text: text, path: path, format: .yaml, lineMap: map)
        if let problem = collector.diagnostics.first(where: { $0.severity == .error && $0.code != "duplicate-key" }) {
            problems.append(("'\(Self.prefix)' is no YAML: \(problem.message)", source.origin))
            return
        }
        for field in documents.first?.fields ?? [] {
            overrides.append(
                Override(
                    pattern: field.key, script: field.value["health.lua"],
                    hasOpenLibraries: field.value["health.lua.useOpenLibs"]?.boolean ?? false))
        }
    }

    private mutating func read(_ field: Field, _ overrides: inout [Override]) {
        let parts = field.key.text.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4 else { return }
        guard Self.types.contains(String(parts[2])) else {
            problems.append(("resource customization type \(parts[2]) not supported", field.keyOrigin))
            return
        }
        guard parts[2] == "health" || parts[2] == "useOpenLibs" else { return }
        let names = parts[3].split(separator: "_", omittingEmptySubsequences: false)
        guard names.count <= 2, !parts[3].isEmpty else {
            problems.append(
                ("'\(field.key)' must end in '<group>_<Kind>' or '<Kind>', not '\(parts[3])'", field.keyOrigin))
            return
        }
        let pattern = Symbol(names.joined(separator: "/"))
        let known = overrides.firstIndex { $0.pattern == pattern }
        let index = known ?? overrides.count
        if known == nil { overrides.append(Override(pattern: pattern)) }
        if parts[2] == "health" {
            overrides[index].script = field.value
        } else {
            overrides[index].hasOpenLibraries = Self.truths.contains(field.value.text ?? "")
        }
    }

    /// Source: Go's `strconv.ParseBool`.
    private static let truths = ["1", "t", "T", "TRUE", "true", "True"]
}
