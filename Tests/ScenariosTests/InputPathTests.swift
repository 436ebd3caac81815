import ClusterSimulation
import Foundation
import Manifests
import Testing

@testable import Scenarios

/// Paths in scenarios: none that the system reads otherwise than it is written, and none that leads out.
@Suite struct InputPathTests {
    /// Where a scenario can have a path, with `PATH` in its place.
    static let places = [
        "cluster: {manifests: [PATH]}", "cluster: {snapshot: [PATH]}", "cluster: {healthScripts: PATH}",
        "repositories: [{url: a, path: PATH}]", "charts: [{repoURL: a, chart: b, path: PATH}]",
        "repositories: [{url: a, path: d}]\nchangeSets: [{name: c, overlay: PATH}]",
        "repositories: [{url: a, path: d}]\nchangeSets: [{name: c, overlay: d, removed: [PATH]}]",
        "include: [PATH]", "steps: [{kubectl: {apply: [PATH]}}]", "steps: [{kubectl: {create: [PATH]}}]",
        "steps: [{kubectl: {replace: [PATH]}}]",
    ]

    private static let object = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n"
    private static let files = ["d/a.yaml": object]

    @Test(arguments: places) func `that are none are refused at their place`(place: String) throws {
        let line = place.contains("\n") ? 8 : 7
        let long = String(repeating: "n", count: 256)
        for path in [#""d\0.yaml""#, #""d\0""#, #""d/a\e.yaml""#, #""d/\x7f""#, #""""#, long, "\(long)/a"] {
            let found = try HostileScenarioTests.problems(
                place.replacingOccurrences(of: "PATH", with: path), files: Self.files)
            #expect(found == ["scenario.yaml:\(line) invalid-path"], "\(path)")
        }
        let deep = String(repeating: "d/", count: 2048)
        let found = try HostileScenarioTests.problems(
            place.replacingOccurrences(of: "PATH", with: deep), files: Self.files)
        #expect(found == ["scenario.yaml:\(line) invalid-path"])
    }

    @Test func `of an index are looked at too`() throws {
        let index = "- {path: \"a\\0\"}\n- {path: ../../outside}\n- {path: /etc/hostname}\n"
        try HostileScenarioTests.withFolder(["index.yaml": index]) { folder in
            let (entries, problems) = ScenarioSuite.entries(of: [folder])
            #expect(entries.isEmpty)
            #expect(problems.collector.diagnostics.map(\.code) == ["invalid-path", "outside-path", "outside-path"])
        }
    }

    @Test func `with a NUL are not handed to the system`() throws {
        try HostileScenarioTests.withFolder(["d/a.yaml": "a: 1"]) { folder in
            for path in ["\(folder)/d\0", "\(folder)/d/a.yaml\0", "\0"] {
                #expect(InputFiles.kind(path) == .missing)
                #expect(InputFiles.realPath(path) == nil)
                #expect(throws: InputFiles.Failure.self) { try InputFiles.read(path, sizeMax: 100) }
                #expect(throws: InputFiles.Failure.self) { try InputFiles.files(in: path) }
                let problems = Problems()
                #expect(ScenarioFiles(root: "").files(below: path, problems, from: .none).isEmpty)
            }
        }
    }

    @Test func `into folders without end have a bound`() throws {
        try HostileScenarioTests.withFolder([:]) { folder in
            let deep = folder + "/" + String(repeating: "d/", count: 150)
            try FileManager.default.createDirectory(atPath: deep, withIntermediateDirectories: true)
            #expect(throws: InputFiles.Failure.self) { try InputFiles.files(in: folder) }
        }
    }

    // MARK: Where files may lie

    private static let secret = "hunter2: hunter2: [\n"

    /// What a scenario in `suite/own` says that names each of these paths.
    private static func codes(
        _ paths: [String], roots: [String] = [], more: [String: String] = [:], links: [String: String] = [:],
        place: String = "cluster: {manifests: [PATH]}"
    ) throws -> [String] {
        let spec = HostileScenarioTests.scenario(
            place.replacingOccurrences(of: "PATH", with: paths.joined(separator: ", ")))
        let files = [
            "a/b/suite/own/scenario.yaml": spec, "a/b/suite/own/in.yaml": Self.object,
            "a/b/suite/shared/x.yaml": Self.object, "a/b/out.yaml": secret, "a/b/.hidden.yaml": secret,
            "a/b/suite/.git/config": secret, "a/b/suite/own/.own.yaml": Self.object,
        ]
        return try HostileScenarioTests.withFolder(files.merging(more) { $1 }) { folder in
            for (link, target) in links {
                try FileManager.default.createSymbolicLink(
                    atPath: "\(folder)/a/b/suite/\(link)", withDestinationPath: target)
            }
            let (_, problems) = ScenarioLoader.load(
                path: "\(folder)/a/b/suite/own", roots: roots.map { "\(folder)/\($0)" })
            #expect(!problems.text.contains("hunter2"), "\(problems.text)")
            return problems.collector.diagnostics.map { "\($0.location?.line ?? 0) \($0.code)" }
        }
    }

    @Test func `below the scenario's folder, and beside it, may be named`() throws {
        #expect(try Self.codes(["in.yaml", "./in.yaml", "../own/in.yaml", "../shared/x.yaml", ".own.yaml"]) == [])
        // A suite is what an index lists.
        let files = ["a/index.yaml": "[]", "a/b/out.yaml": Self.object]
        #expect(try Self.codes(["../../out.yaml"], more: files) == [])
    }

    @Test func `elsewhere may not be named, whatever is there`() throws {
        for path in [
            "/etc/passwd", "/etc", "/nowhere", "../../out.yaml", "../../nothing.yaml", "../../../..", "/", "../../..",
            "../.git/config", "../.git", "in.yaml/../../../out.yaml",
        ] {
            for place in InputPathTests.places where !place.contains("removed") && !place.contains("\n") {
                #expect(try Self.codes([path], place: place) == ["7 outside-path"], "\(path) in \(place)")
            }
        }
    }

    @Test func `elsewhere may be named where the command line says so`() throws {
        let files = ["a/b/out.yaml": Self.object]
        #expect(try Self.codes(["../../out.yaml"], roots: ["a"], more: files) == [])
        // Hidden files and git's own are left alone.
        #expect(
            try Self.codes(["../../.hidden.yaml", "../.git/config"], roots: ["a"], more: files)
                == ["7 outside-path", "7 outside-path"])
    }

    @Test func `links that lead out are refused`() throws {
        let links = ["own/link.yaml": "../../out.yaml", "own/folder": "../../..", "own/fine.yaml": "in.yaml"]
        let found = try Self.codes(["link.yaml", "folder", "folder/b/out.yaml", "fine.yaml"], links: links)
        #expect(found == ["7 outside-path", "7 outside-path", "7 outside-path"])
    }

    @Test func `a scenario file that leads out is not read`() throws {
        try HostileScenarioTests.withFolder(["out/secret.yaml": Self.secret, "own/a.yaml": ""]) { folder in
            for (name, target) in [("scenario.yaml", "/etc/passwd"), ("index.yaml", "/etc/passwd")] {
                try FileManager.default.createSymbolicLink(
                    atPath: "\(folder)/own/\(name)", withDestinationPath: target)
            }
            let problems = ScenarioLoader.load(path: "\(folder)/own").problems
            #expect(problems.collector.diagnostics.map(\.code) == ["unreadable-file"], "\(problems.text)")
            let suite = ScenarioSuite.entries(of: ["\(folder)/own"]).problems
            #expect(suite.collector.diagnostics.map(\.code) == ["unreadable-file"], "\(suite.text)")
            #expect(!(problems.text + suite.text).contains("root:"))
        }
    }

    @Test func `a file is looked at again once it is open`() throws {
        try HostileScenarioTests.withFolder(["out.yaml": Self.secret, "own/a.yaml": "a: 1"]) { folder in
            let files = ScenarioFiles(root: "", roots: InputRoots(folder: "\(folder)/own"))
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/own/late.yaml", withDestinationPath: "/etc/hostname")
            guard case .failure(let refusal) = files.read("\(folder)/own/late.yaml") else {
                Issue.record("the link was followed")
                return
            }
            #expect(refusal.reason == "a link leads out of the folders that may be read")
        }
    }
}
