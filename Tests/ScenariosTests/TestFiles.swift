/// Where the repository's own files are, seen from this test.
enum TestFiles {
    static let root: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(3).joined(separator: "/")
    }()

    static let scenarios = root + "/scenarios"
}
