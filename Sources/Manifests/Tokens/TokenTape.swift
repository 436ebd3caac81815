import CSimdJSON
import ClusterSimulation

/// A file after tokenizing and before anything of it became a `Value`: this is where secrets are found and hidden.
struct TokenTape {
    /// The source: UTF-8 without a byte order mark.
    var source: [UInt8]
    /// The documents that could be read, one after the other.
    var tokens: ContiguousArray<document_token> = []
    /// Text of strings that are not written in the source as they read.
    var decoded: [UInt8] = []
    /// Everything to tell about the file so far.
    var problems: [ParseProblem] = []
    /// Byte ranges of documents that could not be read.
    var brokenRanges: [Range<Int>] = []

    init(source: [UInt8]) { self.source = source }

    /// The indices of the documents' root tokens.
    var roots: [Int] {
        var roots: [Int] = []
        var index = 0
        while index < tokens.count {
            roots.append(index)
            index = Int(tokens[index].next)
        }
        return roots
    }

    /// The text of a string token.
    func text(_ index: Int) -> ArraySlice<UInt8> {
        let token = tokens[index]
        let start = Int(token.payload >> 32)
        let count = Int(token.payload & 0xFFFF_FFFF)
        return token.text_is_decoded != 0 ? decoded[start..<start + count] : source[start..<start + count]
    }

    /// Whether a string token names Secrets, as manifests do (`Secret`) or as people do (`secret`, `secrets`).
    func isSecretKind(_ index: Int) -> Bool {
        guard tokens[index].kind == .DOCUMENT_TOKEN_STRING else { return false }
        let lowered = text(index).map { $0 | 0x20 }
        return lowered.elementsEqual("secret".utf8) || lowered.elementsEqual("secrets".utf8)
    }

    /// Whether a string token reads as `word`.
    func text(_ index: Int, is word: StaticString) -> Bool {
        let token = tokens[index]
        guard token.kind == .DOCUMENT_TOKEN_STRING, Int(token.payload & 0xFFFF_FFFF) == word.utf8CodeUnitCount
        else { return false }
        return text(index).elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
}

/// What the reader writes into `document_token.marks`.
struct TokenMarks: OptionSet {
    let rawValue: UInt16
    /// YAML: the key `<<`, whose value is merged into the object.
    static let mergeKey = TokenMarks(rawValue: 1 << 0)
    /// YAML: has an anchor, so that aliases may stand for it.
    static let anchored = TokenMarks(rawValue: 1 << 1)
    /// An object with the fields of a Secret.
    static let secretObject = TokenMarks(rawValue: 1 << 2)
    /// A secret written as it is.
    static let secretText = TokenMarks(rawValue: 1 << 3)
    /// A secret written in base64.
    static let secretBase64 = TokenMarks(rawValue: 1 << 4)
    /// A value that repeats a secret and is left out.
    static let secretCopy = TokenMarks(rawValue: 1 << 5)
}

extension document_token {
    var tokenMarks: TokenMarks {
        get { TokenMarks(rawValue: marks) }
        set { marks = newValue.rawValue }
    }
}

/// Something to tell about a byte of a file that has no origins yet.
struct ParseProblem {
    var severity: Diagnostic.Severity = .error
    var code: String
    var message: String
    var offset: Int
    var notes: [(message: String, offset: Int)] = []
}
