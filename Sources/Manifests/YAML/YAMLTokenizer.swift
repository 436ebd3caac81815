import CSimdJSON
import CYAML

/// YAML text, one document or many, as a token tape.
///
/// After a syntax error reading goes on at the next line that starts a document with `---`, so that one run shows
/// the problems of all documents. Documents that are empty are left out, as kubectl leaves them out.
struct YAMLTokenizer {
    /// An open container.
    struct Frame {
        var token: Int
        var isMapping: Bool
        var expectsKey: Bool
        var count: UInt64 = 0
        /// Values that the subtree stands for when aliases are expanded.
        var expandedCount = 1
        /// Bytes of their texts.
        var expandedSize = 0
        /// Containers within containers below this one, aliases expanded.
        var height = 0
        var anchor: String?
    }

    /// What an alias may stand for.
    struct Anchor {
        var token: Int
        var expandedCount: Int
        var expandedSize: Int
        var height: Int
        var isComplete: Bool
    }

    /// Syntax errors after which reading stops: a file with more is no YAML at all.
    private static let restartCountMax = 100

    let limits: ParseLimits
    var tape: TokenTape
    var frames: [Frame] = []
    var anchors: [String: Anchor] = [:]
    var aliasedTokenCount = 0
    var aliasedSize = 0
    var documentFailed = false
    private var documentTokens = 0
    private var documentText = 0
    /// Where the bytes of the current document start, comments before it included.
    private var documentStart = 0

    static func tokenize(_ source: [UInt8], limits: ParseLimits) -> TokenTape {
        var tokenizer = YAMLTokenizer(limits: limits, tape: TokenTape(source: source))
        source.withUnsafeBufferPointer { bytes in
            let isASCII = bytes.allSatisfy { $0 < 0x80 }
            var start = 0
            for _ in 0..<Self.restartCountMax where start < bytes.count {
                guard let next = tokenizer.read(bytes, from: start, isASCII: isASCII) else { break }
                start = next
            }
        }
        return tokenizer.tape
    }

    private init(limits: ParseLimits, tape: TokenTape) {
        self.limits = limits
        self.tape = tape
    }

    /// Reads until the end (nil) or to an error; returns where to go on after an error.
    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isASCII: Bool) -> Int? {
        var stream = YAMLStream(bytes: bytes, start: start, isASCII: isASCII)
        documentStart = start
        startDocument()
        var event = yaml_event_t()
        while stream.next(&event) {
            defer { yaml_event_delete(&event) }
            switch event.type {
            case YAML_STREAM_END_EVENT: return nil
            case YAML_DOCUMENT_START_EVENT: startDocument()
            case YAML_DOCUMENT_END_EVENT: endDocument(at: stream.offset(event.end_mark))
            case YAML_SCALAR_EVENT: readScalar(event, &stream, bytes)
            case YAML_ALIAS_EVENT: readAlias(event, &stream, bytes)
            case YAML_SEQUENCE_START_EVENT, YAML_MAPPING_START_EVENT: openContainer(event, &stream, bytes)
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: closeContainer(at: stream.offset(event.end_mark))
            default: break
            }
            if frames.count > limits.depthMax || tape.tokens.count > limits.tokenCountMax {
                return giveUp(at: stream.offset(event.start_mark), bytes)
            }
        }
        let problem = stream.problem()
        tape.problems.append(problem)
        return abandonDocument(at: problem.offset, from: start, bytes)
    }

    private mutating func startDocument() {
        documentTokens = tape.tokens.count
        documentText = tape.decoded.count
        documentFailed = false
        frames.removeAll()
        anchors.removeAll()
    }

    private mutating func endDocument(at end: Int) {
        if documentFailed {
            discardDocument(to: end)
        } else if tape.tokens.count == documentTokens + 1, tape.tokens[documentTokens].kind == .DOCUMENT_TOKEN_NULL {
            tape.tokens.removeSubrange(documentTokens...)
        }
        documentStart = end
    }

    private mutating func discardDocument(to end: Int) {
        tape.tokens.removeSubrange(documentTokens...)
        tape.decoded.removeSubrange(documentText...)
        tape.brokenRanges.append(documentStart..<max(documentStart, end))
    }

    /// Drops the current document, and returns where the next one starts.
    private mutating func abandonDocument(
        at offset: Int, from start: Int, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        let next = Self.nextDocument(bytes, from: max(offset, start + 1))
        discardDocument(to: next ?? bytes.count)
        return next
    }

    private mutating func giveUp(at offset: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard frames.count > limits.depthMax else {
            fail("too-many-values", "a file may hold at most \(limits.tokenCountMax) keys and values", at: offset)
            discardDocument(to: bytes.count)
            return nil
        }
        fail("nesting-too-deep", "values may be nested at most \(limits.depthMax) deep", at: offset)
        return abandonDocument(at: offset, from: documentStart, bytes)
    }

    /// The next line that starts with `---` and nothing directly behind it.
    private static func nextDocument(_ bytes: UnsafeBufferPointer<UInt8>, from: Int) -> Int? {
        let hyphen = UInt8(ascii: "-")
        var index = from
        while index + 2 < bytes.count {
            if bytes[index] == hyphen, bytes[index + 1] == hyphen, bytes[index + 2] == hyphen,
                index == 0 || bytes[index - 1] == 10 || bytes[index - 1] == 13,
                index + 3 == bytes.count || bytes[index + 3] <= 0x20
            {
                return index
            }
            index += 1
        }
        return nil
    }

    /// Notes a problem that makes the document unusable; reading goes on, to find the others.
    mutating func fail(_ code: String, _ message: String, at offset: Int, note: (String, Int)? = nil) {
        var problem = ParseProblem(code: code, message: message, offset: offset)
        if let note { problem.notes.append(note) }
        tape.problems.append(problem)
        documentFailed = true
    }
}
