import Foundation
import Testing

/// The folders of the engine are floors: a file names what lies on its own floor and below it, never above.
@Suite struct FloorsTests {
    private static let engine = "Sources/ClusterSimulation/"

    /// From the ground up.
    private static let order = [
        "Values", "Storage", "Engine", "Certificates", "References", "Analysis", "API", "Programs", "DNS",
        "Controllers/Kubernetes", "Controllers/ArgoCD", "Operators", "Invariants", "Outcome", "Model",
    ]

    /// Members of the standard library, of the same name as something above.
    private static let standard: Set = ["create", "replacing", "store"]

    /// Uses that are still to go, as the test words them.
    private static let remaining: [String] = []

    private static func files() throws -> [(path: String, text: String)] {
        try TestFiles.files(below: engine.dropLast().description).filter { $0.hasSuffix(".swift") }.map {
            (String($0.dropFirst(engine.count)), try TestFiles.text($0))
        }
    }

    @Test func `every file of the engine lies on a floor`() throws {
        let floors = Floors(order: Self.order, [])
        for (path, _) in try Self.files() { #expect(floors.floor(of: path) != nil, "\(path)") }
    }

    @Test func `nothing is named that lies above`() throws {
        let floors = Floors(order: Self.order, try Self.files())
        #expect(floors.sources.count > 300)
        #expect(floors.upwardUses(except: Self.standard) == Self.remaining)
    }

    @Test func `no file of the engine has more than 300 lines`() throws {
        for (path, text) in try Self.files() {
            #expect(text.components(separatedBy: "\n").count - 1 <= 300, "\(path)")
        }
    }

    @Test func `what lies above is found, and nothing else`() {
        let below = """
            struct Low {
                // Upper in a comment is none.
                let text = "Upper.member, \\(value.upperMember)"
                private struct Shared {}
                func call(_ shared: Shared) { self.upperCall(1); local(shared); Low(wide: 2) }
                func local(_ shared: Shared) -> Int { shared.nobodys }
                var type: Upper.Inner { fatalError(#"Upper"#) }
                init(_ narrow: Int) {}
            }
            """
        let above = """
            package struct Upper { struct Inner {}; var nobodys = 1 }
            struct Shared {}
            extension Low {
                package var upperMember: Int { 1 }
                func upperCall(_ number: Int) {}
                func local() {}
                private func hidden() {}
                init(wide: Int) {}
            }
            enum Cases { case value, text }
            """
        let floors = Floors(order: ["Ground", "First"], [("Ground/Low.swift", below), ("First/Upper.swift", above)])
        #expect(
            floors.upwardUses(except: []) == [
                "Ground/Low.swift: Low of First", "Ground/Low.swift: Upper of First",
                "Ground/Low.swift: upperCall of First", "Ground/Low.swift: upperMember of First",
            ])
    }
}
