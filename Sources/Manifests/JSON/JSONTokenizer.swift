import CSimdJSON

/// JSON text, one document or many in a row, as a token tape.
///
/// RFC 8259, read as Go's encoding/json reads it where the RFC leaves room: numbers without fraction and exponent
/// that fit 64 bits are integers, all others doubles; half a surrogate pair becomes U+FFFD.
enum JSONTokenizer {
    static func tokenize(_ source: [UInt8], limits: ParseLimits) -> TokenTape {
        var tape = TokenTape(source: source)
        let parsed = source.withUnsafeBufferPointer { bytes in
            json_tape_parse(
                bytes.baseAddress, bytes.count, UInt32(limits.depthMax), limits.tokenCountMax, limits.scalarSizeMax)
        }
        guard let parsed else {
            tape.problems.append(
                ParseProblem(code: "json-syntax", message: "the file does not fit into memory", offset: 0))
            tape.brokenRanges.append(0..<source.count)
            return tape
        }
        defer { json_tape_free(parsed) }
        var count = 0
        let tokens = json_tape_tokens(parsed, &count)
        tape.tokens = ContiguousArray(UnsafeBufferPointer(start: tokens, count: count))
        let text = json_tape_text(parsed, &count)
        tape.decoded = Array(UnsafeBufferPointer(start: text, count: count))
        let problems = json_tape_problems(parsed, &count)
        for problem in UnsafeBufferPointer(start: problems, count: count) {
            tape.problems.append(parseProblem(problem, source: source, limits: limits))
            tape.brokenRanges.append(Int(problem.document_start)..<Int(problem.document_end))
        }
        return tape
    }

    private static func parseProblem(
        _ problem: json_problem, source: [UInt8], limits: ParseLimits
    ) -> ParseProblem {
        let (code, message) = description(problem.kind, limits: limits)
        var result = ParseProblem(code: code, message: message, offset: Int(problem.offset))
        if problem.opened != problem.offset, Int(problem.opened) < source.count {
            let bracket = source[Int(problem.opened)] == UInt8(ascii: "{") ? "{" : "["
            result.notes.append(("'\(bracket)' is opened here", Int(problem.opened)))
        }
        return result
    }

    private static func description(
        _ kind: json_problem_kind, limits: ParseLimits
    ) -> (code: String, message: String) {
        switch kind {
        case .JSON_PROBLEM_INVALID_UTF8: ("invalid-utf8", "the file is not valid UTF-8 here")
        case .JSON_PROBLEM_UNCLOSED_STRING: ("json-syntax", "the string has no closing quote")
        case .JSON_PROBLEM_CONTROL_CHARACTER:
            ("control-character", "control characters in strings must be escaped")
        case .JSON_PROBLEM_ESCAPE: ("json-syntax", "unknown escape sequence in a string")
        case .JSON_PROBLEM_NUMBER: ("json-syntax", "malformed number")
        case .JSON_PROBLEM_NUMBER_RANGE: ("number-range", "the number is too large for a 64-bit float")
        case .JSON_PROBLEM_LITERAL:
            ("json-syntax", "expected a value; only true, false and null are written without quotes")
        case .JSON_PROBLEM_EXPECTED_VALUE: ("json-syntax", "expected a value")
        case .JSON_PROBLEM_EXPECTED_KEY: ("json-syntax", "expected a key in double quotes")
        case .JSON_PROBLEM_EXPECTED_COLON: ("json-syntax", "expected ':' after the key")
        case .JSON_PROBLEM_EXPECTED_COMMA: ("json-syntax", "expected ',' or the closing bracket")
        case .JSON_PROBLEM_TRUNCATED: ("json-syntax", "the file ends within a document")
        case .JSON_PROBLEM_DEPTH: ("nesting-too-deep", "values may be nested at most \(limits.depthMax) deep")
        case .JSON_PROBLEM_TOKEN_COUNT:
            ("too-many-values", "a file may hold at most \(limits.tokenCountMax) keys and values")
        case .JSON_PROBLEM_STRING_SIZE:
            ("scalar-too-large", "a string may have at most \(limits.scalarSizeMax) bytes")
        case .JSON_PROBLEM_MEMORY: ("json-syntax", "the file does not fit into memory")
        @unknown default: ("json-syntax", "malformed JSON")
        }
    }
}
