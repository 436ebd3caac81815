import ClusterSimulation
import Foundation
import Testing

@testable import Manifests
@testable import Scenarios

/// Small input that stands for very much: refused with its place, or bounded with the limit named, in time that
/// follows its size.
@Suite struct InputGrowthTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var spec: String
        var files: [String: String] = [:]
        /// A code that is told; nil: the scenario is read.
        var code: String?
        var testDescription: String { name }
    }

    /// Seconds of processor time that a case may take in a debug build, beside other tests. What these cases stand for
    /// would take minutes, or never end.
    private static let secondsMax = 20.0

    static func configMaps(_ count: Int) -> String {
        (0..<count).map { "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a\($0)}\n" }.joined()
    }

    private static func list(_ count: Int, _ element: (Int) -> String) -> String {
        "[" + (0..<count).map(element).joined(separator: ", ") + "]"
    }

    private static let tree = ["d/a.yaml": configMaps(10), "d/b.yaml": configMaps(10)]

    static let scenarios: [Case] = [
        Case(
            name: "a manifest named very often", spec: "cluster: {manifests: \(list(20_000) { _ in "a.yaml" })}",
            files: ["a.yaml": configMaps(200)], code: "too-many-objects"),
        Case(
            name: "a snapshot named very often", spec: "cluster: {snapshot: \(list(20_000) { _ in "a.yaml" })}",
            files: ["a.yaml": configMaps(200)], code: "too-many-objects"),
        Case(
            name: "a folder named very often", spec: "cluster: {manifests: \(list(20_000) { _ in "d" })}", files: tree,
            code: "too-many-objects"),
        Case(
            name: "a manifest applied very often",
            spec: "steps: \(list(5000) { _ in "{kubectl: {apply: [a.yaml]}}" })", files: ["a.yaml": configMaps(200)],
            code: "too-many-objects"),
        Case(
            name: "an empty file named very often", spec: "cluster: {manifests: \(list(20_000) { _ in "a.yaml" })}",
            files: ["a.yaml": String(repeating: "---\n", count: 20_000)], code: "empty-manifest"),
        Case(
            name: "a part included very often", spec: "include: \(list(900) { _ in "p.yaml" })",
            files: [
                "a.yaml": configMaps(1),
                "p.yaml": "apiVersion: rehearse.dev/v1alpha1\nkind: ScenarioPart\nspec: {cluster: {manifests: "
                    + list(20_000) { _ in "a.yaml" } + "}}\n",
            ], code: "too-many-includes"),
        Case(
            name: "a repository read very often",
            spec: "repositories: \(list(5000) { "{url: r\($0), path: d}" })", files: tree),
        Case(
            name: "a chart read very often",
            spec: "charts: \(list(10_000) { "{repoURL: r, chart: c\($0), path: d}" })",
            files: ["d/values.yaml": "a: 1", "d/templates/a.yaml": configMaps(500)]),
        Case(
            name: "an overlay read very often",
            spec: "repositories: [{url: r, path: d}]\nchangeSets: \(list(3000) { "{name: c\($0), overlay: d}" })",
            files: tree),
        Case(
            name: "very many names that are unknown",
            spec: "repositories: [{url: r, path: d}]\nchangeSets: \(list(3000) { "{name: c\($0), overlay: d}" })\n"
                + "steps: \(list(10_000) { "{merge: d\($0)}" })", files: tree, code: "unknown-change-set"),
        Case(
            name: "a name of half a megabyte",
            spec: "repositories: [{url: r, path: d}]\nchangeSets: [{name: \(String(repeating: "x", count: 400_000)), "
                + "overlay: d}]\nsteps: [{merge: \(String(repeating: "x", count: 399_999))y}]", files: tree,
            code: "unknown-change-set"),
        Case(
            name: "very many fields", spec: (0..<20_000).map { "f\($0): 1" }.joined(separator: "\n"),
            code: "unknown-field"),
        Case(
            name: "very many duplicates", spec: "cluster: {manifests: [a.yaml]}",
            files: ["a.yaml": "{" + (0..<40_000).map { "k\($0 % 20_000): 1" }.joined(separator: ", ") + "}"],
            code: "duplicate-key"),
        Case(
            name: "aliases of a long text", spec: "cluster: {manifests: [a.yaml]}",
            files: [
                "a.yaml": "a: &a \"\(String(repeating: "x", count: 200_000))\"\nb: \(list(20_000) { _ in "*a" })\n"
            ], code: "alias-expansion"),
        Case(
            name: "a path of very many parts",
            spec: "cluster: {manifests: [\(String(repeating: "a/../", count: 100_000))a.yaml]}", code: "invalid-path"),
    ]

    @Test(arguments: scenarios) func `of a scenario`(_ hostile: Case) throws {
        try HostileScenarioTests.withFolder(
            hostile.files.merging(["scenario.yaml": HostileScenarioTests.scenario(hostile.spec)]) { $1 }
        ) { folder in
            let (loaded, seconds) = Self.timed { ScenarioLoader.load(path: folder) }
            #expect(seconds < Self.secondsMax, "\(seconds) s")
            #expect((loaded.scenario == nil) == (hostile.code != nil))
            let codes = Set(loaded.problems.collector.diagnostics.map(\.code))
            if let code = hostile.code { #expect(codes.contains(code), "\(codes)") }
            #expect(loaded.problems.text.utf8.count < 1 << 20)
        }
    }

    private static func timed<Result>(_ body: () -> Result) -> (Result, seconds: Double) {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        let result = body()
        return (result, now() - start)
    }

    // MARK: Sources of Applications

    /// A source, the files of its repository, and what the answer says.
    struct Source: Sendable, CustomTestStringConvertible {
        var name: String
        var files: [String: String]
        var source: String = "{}"
        /// Part of why there are no manifests; nil: there are.
        var failure: String?
        /// Whether real Argo CD would go on, so that nothing follows from it.
        var isUnknown = false
        var testDescription: String { name }
    }

    private static func chart(_ template: String, values: String) -> [String: String] {
        [
            "d/Chart.yaml": "name: c\nversion: 1.0.0\n", "d/values.yaml": values,
            "d/templates/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n" + template,
        ]
    }

    private static func overlays(_ count: Int) -> [String: String] {
        var files = [
            "b/kustomization.yaml": "resources: [a.yaml]\n", "b/a.yaml": configMaps(2000),
            "d/kustomization.yaml": "resources: \(list(count) { "../o\($0)" })\n",
        ]
        for index in 0..<count { files["o\(index)/kustomization.yaml"] = "namespace: n\(index)\nresources: [../b]\n" }
        return files
    }

    static let sources: [Source] = [
        Source(
            name: "a file that a kustomization names very often",
            files: [
                "d/kustomization.yaml": "resources:\n" + String(repeating: "- a.yaml\n", count: 100_000),
                "d/a.yaml": configMaps(100),
            ], failure: "may not add resource with an already registered id: ConfigMap.v1.[noGrp]/a0.[noNs]"),
        Source(
            name: "a base that is reached twice",
            files: [
                "d/kustomization.yaml": "resources: [../b, ../c]\n", "b/kustomization.yaml": "resources: [../c]\n",
                "c/kustomization.yaml": "resources: [a.yaml]\n", "c/a.yaml": configMaps(1),
            ],
            failure: "recursed merging from path '<path to cached source>/c': may not add resource with an already "
                + "registered id: ConfigMap.v1.[noGrp]/a0.[noNs]"),
        Source(
            name: "namespaces that fall together",
            files: [
                "d/kustomization.yaml": "namespace: all\nresources: [a.yaml]\n",
                "d/a.yaml": """
                {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: x}}
                ---
                {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: y}}
                """,
            ], failure: "namespace transformation produces ID conflict: ConfigMap.v1.[noGrp]/a.all"),
        Source(
            name: "names that differ by namespace or version",
            files: [
                "d/kustomization.yaml": "resources: [a.yaml]\n",
                "d/a.yaml": """
                {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: x}}
                ---
                {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
                ---
                {apiVersion: example.dev/v1, kind: ConfigMap, metadata: {name: a}}
                """,
            ]),
        Source(
            name: "the namespace default and none",
            files: [
                "d/kustomization.yaml": "resources: [a.yaml, b.yaml]\n",
                "d/a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: default}}",
                "d/b.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}",
            ], failure: "may not add resource with an already registered id: ConfigMap.v1.[noGrp]/a.[noNs]"),
        Source(
            name: "an empty kustomization",
            files: ["d/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"],
            failure: "kustomization.yaml is empty"),
        Source(name: "a kustomization of nothing", files: ["d/kustomization.yaml": "resources: []\n"]),
        Source(
            name: "comments that a kustomization names very often",
            files: [
                "d/kustomization.yaml": "resources:\n" + String(repeating: "- a.yaml\n", count: 50_000),
                "d/a.yaml": String(repeating: "#", count: 200_000),
            ], failure: "bytes of text", isUnknown: true),
        Source(
            name: "a base in very many namespaces", files: overlays(200), failure: "more than", isUnknown: true),
        Source(
            name: "quotes of quotes",
            files: chart(
                (0..<200).map { "  k\($0): {{ .Values.a\(String(repeating: " | quote", count: 18)) }}\n" }.joined(),
                values: "a: '\"\\'"), failure: "bytes", isUnknown: true),
        Source(
            name: "a text of line breaks, indented",
            files: chart(
                "  k: {{ .Values.a | nindent 200 }}\n", values: "a: \"\(String(repeating: "\\n", count: 200_000))\""),
            failure: "the template gives more than", isUnknown: true),
        Source(
            name: "indents of indents",
            files: chart(
                "  k: {{ .Values.a\(String(repeating: " | indent 200", count: 200)) }}\n",
                values: "a: \"\(String(repeating: "\\n", count: 1000))\""), failure: "bytes", isUnknown: true),
        Source(
            name: "a list that is nested deep, as YAML",
            files: chart(
                "  k: {{ toYaml .Values.a | quote }}\n",
                values: "a: " + String(repeating: "[", count: 900) + String(repeating: "x,", count: 400_000)
                    + String(repeating: "]", count: 900)), failure: "the template gives more than", isUnknown: true),
        Source(
            name: "aliases of a text, as JSON",
            files: chart(
                "  k: {{ .Values.b | quote }}\n",
                values: "a: &a \"\(String(repeating: "x", count: 200_000))\"\nb: \(list(200) { _ in "*a" })"),
            failure: "the template gives more than", isUnknown: true),
        Source(
            name: "values that are named very often",
            files: chart("  k: v\n", values: "a: b").merging(
                ["d/v.yaml": (0..<10_000).map { "k\($0): 1\n" }.joined()]) { $1 },
            source: "{helm: {valueFiles: \(list(20_000) { _ in "v.yaml" })}}", failure: "bytes of text",
            isUnknown: true),
        Source(
            name: "parameters with large indices", files: chart("  k: v\n", values: "a: b"),
            source: "{helm: {parameters: \(list(5000) { _ in "{name: \"a[65536]\", value: b}" })}}",
            failure: "elements in all", isUnknown: true),
        Source(
            name: "parameters with indices within indices", files: chart("  k: v\n", values: "a: b"),
            source:
                "{helm: {parameters: \(list(1000) { "{name: \"a[\($0)]\(String(repeating: "[65536]", count: 28))\", value: b}" })}}",
            failure: "elements in all", isUnknown: true),
        Source(
            name: "a pattern of very many alternatives",
            files: Dictionary(uniqueKeysWithValues: (0..<2000).map { ("d/\($0).yaml", configMaps(1)) }),
            source: "{directory: {exclude: \"\(String(repeating: "{a,b}", count: 200))*\"}}"),
    ]

    @Test(arguments: sources) func `of a source`(_ hostile: Source) throws {
        let files = hostile.files.map {
            FileTree.File(path: $0.key, shownPath: "growth/\(hostile.name)/\($0.key)", bytes: Array($0.value.utf8))
        }
        let server = ScenarioRepoServer(
            repositories: [Scenario.Repository(url: "r", aliases: [], branch: "main", tree: FileTree(files))],
            charts: [], changeSets: [])
        var source = try #require(
            DocumentReader(diagnostics: DiagnosticCollector()).read(text: hostile.source, path: "source").first)
        source["repoURL"] = "r"
        source["path"] = "d"
        let request = ManifestRequest(
            application: "x", source: source, namespace: "default", changeSets: [], versions: Versions())
        let (answer, seconds) = Self.timed { server.generate(request) }
        #expect(seconds < Self.secondsMax, "\(seconds) s")
        #expect(answer.missing.isEmpty != hostile.isUnknown)
        switch answer.result {
        case .success: #expect(hostile.failure == nil)
        case .failure(let failure):
            #expect(failure.message.contains(hostile.failure ?? "no failure"), "\(failure.message.prefix(500))")
        }
    }

    @Test func `objects of all Applications together have a bound`() throws {
        let file = FileTree.File(
            path: "d/a.yaml", shownPath: "growth/d/a.yaml", bytes: Array(Self.configMaps(1000).utf8))
        let server = ScenarioRepoServer(
            repositories: [Scenario.Repository(url: "r", aliases: [], branch: "main", tree: FileTree([file]))],
            charts: [], changeSets: [])
        var account = ManifestAccount()
        func generate(_ application: String) -> Bool {
            let request = ManifestRequest(
                application: Symbol(application), source: .object(["repoURL": "r", "path": "d"]),
                namespace: Symbol("n" + application), changeSets: [], versions: Versions())
            return account.take(server.generate(request), request, server.bounds) == nil
        }
        for index in 0..<100 { #expect(generate("a\(index)")) }
        #expect(account.missing.isEmpty)
        #expect(!generate("a100"))
        #expect(account.missing.map(\.message) == ["the sources of this rehearsal give more than 100000 objects"])
        // What was taken stays; and what this cluster has asked for no other has.
        #expect(generate("a5"))
        account = ManifestAccount()
        #expect(generate("a100"))
    }
}
