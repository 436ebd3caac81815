import ClusterSimulation
import Foundation
import Testing

@testable import Manifests
@testable import Scenarios

/// Scenarios and folders that are broken, cyclic or absurd: refused with a place, or rehearsed. Never a crash.
@Suite struct HostileScenarioTests {
    /// A scenario's text around what a test says in `spec`.
    static func scenario(
        _ spec: String, start: String = "2026-01-12T09:00:00Z", horizon: String = "2026-01-12T09:30:00Z"
    )
        -> String
    {
        """
        apiVersion: rehearse.dev/v1alpha1
        kind: Scenario
        metadata: {name: hostile}
        spec:
          start: "\(start)"
          horizon: "\(horizon)"
        \(spec.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
        """
    }

    /// What loading a scenario beside some files says, as `file:line code`.
    static func problems(_ spec: String, files: [String: String] = [:]) throws -> [String] {
        try withFolder(files.merging(["scenario.yaml": scenario(spec)]) { $1 }) { folder in
            let (scenario, problems) = ScenarioLoader.load(path: folder + "/scenario.yaml")
            #expect((scenario == nil) == problems.hasErrors)
            return problems.collector.diagnostics.map { diagnostic in
                let place = diagnostic.location.map { "\($0.path.dropFirst(folder.count + 1)):\($0.line)" } ?? "-"
                return "\(place) \(diagnostic.code)"
            }
        }
    }

    static func withFolder<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws -> Result {
        try withTemporaryFolder(files) { try body($0.path) }
    }

    static func part(_ include: String) -> String {
        "apiVersion: rehearse.dev/v1alpha1\nkind: ScenarioPart\nspec: {include: [\(include)]}\n"
    }

    @Test(arguments: [
        ("seed: -1", ["scenario.yaml:7 out-of-range"]), ("seed: 99999999999999999999", ["scenario.yaml:7 wrong-type"]),
        ("seed: 1.5", ["scenario.yaml:7 wrong-type"]), ("settle: 1e999h", ["scenario.yaml:7 invalid-duration"]),
        ("settle: 99999999999999999999h", ["scenario.yaml:7 invalid-duration"]),
        ("settle: -1h", ["scenario.yaml:7 invalid-duration"]),
        ("settle: 20000h", ["scenario.yaml:7 out-of-range"]),
        ("versions: {kubernetes: 1.99999999999999999999}", ["scenario.yaml:7 unsupported-version"]),
        ("steps: [{after: 900000d, wait: settled}]", ["scenario.yaml:7 time-order"]),
        ("steps: [{at: 2026-02-30T00:00:00Z, wait: settled}]", ["scenario.yaml:7 invalid-time"]),
        (
            "steps: [{after: 1m, kubectl: {scale: {kind: Deployment, name: a, replicas: -1}}}]",
            ["scenario.yaml:7 out-of-range"]
        ),
        ("steps: [{after: 1m, kubectl: {patch: {kind: Pod, name: a, patch: text}}}]", ["scenario.yaml:7 wrong-type"]),
        (
            "steps: [{after: 1m, kubectl: {patch: {kind: Pod, name: a, type: json, patch: {}}}}]",
            ["scenario.yaml:7 wrong-type"]
        ),
        (
            "steps: [null, 1, [], {}]",
            [
                "scenario.yaml:7 wrong-type", "scenario.yaml:7 wrong-type", "scenario.yaml:7 wrong-type",
                "scenario.yaml:7 step-action",
            ]
        ),
        ("include: [scenario.yaml]", ["scenario.yaml:7 include-cycle"]),
        ("include: [missing.yaml]", ["scenario.yaml:7 missing-file"]),
        ("include: [.]", ["scenario.yaml:7 unreadable-file"]),
        ("include: {a: b}", ["scenario.yaml:7 wrong-type"]),
        (
            "cluster: {manifests: [missing.yaml, /dev/zero]}",
            ["scenario.yaml:7 missing-file", "scenario.yaml:7 outside-path"]
        ),
        ("repositories: [{url: a, path: missing}]", ["scenario.yaml:7 missing-folder"]),
    ]) func `a field that makes no sense has a place`(spec: String, expected: [String]) throws {
        let found = try Self.problems(spec)
        #expect(found.filter { !expected.contains($0) } == [] && !found.isEmpty, "\(found)")
        for problem in expected { #expect(found.contains(problem), "\(found)") }
    }

    @Test(arguments: ["0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "1960-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
    func `years far away are refused`(time: String) throws {
        let text = Self.scenario("seed: 1", start: time, horizon: time)
        try Self.withFolder(["scenario.yaml": text]) { folder in
            let problems = ScenarioLoader.load(path: folder).problems.collector.diagnostics
            #expect(problems.map(\.code).contains("out-of-range"), "\(problems)")
        }
    }

    // MARK: Circles

    @Test func `parts that include each other are refused at once`() throws {
        let found = try Self.problems(
            "include: [a.yaml]",
            files: ["a.yaml": Self.part("b.yaml, b.yaml, b.yaml"), "b.yaml": Self.part("a.yaml, a.yaml, a.yaml")])
        #expect(Set(found) == ["b.yaml:3 include-cycle"])
    }

    @Test func `parts that multiply are refused`() throws {
        var files: [String: String] = [:]
        for level in 0..<8 {
            files["p\(level).yaml"] = Self.part(
                Array(repeating: "p\(level + 1).yaml", count: 10).joined(separator: ", "))
        }
        files["p8.yaml"] = "apiVersion: rehearse.dev/v1alpha1\nkind: ScenarioPart\nspec: {seed: 1}\n"
        let found = try Self.problems("include: [p0.yaml]", files: files)
        #expect(found.contains { $0.hasSuffix("too-many-includes") }, "\(found.prefix(3))")
    }

    private static func kustomizations(_ files: [String: String]) -> String {
        let tree = FileTree(files.map { .init(path: $0.key, shownPath: $0.key, bytes: Array($0.value.utf8)) })
        do throws(KustomizeSource.Failure) {
            return "\(try KustomizeSource(tree: tree, path: "a").objects().count) objects"
        } catch {
            return error.message
        }
    }

    @Test func `kustomizations in a circle`() {
        let message = Self.kustomizations([
            "a/kustomization.yaml": "resources: [../b, ../b]", "b/kustomization.yaml": "resources: [../a, ../a]",
        ])
        #expect(message.contains("cycle detected"))
    }

    @Test func `kustomizations that multiply`() {
        var files = ["a/kustomization.yaml": "resources: [../k0, ../k0]"]
        for level in 0..<40 {
            files["k\(level)/kustomization.yaml"] = "resources: [../k\(level + 1), ../k\(level + 1)]"
        }
        files["k40/kustomization.yaml"] = "resources: []"
        #expect(Self.kustomizations(files) == "more than 1000 kustomizations in one build")
    }

    // MARK: Folders

    @Test func `links are followed within a folder only, and told otherwise`() throws {
        let objects = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n"
        let text = Self.scenario("cluster: {manifests: [objects]}\nrepositories: [{url: a, path: repository}]")
        let files = [
            "scenario.yaml": text, "objects/a.yaml": objects, "repository/b.yaml": objects, "outside.yaml": objects,
        ]
        try Self.withFolder(files) { folder in
            let manager = FileManager.default
            for (link, target) in [
                ("objects/inner.yaml", "a.yaml"), ("objects/outer.yaml", "../outside.yaml"), ("objects/loop", "."),
                ("objects/self.yaml", "self.yaml"), ("repository/circle", "../repository"),
            ] { try manager.createSymbolicLink(atPath: "\(folder)/\(link)", withDestinationPath: target) }
            let (scenario, problems) = ScenarioLoader.load(path: folder)
            #expect(scenario?.cluster.manifests.count == 2)
            #expect(scenario?.repositories.first?.tree.files.map(\.path) == ["b.yaml"])
            #expect(problems.collector.diagnostics.map(\.code) == Array(repeating: "link-not-followed", count: 4))
        }
    }

    @Test func `a pipe that nobody writes to does not block`() throws {
        try Self.withFolder(["scenario.yaml": Self.scenario("cluster: {manifests: [pipe.yaml]}")]) { folder in
            #expect(mkfifo(folder + "/pipe.yaml", 0o600) == 0)
            _ = ScenarioLoader.load(path: folder)
        }
    }

    @Test func `lists that hold no list are refused, typed lists are completed`() throws {
        let files = [
            "a.yaml": "apiVersion: v1\nkind: List\nitems: {a: b}\n",
            "b.yaml": "apiVersion: v1\nkind: List\nitems: [1]\n",
            "c.yaml": "apiVersion: v1\nkind: NamespaceList\nitems: [{metadata: {name: a}}]\n",
            "d.yaml": "apiVersion: v1\nkind: List\nitems: null\n",
        ]
        let found = try Self.problems("cluster: {manifests: [a.yaml, b.yaml, c.yaml, d.yaml]}", files: files)
        #expect(found == ["a.yaml:3 wrong-type", "b.yaml:3 no-object", "d.yaml:1 empty-manifest"])
    }

    // MARK: Templates

    private static func rendered(_ template: String, values: String = "a: x") -> String {
        let tree = FileTree([
            .init(path: "values.yaml", shownPath: "values.yaml", bytes: Array(values.utf8)),
            .init(path: "templates/a.yaml", shownPath: "templates/a.yaml", bytes: Array(template.utf8)),
        ])
        let chart = Chart(tree: tree, version: "1")
        do throws(Chart.Failure) {
            let release = Chart.Release(name: "r", namespace: "n", skipsDefinitions: false)
            let objects = try chart.render(release, values: try chart.values([]), templates: TemplateStore())
            return "\(objects.count) objects"
        } catch {
            return error.message
        }
    }

    @Test(arguments: [
        "{{", "{{}}", "{{-}}", "{{- -}}", "{{ | }}", "{{ .Values.a | }}", "{{ if }}", "{{ end }}", "{{ else }}",
        "{{ if .Values.a }}", "{{ . }}", "{{ .Values. }}", "{{ ..a }}", "{{ \"a }}", "{{ `a }}", "{{ /* }}", "{{ - }}",
        "{{ include \"a\" . }}", "{{ range .Values.a }}{{ end }}", "{{ not }}", "{{ if not }}",
        "{{ if eq 1 }}{{ end }}",
        "{{ .Values.a | indent -1 }}", "{{ .Values.a | indent 99999999999999999999 }}", "{{ quote }}",
        "{{ .Values.a.b.c }}",
    ]) func `a template that is none is refused`(template: String) {
        #expect(!Self.rendered(template).hasSuffix("objects"))
    }

    @Test func `templates that nest or multiply without bound are refused`() {
        let deep =
            String(repeating: "{{ if .Values.a }}", count: 10_000) + String(repeating: "{{ end }}", count: 10_000)
        #expect(Self.rendered(deep).contains("nested more than"))
        let quotes = "a: {{ .Values.a" + String(repeating: " | quote", count: 60) + " }}"
        #expect(Self.rendered(quotes, values: "a: '\"\\'").contains("gives more than"))
        let text = "a: " + String(repeating: "x", count: 1 << 20)
        #expect(
            Self.rendered(String(repeating: "{{ .Values.a }}\n", count: 20), values: text).contains("gives more than"))
    }

    @Test func `the line of a template's Secret is not shown`() throws {
        let template = "apiVersion: v1\nkind: Secret\nstringData: {p: hunter2, q: {{ lookup 1 }}}\n"
        let files = ["chart/templates/a.yaml": template, "chart/values.yaml": "{}"]
        try Self.withFolder(
            files.merging([
                "scenario.yaml": Self.scenario("charts: [{repoURL: a, chart: b, version: 1, path: chart}]")
            ]) { $1 }
        ) { folder in
            let problems = ScenarioLoader.load(path: folder).problems
            #expect(problems.collector.diagnostics.map(\.code) == ["unsupported-template"])
            #expect(!problems.text.contains("hunter2"))
        }
    }

    @Test func `parameters that nest too deep fail as in Helm`() {
        let name = Value.string(Array(repeating: "a", count: 31).joined(separator: "."))
        #expect(throws: Chart.Failure.self) {
            try ChartValues.apply(parameters: [.object(["name": name, "value": "b"])], to: Value(.object([])))
        }
    }
}
