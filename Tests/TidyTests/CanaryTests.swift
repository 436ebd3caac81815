import Foundation
import Testing

/// A test that fails when it is told to. CI runs it so once, and fails where it passes: a runner that finds no tests, or
/// a step that swallows failures, would look like success.
@Suite struct CanaryTests {
    @Test func `a planted defect fails`() {
        #expect(ProcessInfo.processInfo.environment["REHEARSE_CANARY"] != "1", "the canary was told to fail")
    }
}
