import ClusterSimulation
import Testing

@Suite(.timeLimit(.minutes(1))) struct GlobTests {
    @Test(arguments: [
        ("*", ""), ("a*c", "a/b/c"), ("a?c", "aéc"), ("*?", "é"), ("**", "x"), ("a*b*c", "aXbYbZc"), ("?", "a"),
    ])
    func `matches`(_ pattern: String, _ text: String) {
        #expect(Glob.matches(pattern, text))
        #expect(GlobAlternatives(pattern).matches(text))
    }

    @Test(arguments: [("a", "ab"), ("?", ""), ("??", "é"), ("*a?", "a"), ("a*", "ba"), ("*a", "ab"), ("a*b*c", "aXbY")])
    func `does not match`(_ pattern: String, _ text: String) {
        #expect(!Glob.matches(pattern, text))
        #expect(!GlobAlternatives(pattern).matches(text))
    }

    @Test(arguments: [
        ("{a,b}", "b"), ("{a,b}c{d,e}", "bce"), ("x{a,{b,c}d}y", "xcdy"), ("{,a}b", "b"), ("{a}", "a"), ("{", "{"),
        ("}", "}"), ("{a,b", "{a,b"), ("a,b", "a,b"), ("{*.yaml,*.yml}", "d/x.yml"), ("team-{a,b*}/?", "team-bc/é"),
        ("{{}}", ""), ("{,}", ""), ("a}{b,c}", "a}c"),
    ])
    func `takes one of several`(_ pattern: String, _ text: String) {
        #expect(GlobAlternatives(pattern).matches(text))
    }

    @Test(arguments: [("{a,b}", "c"), ("{a,b}", "ab"), ("{a,b}", "a,b"), ("x{a,b}", "x"), ("{{a,b},c}d", "cc")])
    func `takes no other`(_ pattern: String, _ text: String) {
        #expect(!GlobAlternatives(pattern).matches(text))
    }

    @Test(arguments: [
        String(repeating: "{a,b}", count: 1000) + "c", String(repeating: "{a,a}", count: 400),
        String(repeating: "{", count: 100_000), String(repeating: "*", count: 5000) + "c",
        String(repeating: "*a", count: 200) + "c", String(repeating: "{*,a*}", count: 200) + "c",
    ])
    func `ends soon, whatever its combinations`(_ pattern: String) {
        let text = String(repeating: "a", count: 900) + "b"
        #expect(!GlobAlternatives(pattern).matches(text))
        #expect(!Glob.matches(pattern, text))
    }
}
