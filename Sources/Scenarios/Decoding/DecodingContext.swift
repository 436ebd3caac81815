package import ClusterSimulation

/// What all parts of a scenario's decoding share: the problems found so far, and how paths are resolved.
final class DecodingContext {
    let problems: Problems
    let files: ScenarioFiles
    /// The objects of manifests by file, and how many were named in all.
    var objectsByPath: [String: [Value]] = [:]
    var objectCount = 0
    /// Templates whose faults were told, by path.
    var checkedTemplates: Set<String> = []
    /// Paths that were looked at and may be read, as they are written.
    private var resolvedPaths: [String: String] = [:]
    /// The folder of the scenario file; every path of the scenario is relative to it.
    let folder: String

    init(files: ScenarioFiles, folder: String, problems: Problems = Problems()) {
        self.files = files
        self.folder = folder
        self.problems = problems
    }

    /// A path of the scenario as the user would name it. Every path of a scenario comes through here before anything
    /// is looked at; nil, and an error, where it is none or leads out of the folders that may be read.
    func resolve(_ path: String, at place: Origin) -> String? {
        if let resolved = resolvedPaths[path] { return resolved }
        if let fault = InputPath.fault(path) {
            problems.error("invalid-path", fault, at: place)
            return nil
        }
        let resolved = ScenarioFiles.join(folder, path)
        if let roots = files.roots, !roots.allow(pathAsWritten: resolved) {
            problems.error(
                "outside-path",
                "'\(path)' leads out of the scenario's folder, and of what the command line says; '--root' says more",
                at: place)
            return nil
        }
        resolvedPaths[path] = resolved
        return resolved
    }
}

extension SimulationTime.Span {
    /// Durations as Go writes them: `1h30m`, `2s`, `500ms`, `1.5h`; days (`2d`) besides. nil for anything else, and for
    /// more than 3000 years.
    package init?(text: String) {
        let units: [(name: String, milliseconds: Double)] = [
            ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
        ]
        var rest = Substring(text)
        if rest == "0" {
            self.init(milliseconds: 0)
            return
        }
        var total = 0.0
        var found = false
        while !rest.isEmpty {
            let number = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
            guard !number.isEmpty, let count = Double(number) else { return nil }
            rest = rest.dropFirst(number.count)
            guard let unit = units.first(where: { rest.hasPrefix($0.name) }) else { return nil }
            rest = rest.dropFirst(unit.name.count)
            total += count * unit.milliseconds
            found = true
        }
        guard found, total < 1e14 else { return nil }
        self.init(milliseconds: Int64(total.rounded()))
    }
}
