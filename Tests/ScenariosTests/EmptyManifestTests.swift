import ClusterSimulation
import Manifests
import Testing

@testable import Scenarios

/// A manifest that gives nothing is told: the scenario would be rehearsed without what its author thinks is there.
@Suite struct EmptyManifestTests {
    static let empty = [
        "", " \n  \n", "\n\n", "# only\n# comments\n", "---\n", "---\n---\n...\n", "null\n", "~", "\u{FEFF}",
        "---\n# a\n---\nnull\n",
    ]

    @Test(arguments: empty) func `a file that a scenario names`(text: String) throws {
        for place in [
            "cluster: {manifests: [a.yaml]}", "cluster: {snapshot: [a.yaml]}",
            "steps: [{kubectl: {apply: [a.yaml]}}]", "steps: [{kubectl: {create: [a.yaml]}}]",
        ] {
            #expect(
                try HostileScenarioTests.problems(place, files: ["a.yaml": text]) == ["scenario.yaml:7 empty-manifest"],
                "\(place)")
        }
        #expect(
            try HostileScenarioTests.problems("cluster: {manifests: [a.json]}", files: ["a.json": ""])
                == ["scenario.yaml:7 empty-manifest"])
    }

    @Test(arguments: empty) func `a folder of such files`(text: String) throws {
        let found = try HostileScenarioTests.problems(
            "cluster: {manifests: [d]}", files: ["d/a.yaml": text, "d/b.yml": text])
        #expect(found == ["scenario.yaml:7 empty-manifest"])
    }

    @Test func `beside files that hold something it is a warning`() throws {
        let found = try HostileScenarioTests.problems(
            "cluster: {manifests: [d]}",
            files: ["d/a.yaml": "# nothing\n", "d/b.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n"])
        #expect(found == ["d/a.yaml:1 empty-manifest"])
    }

    @Test(arguments: ["items: []", "items: null", "items: [{apiVersion: v1, kind: List, items: []}]"])
    func `a list without items is a warning`(items: String) throws {
        let found = try HostileScenarioTests.problems(
            "cluster: {manifests: [a.yaml]}", files: ["a.yaml": "apiVersion: v1\nkind: List\n\(items)\n"])
        #expect(found == ["a.yaml:1 empty-manifest"])
    }

    @Test func `what is wrong otherwise is not empty too`() throws {
        let found = try HostileScenarioTests.problems("cluster: {manifests: [a.yaml]}", files: ["a.yaml": "a: [\n"])
        #expect(found == ["a.yaml:2 yaml-syntax"])
    }

    @Test func `folders without a manifest`() throws {
        let files = ["d/readme.txt": "", "e/.hidden.yaml": "a: 1"]
        for folder in ["d", "e"] {
            #expect(
                try HostileScenarioTests.problems("cluster: {manifests: [\(folder)]}", files: files)
                    == ["scenario.yaml:7 empty-folder"])
            #expect(
                try HostileScenarioTests.problems("repositories: [{url: a, path: \(folder)}]", files: files)
                    == ["scenario.yaml:7 empty-folder"])
        }
    }

    @Test(arguments: ["", "[]", "# nothing\n", "null\n"]) func `an index that lists nothing`(text: String) throws {
        try HostileScenarioTests.withFolder(["index.yaml": text]) { folder in
            let (entries, problems) = ScenarioSuite.entries(of: [folder])
            #expect(entries.isEmpty && problems.collector.diagnostics.map(\.code) == ["empty-file"])
        }
    }
}
