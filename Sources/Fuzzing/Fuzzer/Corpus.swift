import Foundation
import FuzzMutators
import RobustnessCases

/// Everything that inputs are made of.
struct Corpus: Sendable {
    var seeds: [Seed.Kind: [Seed]] = [:]
    /// Documents by the path of their file within a seed's name.
    private(set) var documents: [String: [Node]] = [:]
    /// Parts of documents come from these.
    private(set) var donorDocuments: [Node] = []
    /// Parts of bytes come from these.
    private(set) var donorBytes: [[UInt8]] = []

    /// Reads the scenarios of an index, and folders with a `scenario.yaml` below another folder.
    init(index: String, folders: String, recordings: [String]) throws {
        let root = URL(fileURLWithPath: index).deletingLastPathComponent().path
        let text = try String(contentsOfFile: index, encoding: .utf8)
        var scenarios = text.split(separator: "\n").compactMap { line -> String? in
            line.hasPrefix("- path: ") ? root + "/" + line.dropFirst(8) : nil
        }
        guard !scenarios.isEmpty else { throw LimitedProcess.Failure("no scenario in \(index)") }
        scenarios += Self.files(below: folders).filter { $0.hasSuffix("/scenario.yaml") }
        seeds[.scenario] = scenarios.map { Self.scenario($0, root: root) }
        seeds[.recording] = recordings.flatMap(Self.recordings)
        for kind in Seed.Kind.allCases {
            for seed in seeds[kind] ?? [] { addDonors(of: seed) }
        }
    }

    private mutating func addDonors(of seed: Seed) {
        for file in seed.files {
            let isJSON = file.path.hasSuffix(".json")
            if donorBytes.count < 600 { donorBytes.append(file.bytes) }
            guard isJSON || file.path.hasSuffix(".yaml"), file.bytes.count < 200_000 else { continue }
            guard let nodes = Node.documents(file.bytes, isJSON: isJSON) else { continue }
            documents[seed.name + "/" + file.path] = nodes
            if donorDocuments.count < 600 { donorDocuments += nodes }
        }
    }

    /// The documents of a seed's file; nil where it is none that can be read.
    func documents(of path: String, in seed: Seed) -> [Node]? { documents[seed.name + "/" + path] }

    /// A scenario, its folder, and what it names outside of it.
    private static func scenario(_ path: String, root: String) -> Seed {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().standardized.path
        var paths = Set(files(below: folder))
        for file in paths where file.hasSuffix(".yaml") {
            let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
            for word in text.split(whereSeparator: { " \n,[]{}\"'".contains($0) }) where word.hasPrefix("../") {
                let named = URL(fileURLWithPath: folder + "/" + word).standardized.path
                paths.formUnion(files(below: named))
            }
        }
        // Without anything outside, the scenario's folder is the whole input.
        let base =
            paths.allSatisfy { $0.hasPrefix(folder + "/") } ? folder : URL(fileURLWithPath: root).standardized.path
        let inside = paths.filter { $0.hasPrefix(base + "/") }
        let files = inside.sorted().compactMap { path in
            (try? Data(contentsOf: URL(fileURLWithPath: path))).map {
                InputFile(path: String(path.dropFirst(base.count + 1)), bytes: [UInt8]($0))
            }
        }
        return Seed(
            kind: .scenario, name: path, files: files,
            scenario: String(URL(fileURLWithPath: path).standardized.path.dropFirst(base.count + 1)))
    }

    /// Each recording of a folder as an input of its own.
    private static func recordings(_ folder: String) -> [Seed] {
        files(below: folder).filter { $0.hasSuffix(".json") }.compactMap { path in
            guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)), data.count < 200_000 else { return nil }
            let name = String(path.dropFirst(folder.count + 1))
            return Seed(
                kind: .recording, name: path, files: [InputFile(path: name, bytes: [UInt8](data))], scenario: "")
        }
    }

    private static func files(below path: String) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
        guard isFolder.boolValue else { return [path] }
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.sorted().map { path + "/" + $0 }.filter {
            FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && !isFolder.boolValue
        }
    }
}
