import ClusterSimulation
import Foundation
import Patterns
import Testing

/// Patterns that take other matchers years.
@Suite(.serialized, .timeLimit(.minutes(2))) struct PatternTimeTests {
    private static func seconds(_ body: () -> Void) -> Double {
        var before = timespec()
        var after = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before)
        body()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after)
        return Double(after.tv_sec - before.tv_sec) + Double(after.tv_nsec - before.tv_nsec) / 1e9
    }

    @Test(arguments: [
        "^(a+)+(a+)+$", "^(a*)*$b", "(a|a)*b$", "(a|aa)+$b", "^((a+)*)*$", "(.*)*x", "(x+x+)+y",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(a?){20}a{20}b", "(.*a){12}b", "a*a*a*a*a*a*a*a*a*a*b",
    ])
    func `a mebibyte takes no time`(_ pattern: String) {
        let matcher = RE2Matcher()
        let text = Symbol(String(repeating: "a", count: 1 << 20) + "!")
        var isFound = true
        let taken = Self.seconds { isFound = matcher.matches(Symbol(pattern), text) }
        #expect(!isFound)
        #expect(taken < 2, "\(pattern)")
    }

    @Test func `many patterns are compiled once each`() {
        let matcher = RE2Matcher()
        let taken = Self.seconds {
            for round in 0..<20 {
                for number in 0..<500 {
                    let isFound = matcher.matches(Symbol("^[a-z]{1,60}\(number)$"), Symbol("abc\(round)"))
                    #expect(isFound == (number == round))
                }
            }
        }
        #expect(taken < 5)
    }
}
