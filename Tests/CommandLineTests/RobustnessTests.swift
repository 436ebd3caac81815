import Foundation
import RobustnessCases
import Testing

/// Input that once made the command hang, fail or tell what it should not: each case is run again with the built
/// command, and held against every promise.
@Suite(.serialized) struct RobustnessTests {
    /// A debug build is that many times slower.
    private static let slowness: Double = {
        #if DEBUG
            10
        #else
            1
        #endif
    }()

    private static func cases(_ folder: String) -> [RobustnessCase] {
        do {
            return try RobustnessCase.all(in: Command.root.appendingPathComponent(folder).path)
        } catch {
            Issue.record("\(folder): \(error)")
            return []
        }
    }

    private static let found = cases("Tests/FuzzFinds")
    /// Cases beside the repository, which not everybody has.
    private static let shared = cases("../shared/cases/robustness")

    @Test(arguments: found) func `a case of the repository`(of robustnessCase: RobustnessCase) throws {
        #expect(try robustnessCase.problems(program: Command.binary.path, slowness: Self.slowness) == [])
    }

    @Test(.enabled(if: !shared.isEmpty, "no ../shared/cases/robustness"), arguments: shared)
    func `a case beside the repository`(of robustnessCase: RobustnessCase) throws {
        #expect(try robustnessCase.problems(program: Command.binary.path, slowness: Self.slowness) == [])
    }

    @Test func `there are cases`() {
        #expect(Self.found.count >= 7)
    }
}
