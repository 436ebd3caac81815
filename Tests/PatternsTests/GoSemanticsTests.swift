import ClusterSimulation
import Patterns
import Testing

/// What Go's `regexp` says of patterns and texts: each answer was taken from Go itself.
@Suite struct GoSemanticsTests {
    private let matcher = RE2Matcher()

    private func matches(_ pattern: String, _ text: String) -> Bool {
        guard case .program = matcher.read(Symbol(pattern)) else {
            Issue.record("\(pattern): \(matcher.read(Symbol(pattern)))")
            return false
        }
        return matcher.matches(Symbol(pattern), Symbol(text))
    }

    @Test(arguments: [
        ("b", "abc"), ("", "abc"), ("|", "a"), ("a||b", "x"), ("(|a)*", "a"), (#"a\z"#, "a"), (#"\Aa"#, "ab"),
        ("(?m)a$", "a\nb"), ("(?m)^b", "a\nb"), ("(?s).", "\n"), (#"a\b"#, "aé"), ("[[:alpha:]]", "x"),
        ("[[:^alpha:]]", "1"), ("[[:word:]]", "_"), ("[:alpha:]", "l"), (#"\pL"#, "é"), (#"\pN"#, "5"),
        (#"\p{Greek}"#, "α"), (#"\p{^Greek}"#, "a"), (#"\P{Greek}"#, "a"), (#"[\pL]"#, "é"), ("(?i)É", "é"),
        ("(?i:K)", "\u{212A}"), ("(?i)ſ", "s"), ("(?i)abc", "xABCx"), (#"\Q.*\E"#, "a.*b"), (#"\Q.*"#, ".*"),
        (#"\_"#, "_"), (#"\x{e9}"#, "é"), (#"\x41"#, "A"), (#"\101"#, "A"), (#"\12"#, "\n"), ("a{,5}", "a{,5}"),
        ("a{x}", "a{x}"), ("[]a]", "]"), ("[a-]", "-"), (#"[\]]"#, "]"), ("(?P<n>a)", "a"), ("(?<n>a)", "a"),
        ("(?P<n>a)(?P<n>b)", "ab"),
        (#"[(?<n]"#, "?"), ("a{0}", "b"), ("(a{10}){100}", String(repeating: "a", count: 1000)), ("(?U)a+?", "a"),
        ("é", "é"), ("^.$", "é"), ("\u{0}", "a\u{0}b"), (#"\s"#, "\u{C}"),
        (#"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"#, "a.b-c"),
    ])
    func `is found`(_ pattern: String, _ text: String) { #expect(matches(pattern, text)) }

    @Test(arguments: [
        (".", "\n"), ("a$", "a\n"), ("^b", "a\nb"), (#"\d"#, "٣"), (#"\w"#, "é"), (#"\bé"#, "é"), (#"\s"#, "\u{B}"),
        (#"\s"#, "\u{A0}"), (#"[^\s\S]"#, "a"), ("é", "e\u{301}"), ("(?i)ß", "SS"), ("(?i-i)A", "a"), ("A", "a"),
        ("^..$", "é"), ("[[:alpha:]]", "é"), ("^(a+)+(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaa!"), ("a{1000}", "a"),
        (#"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"#, "a-"),
    ])
    func `is not found`(_ pattern: String, _ text: String) { #expect(!matches(pattern, text)) }

    @Test(arguments: [
        ("+", "missing argument to repetition operator: `+`"), ("a**", "invalid nested repetition operator: `**`"),
        ("a++", "invalid nested repetition operator: `++`"), ("(?=a)", "invalid or unsupported Perl syntax: `(?=`"),
        ("(?!a)", "invalid or unsupported Perl syntax: `(?!`"), ("(?>a)", "invalid or unsupported Perl syntax: `(?>`"),
        (#"(a)\1"#, #"invalid escape sequence: `\1`"#), (#"\Z"#, #"invalid escape sequence: `\Z`"#),
        (#"a\C"#, #"invalid escape sequence: `\C`"#), (#"\u0041"#, #"invalid escape sequence: `\u`"#),
        ("[z-a]", "invalid character class range: `z-a`"), ("[[:nope:]]", "invalid character class range: `[:nope:]`"),
        (#"\p{Nope}"#, #"invalid character class range: `\p{Nope}`"#), ("[a", "missing closing ]: `[a`"),
        ("(a", "missing closing ): `(a`"), ("a)", "unexpected ): `a)`"),
        (#"a\"#, "trailing backslash at end of expression: ``"), ("a{1001}", "invalid repeat count: `{1001}`"),
        ("(a{1,1000}){1,1000}", "invalid repeat count: `{1,1000}`"),
        ("((a{100}){100}){100}", "invalid repeat count: `{100}`"), ("(?P<π>a)", "invalid named capture: `(?P<π>`"),
        ("(?<>a)", "invalid named capture: `(?<>`"), ("(?<n>(a)", "missing closing ): `(?<n>(a)`"),
        ("(?<=a)b", "invalid named capture: `(?<=a)b`"), ("a{2,1}", "invalid repeat count: `{2,1}`"),
    ])
    func `is refused in the words of Go`(_ pattern: String, _ problem: String) {
        #expect(matcher.read(Symbol(pattern)) == .invalid("error parsing regexp: \(problem)"))
    }

    @Test(arguments: [
        #"\pL{1000}"#, String(repeating: "(", count: 300) + String(repeating: ")", count: 300), #"a\Bb"#,
        String(repeating: "a", count: 70_000),
    ])
    func `what is beyond a limit is not guessed`(_ pattern: String) {
        guard case .beyond = matcher.read(Symbol(pattern)) else {
            Issue.record("\(matcher.read(Symbol(pattern)))")
            return
        }
    }

    @Test func `groups in a class or quoted are no groups`() {
        #expect(matches(String(repeating: "[(]", count: 300), String(repeating: "(", count: 300)))
        #expect(
            matches(#"\Q"# + String(repeating: "(", count: 300) + #"\C\E"#, String(repeating: "(", count: 300) + #"\C"#)
        )
        #expect(matches("[[:alpha:](?<π>]", "π"))
    }
}
