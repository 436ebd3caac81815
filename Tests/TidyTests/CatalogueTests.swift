import Foundation
import Testing

/// What is written is also listed: a rule that stands in no catalogue is never run, and nothing would say so.
@Suite struct CatalogueTests {
    /// Declarations of a type in a folder of the engine, as `Type.name`.
    private static func declared(
        _ declaration: Regex<(Substring, Substring)>, below folder: String
    ) throws -> [String] {
        var found: [String] = []
        for file in try SourceFile.swift(below: "Sources/ClusterSimulation/\(folder)") {
            var type = ""
            for line in file.lines {
                if let match = line.firstMatch(of: #/^(?:package |private )?(?:enum|struct|extension) (\w+)/#) {
                    type = String(match.1)
                }
                if let match = line.firstMatch(of: declaration) { found.append("\(type).\(match.1)") }
            }
        }
        return found
    }

    private static func catalogue(_ path: String) throws -> String {
        try TestFiles.text("Sources/ClusterSimulation/\(path)")
    }

    @Test func `every invariant is in the catalogue`() throws {
        let names = try Self.declared(#/static let (\w+) = Invariant\(/#, below: "Invariants/Catalogue")
        let listed = try Self.catalogue("Model/InvariantCatalogue.swift")
        #expect(names.count > 20)
        for name in names { #expect(listed.contains(".\(name.split(separator: ".")[1]),"), "\(name)") }
    }

    /// What the operators declare of themselves, each in a file of its own.
    private static func operators() throws -> String {
        let files = try SourceFile.swift(below: "Sources/ClusterSimulation/Operators")
        return files.filter { $0.path.hasSuffix("+Operator.swift") }
            .map { $0.lines.joined(separator: "\n") }.joined(separator: "\n")
    }

    /// Whether a name stands in a list.
    private static func lists(_ list: String, _ name: String) -> Bool {
        list.contains("\(name),") || list.contains("\(name)]")
    }

    @Test func `every operator is in the catalogue`() throws {
        let names = try Self.declared(#/static let (\w+) = Operator\(/#, below: "")
        let listed = try Self.catalogue("Model/OperatorCatalogue.swift")
        #expect(names.count > 10)
        for name in names { #expect(listed.contains(".\(name.split(separator: ".")[1]),"), "\(name)") }
    }

    @Test func `every controller is in the catalogue, or an operator's`() throws {
        let plain = try Self.declared(#/static let (\w+) = (?:Controller|Operator\.controller)\(/#, below: "")
        let listed = try Self.catalogue("Model/ControllerCatalogue.swift") + Self.operators()
        #expect(plain.count > 30)
        for name in plain { #expect(Self.lists(listed, name), "\(name)") }
    }

    @Test func `every program is an operator's`() throws {
        let names = try Self.declared(#/static let (\w+) = ProgramModel\(/#, below: "")
        let listed = try Self.operators()
        #expect(names.count > 10)
        for name in names { #expect(Self.lists(listed, name), "\(name)") }
    }

    @Test func `every observer is in the catalogue, or an operator's`() throws {
        let names = try Self.declared(#/static let (\w+) = Observer\(/#, below: "")
        let listed = try Self.catalogue("Model/ObserverCatalogue.swift") + Self.operators()
        #expect(names.count > 5)
        for name in names { #expect(Self.lists(listed, name), "\(name)") }
    }
}
