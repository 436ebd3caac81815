import RobustnessCases

/// A file of an input.
struct InputFile: Sendable {
    /// Relative to the input's folder, `/`-separated.
    var path: String
    var bytes: [UInt8]
}

/// What a fuzzer starts from: a folder that commands are run in, as somebody wrote it.
struct Seed: Sendable {
    /// What is changed in it, and which commands fit.
    enum Kind: String, CaseIterable, Sendable {
        case scenario, ledger, recording
    }

    var kind: Kind
    var name: String
    /// By path. Documents are those of files that could be read, for changes by structure.
    var files: [InputFile]
    /// The scenario's file; empty for recordings.
    var scenario: String

    func bytes(of path: String) -> [UInt8]? { files.first { $0.path == path }?.bytes }
}

/// One change of one file. The same change of the same bytes has the same result.
struct Mutation: Sendable {
    enum Kind: String, Sendable {
        case bytes, structure, values, sql, pages
    }

    var path: String
    var kind: Kind
    var seed: UInt64
}

/// A seed with changes, and the commands that read it, one after the other.
struct FuzzInput: Sendable {
    var seed: Seed
    var mutations: [Mutation]
    var runs: [Want.Run]
    /// The file that a Secret with a planted value stands at the end of; nil for none.
    var planted: String?
    /// Whether each command is run twice, to compare what it prints.
    var isRepeated = false
    /// Its number, for `--index`.
    var index: Int
}

/// A folder as it is written, and what was done to it.
struct BuiltInput: Sendable {
    var files: [InputFile]
    var runs: [Want.Run]
    /// What each change was: `replace replicas`.
    var labels: [String]
    var isRepeated: Bool

    /// Bytes of all files.
    var size: Int { files.reduce(0) { $0 + $1.bytes.count } }
}
