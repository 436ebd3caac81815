import ClusterSimulation
import Testing

@testable import Scenarios

/// Which change sets can matter to a source, and that the manifests are the same without the others.
@Suite struct ReducedRequestTests {
    private static func tree(_ files: [String: String]) -> FileTree {
        FileTree(files.map { FileTree.File(path: $0.key, shownPath: "test/" + $0.key, bytes: Array($0.value.utf8)) })
    }

    private static func configMap(_ name: String) -> String {
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\n"
    }

    private static func changeSet(
        _ name: Symbol, _ files: [String: String], removed: [String] = []
    ) -> Scenario.ChangeSet {
        Scenario.ChangeSet(
            name: name, title: "", repository: "r", overlay: tree(files), removed: removed, origin: .none)
    }

    private static let server = ScenarioRepoServer(
        repositories: [
            Scenario.Repository(
                url: "https://git/r", aliases: [], branch: "main",
                tree: tree([
                    "a/one.yaml": configMap("one"), "a/two.yaml": configMap("two"), "ab/x.yaml": configMap("x"),
                    "k/kustomization.yaml": "resources: [../a/one.yaml]\n",
                ]))
        ],
        charts: [],
        changeSets: [
            changeSet("inside", ["a/one.yaml": configMap("changed")]),
            changeSet("beside", ["ab/x.yaml": configMap("y")]),
            changeSet("removing", [:], removed: ["a/two.yaml"]),
        ])

    private static func reduced(_ source: Value) -> [Symbol] {
        var source = source
        source["repoURL"] = "https://git/r"
        let request = ManifestRequest(
            application: "app", source: source, namespace: "default", changeSets: ["inside", "beside", "removing"],
            versions: Versions())
        let reduced = server.reduced(request)
        #expect((try? server.generate(reduced).result.get()) == (try? server.generate(request).result.get()))
        return reduced.changeSets
    }

    @Test func changeSetsBesideTheFolderDoNotMatter() {
        #expect(Self.reduced(["path": "a"]) == ["inside", "removing"])
        #expect(Self.reduced(["path": "./ab/"]) == ["beside"])
    }

    @Test func sourcesThatReadElsewhereKeepAll() {
        let all: [Symbol] = ["inside", "beside", "removing"]
        #expect(Self.reduced(["path": "k"]) == all)
        #expect(Self.reduced(["path": "."]) == all)
        #expect(Self.reduced(["path": "ab", "helm": ["valueFiles": ["../a/one.yaml"]]]) == all)
    }
}
