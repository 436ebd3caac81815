import ClusterSimulation
import Foundation
import Manifests
import Testing

@testable import Scenarios

/// The published schema, the decoder, the documentation and the committed scenarios say the same.
@Suite struct SchemaTests {
    static let root = TestFiles.url("")

    private func documents(_ path: String) throws -> [Value] {
        let diagnostics = DiagnosticCollector()
        let file = Self.root.appendingPathComponent(path).path
        let values = DocumentReader(diagnostics: diagnostics).read(path: file, as: path)
        try #require(diagnostics.text.isEmpty, "\(diagnostics.text)")
        return values.filter { !$0.isNull }
    }

    private func document(_ text: String) throws -> Value {
        let diagnostics = DiagnosticCollector()
        let values = DocumentReader(diagnostics: diagnostics).read(text: text, path: "test.yaml")
        return try #require(values.first, "\(diagnostics.text)")
    }

    private func schema() throws -> JSONSchema {
        JSONSchema(root: try #require(try documents("scenarios/schema/scenario.schema.json").first))
    }

    /// Every committed file of the format.
    static let files: [String] = {
        let folder = root.appendingPathComponent("scenarios").path
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return paths.filter { path in
            guard path.hasSuffix(".yaml"), let text = try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
            else { return false }
            return text.contains("\napiVersion: rehearse.dev/") || text.hasPrefix("apiVersion: rehearse.dev/")
        }.sorted().map { "scenarios/\($0)" }
    }()

    @Test func `there are committed scenarios`() { #expect(Self.files.count >= 6, "\(Self.files)") }

    @Test(arguments: files)
    func `committed files follow the schema`(path: String) throws {
        let schema = try schema()
        for document in try documents(path) {
            let problems = schema.problems(of: document)
            #expect(problems.isEmpty, "\(path)\(problems)")
        }
    }

    @Test func `the index lists every scenario of the suite`() {
        let folder = Self.root.appendingPathComponent("scenarios").path
        let (entries, problems) = ScenarioSuite.entries(of: [folder])
        #expect(!problems.hasErrors, "\(problems.text)")
        #expect(Set(ScenarioSuite.scenarios(below: folder)) == Set(entries.map(\.path)))
    }

    @Test(arguments: ObjectFields.all.map(\.id))
    func `the decoder and the schema have the same fields`(id: String) throws {
        let fields = try #require(ObjectFields.all.first { $0.id == id })
        let definition = try #require(try schema().root["$defs"]?[Symbol(id)], "the schema does not define \(id)")
        if fields.isMap {
            #expect(definition["additionalProperties"]?["$ref"] != nil)
            return
        }
        #expect(definition["additionalProperties"]?.boolean == false)
        #expect(Set(definition["properties"]?.fields.map(\.key.text) ?? []) == Set(fields.fields))
    }

    @Test func `the schema defines nothing else, and describes everything`() throws {
        let definitions = try schema().root["$defs"]?.fields ?? []
        let values = ["text", "time", "duration"]
        #expect(Set(definitions.map(\.key.text)) == Set(ObjectFields.all.map(\.id) + values))
        for definition in definitions {
            #expect(definition.value["description"]?.text?.isEmpty == false, "\(definition.key)")
            for property in definition.value["properties"]?.fields ?? [] {
                let isReference = property.value["$ref"] != nil
                #expect(isReference || property.value["description"] != nil, "\(definition.key).\(property.key)")
            }
        }
    }

    @Test(
        arguments: [
            "{start: \"2026-01-12T09:00:00Z\"}", "{start: today, horizon: \"2026-01-12T09:00:00Z\"}",
            "{include: [a.yaml], seed: -1}", "{include: [a.yaml], seeds: 1}", "{include: [a.yaml], settle: 1 hour}",
            "{include: [a.yaml], steps: [{after: 5m}]}", "{include: [a.yaml], steps: [{merge: a, revert: b}]}",
            "{include: [a.yaml], steps: [{at: \"2026-01-12T09:00:00Z\", after: 5m, merge: a}]}",
            "{include: [a.yaml], charts: [{repoURL: a, path: b}]}", "{include: [a.yaml], expect: {verdict: good}}",
            "{include: [a.yaml], steps: [{removeFinalizers: {kind: Pod, namespace: a}}]}",
            "{include: [a.yaml], steps: [{kubectl: {scale: {kind: Deployment, name: a}}}]}",
        ])
    func `what is wrong is refused by schema and decoder`(spec: String) throws {
        let text = "apiVersion: rehearse.dev/v1alpha1\nkind: Scenario\nmetadata: {name: a}\nspec: \(spec)\n"
        #expect(try !schema().problems(of: try document(text)).isEmpty)
        let (scenario, problems) = ScenarioLoader.load(path: "-", standardInput: Array(text.utf8))
        #expect(scenario == nil && problems.hasErrors)
    }

    // MARK: Documentation

    private func page() throws -> String {
        try String(contentsOf: Self.root.appendingPathComponent("docs/scenario-format.md"), encoding: .utf8)
    }

    @Test func `every field is documented`() throws {
        let page = try page()
        for object in ObjectFields.all where !object.isMap {
            let section = page.components(separatedBy: "\n### \(object.id)\n").last?.components(separatedBy: "\n### ")[
                0]
            for field in object.fields { #expect(section?.contains("| `\(field)`") == true, "\(object.id).\(field)") }
        }
    }

    @Test func `every diagnostic code is documented`() throws {
        let page = try page()
        let pattern = #/(?:error|warning)\(\s*"([a-z0-9-]+)"|code: "([a-z0-9-]+)"|exists \? "([a-z-]+)" : "([a-z-]+)"/#
        var codes: Set<String> = []
        for target in ["Scenarios", "Manifests"] {
            let folder = Self.root.appendingPathComponent("Sources/\(target)").path
            for path in try FileManager.default.subpathsOfDirectory(atPath: folder) where path.hasSuffix(".swift") {
                let text = try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
                for match in text.matches(of: pattern) {
                    for code in [match.1, match.2, match.3, match.4] { if let code { codes.insert(String(code)) } }
                }
            }
        }
        #expect(codes.count > 20)
        for code in codes.sorted() { #expect(page.contains("| `\(code)` |"), "\(code)") }
    }
}

/// docs/cluster-model.md tells of every program and every built-in kind with a controller.
@Suite struct ClusterModelPageTests {
    @Test func `every program model is documented`() throws {
        let page = try String(
            contentsOf: SchemaTests.root.appendingPathComponent("docs/cluster-model.md"), encoding: .utf8)
        for program in ProgramCatalogue.all { #expect(page.contains("`\(program.name)`"), "\(program.name)") }
    }
}
