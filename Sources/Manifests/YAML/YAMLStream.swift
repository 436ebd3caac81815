import CYAML

/// libyaml over one stretch of bytes: events in, errors out, memory given back.
///
/// libyaml counts characters. `offset` turns its counts into bytes; marks come in nearly ascending order, so a
/// cursor that walks back and forth is cheap.
struct YAMLStream: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: UnsafeBufferPointer<UInt8>
    private let isASCII: Bool
    private var cursorIndex = 0
    private var cursorOffset: Int
    let start: Int

    /// Reads `bytes` from `start` on; they must stay valid.
    init(bytes: UnsafeBufferPointer<UInt8>, start: Int, isASCII: Bool) {
        parser = .allocate(capacity: 1)
        self.bytes = bytes
        self.isASCII = isASCII
        self.start = start
        cursorOffset = start
        precondition(yaml_parser_initialize(parser) == 1, "libyaml could not allocate a parser")
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress.map { $0 + start }, bytes.count - start)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// The next event, which the caller deletes, or nil on an error.
    mutating func next(_ event: inout yaml_event_t) -> Bool { yaml_parser_parse(parser, &event) == 1 }

    /// The byte that a mark stands for.
    mutating func offset(_ mark: yaml_mark_t) -> Int {
        if isASCII { return min(start + mark.index, bytes.count) }
        while cursorIndex < mark.index, cursorOffset < bytes.count {
            cursorOffset += 1
            while cursorOffset < bytes.count, bytes[cursorOffset] & 0xC0 == 0x80 { cursorOffset += 1 }
            cursorIndex += 1
        }
        while cursorIndex > mark.index, cursorOffset > start {
            cursorOffset -= 1
            while cursorOffset > start, bytes[cursorOffset] & 0xC0 == 0x80 { cursorOffset -= 1 }
            cursorIndex -= 1
        }
        return cursorOffset
    }

    /// What libyaml complains about after `next` failed.
    mutating func problem() -> ParseProblem {
        let error = parser.pointee.error
        if error == YAML_READER_ERROR { return readerProblem() }
        if error == YAML_MEMORY_ERROR {
            return ParseProblem(code: "yaml-syntax", message: "the file does not fit into memory", offset: start)
        }
        let text = parser.pointee.problem.map { String(cString: $0) } ?? "malformed YAML"
        let place = offset(parser.pointee.problem_mark)
        var problem = Self.syntaxProblem(text, byte: place < bytes.count ? bytes[place] : nil, offset: place)
        if let context = parser.pointee.context.map({ String(cString: $0) }), problem.code == "yaml-syntax" {
            let contextPlace = offset(parser.pointee.context_mark)
            if contextPlace != place { problem.notes.append((context, contextPlace)) }
        }
        return problem
    }

    private func readerProblem() -> ParseProblem {
        let place = min(start + parser.pointee.problem_offset, bytes.count)
        let text = parser.pointee.problem.map { String(cString: $0) } ?? ""
        guard text.hasPrefix("control") else {
            // libyaml names the byte that breaks a character off; people look for the one that starts it.
            var place = place
            if text.contains("trailing") {
                let lead = bytes[..<place].suffix(3).lastIndex { $0 & 0xC0 == 0xC0 }
                place = lead.map { max($0, start) } ?? place
            }
            return ParseProblem(code: "invalid-utf8", message: "the file is not valid UTF-8 here", offset: place)
        }
        let isNul = place < bytes.count && bytes[place] == 0
        let message = isNul ? "NUL is not allowed in YAML" : "control characters are not allowed in YAML"
        return ParseProblem(code: "control-character", message: message, offset: place)
    }

    private static func syntaxProblem(_ text: String, byte: UInt8?, offset: Int) -> ParseProblem {
        if text == "found character that cannot start any token" {
            switch byte {
            case UInt8(ascii: "\t"):
                return ParseProblem(
                    code: "yaml-tab", message: "tabs cannot be used for indentation in YAML", offset: offset)
            case UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%"):
                return ParseProblem(
                    code: "yaml-syntax", message: "a value that starts with this character needs quotes",
                    offset: offset)
            default: break
            }
        }
        return ParseProblem(code: "yaml-syntax", message: text, offset: offset)
    }
}
