import ClusterSimulation
import Foundation
import Scenarios
import Testing

/// Nothing that belongs to an invariant is missing, and nothing lies around that belongs to none.
@Suite struct InvariantCatalogueTests {
    static let ids = InvariantCatalogue.all.map(\.id.text)

    @Test func `ids are unique and in kebab case`() {
        #expect(Set(Self.ids).count == Self.ids.count)
        for id in Self.ids { #expect(id.allSatisfy { ("a"..."z").contains($0) || $0 == "-" }, "\(id)") }
    }

    @Test(arguments: InvariantCatalogue.all.map(\.id)) func `its page is written`(id: Symbol) throws {
        let invariant = try #require(InvariantCatalogue.invariant(id))
        let page = invariant.page
        for text in [invariant.title, page.rule, page.incident, page.symptom, page.remedy] {
            #expect(text.count > 10, "\(text)")
            #expect(!text.contains("\n\n"))
        }
        #expect(!invariant.reads.isEmpty)
    }

    @Test func `docs list every invariant in the order of the catalogue`() throws {
        let text = try String(contentsOfFile: "\(TestFiles.root)/docs/invariants.md", encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let listed = rows.map { row in String(row.dropFirst(3).prefix { $0 != "`" }) }
        #expect(listed == Self.ids)
        for (row, invariant) in zip(rows, InvariantCatalogue.all) {
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(cells.count == 6, "\(row)")
            #expect(cells[2] == invariant.kind.rawValue, "\(row)")
            #expect(cells[3] == "\(invariant.grace.milliseconds / 60_000) min", "\(row)")
        }
    }

    @Test func `the index lists every scenario`() throws {
        let index = try String(contentsOfFile: "\(TestFiles.scenarios)/index.yaml", encoding: .utf8)
        let listed = index.split(separator: "\n").filter { $0.hasPrefix("- path: ") }.map { String($0.dropFirst(8)) }
        let found = (FileManager.default.enumerator(atPath: TestFiles.scenarios)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix("/scenario.yaml") }
        #expect(Set(listed).count == listed.count, "a scenario is listed twice")
        #expect(Set(listed).subtracting(found) == [], "listed, but not there")
        #expect(Set(found).subtracting(listed) == [], "there, but not listed")
    }

    @Test func `scenarios of invariants belong to one`() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: "\(TestFiles.scenarios)/invariants")
        #expect(Set(folders).subtracting(["base"]) == Set(Self.ids))
    }
}
