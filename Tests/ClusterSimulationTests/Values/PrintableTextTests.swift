import ClusterSimulation
import Testing

@Suite struct PrintableTextTests {
    @Test(
        arguments: [
            ("plain", "plain"), ("a\nb\r\nc\td", "a b c d"), ("\u{1B}[31m", "\\u{1b}[31m"),
            ("\u{7}\u{7F}\u{9B}", "\\u{7}\\u{7f}\\u{9b}"),
            ("a\u{2028}b\u{2029}c\u{85}d", "a b c d"),
            ("\u{202E}\u{2066}\u{200F}\u{61C}", "\\u{202e}\\u{2066}\\u{200f}\\u{61c}"),
            ("\u{E0041}", "\\u{e0041}"), ("é 日本 😀 👩‍💻", "é 日本 😀 👩‍💻"), ("", ""),
        ])
    func `one line`(text: String, line: String) {
        #expect(text.singleLine == line)
    }

    @Test(
        arguments: [
            ("a: b\n\tc # d\n", "a: b\n\tc # d\n"), ("::error::x\n", "\\u{3a}:error::x\n"),
            ("a\n \t::x", "a\n \t\\u{3a}:x"),
            ("a ::x, Foo::bar", "a ::x, Foo::bar"), ("x ##[error]y", "x \\u{23}#[error]y"),
            ("##vso[a]", "\\u{23}#vso[a]"),
            ("##teamcity[a]", "\\u{23}#teamcity[a]"), ("###[a]", "#\\u{23}#[a]"), ("## Title", "## Title"),
            ("##", "##"),
            ("a\r\nb\u{1B}[1m", "a\\u{d}\nb\\u{1b}[1m"), ("\u{2028}::x", "\\u{2028}::x"), ("é\n::x", "é\n\\u{3a}:x"),
        ])
    func `a document`(text: String, printable: String) {
        #expect(PrintableText.document(text) == printable)
        #expect(PrintableText.document(printable) == printable)
    }

    @Test func `JSON and XML mean what they meant`() {
        #expect(
            PrintableText.document("{\"a\": \"\u{7F}\u{E0041}##[b]\"}", as: .json)
                == "{\"a\": \"\\u007f\\udb40\\udc41\\u0023#[b]\"}")
        #expect(PrintableText.document("<a>\n::x\u{9B}##[</a>", as: .xml) == "<a>\n&#x3a;:x&#x9b;&#x23;#[</a>")
    }

    @Test func `colours of ours stay, other sequences do not`() {
        let coloured = "\u{1B}[1;31mbad\u{1B}[0m \u{1B}[2J\u{1B}]0;title\u{7}"
        #expect(
            PrintableText.document(coloured, keepsColours: true)
                == "\u{1B}[1;31mbad\u{1B}[0m \\u{1b}[2J\\u{1b}]0;title\\u{7}")
        #expect(PrintableText.document("\u{1B}[1m::x", keepsColours: true) == "\u{1B}[1m\\u{3a}:x")
    }

    @Test func `long texts take time by their length`() {
        let text = String(repeating: "#", count: 200_000) + String(repeating: "##abcdefgh", count: 20_000)
        #expect(PrintableText.document(text) == text)
    }
}
