import Testing

@testable import Reports

@Suite struct ReportFileNameTests {
    private func names(_ scenarios: [String]) -> [String] {
        var names = ReportFileNames(fileExtension: "md")
        return scenarios.map { names.next(for: $0) }
    }

    @Test func `a name that a file can have is its name`() {
        let plain = ["getting-started", "x (Kubernetes 1.33, Argo CD 3.2)", "日本", "a.b"]
        #expect(names(plain) == plain.map { "\($0).md" })
    }

    @Test func `equal names are numbered, and so are those that differ in case`() {
        #expect(names(["a", "a", "A", "b", "a-2"]) == ["a.md", "a-2.md", "A-3.md", "b.md", "a-2-2.md"])
    }

    @Test func `what had to be replaced is told apart by the whole name, in every command`() {
        let altered = ["a/b", "a\\b", "", ".", "..", ".a", "-a", "a\nb", "a\u{0}b", "\u{202E}a"]
        let all = names(altered)
        #expect(Set(all).count == altered.count)
        for (scenario, name) in zip(altered, all) {
            #expect(names([scenario]) == [name])
            #expect(!name.hasPrefix(".") && !name.hasPrefix("-"))
            #expect(name.wholeMatch(of: #/[\p{L}_.-]+-[0-9a-f]{8}\.md/#) != nil, "\(name)")
        }
        #expect(all[0].hasPrefix("a-b-"))
    }

    @Test func `a long name is cut between characters`() {
        for character in ["n", "é", "日", "😀"] {
            let long = String(repeating: character, count: 300)
            let pair = names([long, long + "x"])
            #expect(pair[0] != pair[1])
            #expect(pair.allSatisfy { $0.utf8.count <= 220 })
            #expect(pair[0].hasPrefix(String(long.prefix(40))))
        }
    }
}
