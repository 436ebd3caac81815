import ClusterSimulation
import Manifests

/// The scenarios that paths of a command line stand for.
package enum ScenarioSuite {
    /// The file of a folder that lists its scenarios.
    package static let indexName = "index.yaml"

    /// How long a scenario takes, as its index says.
    package enum Speed: String, Sendable, CaseIterable {
        case fast, slow
    }

    /// One scenario to rehearse.
    package struct Entry: Sendable, Equatable {
        package var path: String
        package var speed: Speed
        /// The folder whose scenarios the command line asks for, below which this one was found; its files may be
        /// named too.
        package var root: String?
    }

    /// Each scenario once, in the order of the paths; an index keeps its own order.
    ///
    /// A folder stands for the scenarios of its `index.yaml`, else for its `scenario.yaml`, else for every scenario
    /// below it, in byte order of their paths.
    package static func entries(of paths: [String]) -> (entries: [Entry], problems: Problems) {
        let context = DecodingContext(files: ScenarioFiles(root: ""), folder: ".")
        var entries: [Entry] = []
        var seen: Set<String> = []
        for path in paths {
            for entry in expand(ScenarioFiles.normal(path), context) where seen.insert(entry.path).inserted {
                entries.append(entry)
            }
        }
        return (entries, context.problems)
    }

    private static func expand(_ path: String, _ context: DecodingContext) -> [Entry] {
        switch context.files.entry(path) {
        case .missing:
            context.problems.error("missing-file", "no file '\(path)'", at: .none)
            return []
        case .file:
            let name = path.split(separator: "/").last.map(String.init)
            return name == indexName ? index(path, context.problems) : [Entry(path: path, speed: .fast)]
        case .folder:
            let index = ScenarioFiles.join(path, indexName)
            if context.files.entry(index) == .file { return self.index(index, context.problems) }
            let scenario = ScenarioFiles.join(path, ScenarioLoader.defaultFileName)
            if context.files.entry(scenario) == .file { return [Entry(path: scenario, speed: .fast)] }
            let found = scenarios(below: path, context)
            if found.isEmpty { context.problems.error("empty-folder", "no scenario below folder '\(path)'", at: .none) }
            return found.map { Entry(path: $0, speed: .fast, root: path) }
        }
    }

    /// The entries of an index file.
    private static func index(_ path: String, _ problems: Problems) -> [Entry] {
        let folder = ScenarioFiles.folder(of: path)
        let files = ScenarioFiles(root: "", roots: InputRoots(folder: folder))
        let context = DecodingContext(files: files, folder: folder, problems: problems)
        let before = problems.errorCount
        var entries: [Entry] = []
        for document in context.files.documents(path, context.problems, from: .none) where !document.isNull {
            guard case .array(let elements) = document.content else {
                context.problems.error(
                    "wrong-type", "an index must be a list, not \(document.typeName)", at: document.origin)
                continue
            }
            for element in elements {
                let reader = FieldReader(element, .indexEntry, context)
                let speed = reader.word("speed", among: Speed.allCases.map(\.rawValue)).flatMap(Speed.init(rawValue:))
                let place = (element["path"] ?? element).origin
                if let name = reader.text("path", required: true), let scenario = context.resolve(name, at: place) {
                    if context.files.entry(scenario) == .missing {
                        context.problems.error("missing-file", "no file '\(scenario)'", at: place)
                    }
                    entries.append(Entry(path: scenario, speed: speed ?? .fast, root: folder))
                }
                reader.finish()
            }
        }
        if entries.isEmpty, problems.errorCount == before {
            problems.collector.error("empty-file", "the index lists no scenario", path: path)
        }
        return entries
    }

    /// Every scenario file below a folder: those whose first lines say so.
    package static func scenarios(below folder: String) -> [String] {
        scenarios(below: folder, DecodingContext(files: ScenarioFiles(root: ""), folder: "."))
    }

    private static func scenarios(below folder: String, _ context: DecodingContext) -> [String] {
        context.files.files(below: folder, context.problems, from: .none).filter { $0.hasSuffix(".yaml") }
            .map { ScenarioFiles.join(folder, $0) }
            .filter { path in
                guard let bytes = try? context.files.read(path).get() else {
                    context.problems.error("unreadable-file", "cannot read '\(path)'", at: .none)
                    return false
                }
                let head = String(decoding: bytes.prefix(4096), as: UTF8.self).split(separator: "\n")
                return head.contains("kind: Scenario") && head.contains("apiVersion: \(ScenarioLoader.apiVersion)")
            }
    }
}
