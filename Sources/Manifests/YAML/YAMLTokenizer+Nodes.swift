import CSimdJSON
import CYAML

extension YAMLTokenizer {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    // MARK: Containers

    mutating func openContainer(_ event: yaml_event_t, _ stream: inout YAMLStream, _ bytes: Bytes) {
        let isMapping = event.type == YAML_MAPPING_START_EVENT
        let anchor = isMapping ? event.data.mapping_start.anchor : event.data.sequence_start.anchor
        let tag = isMapping ? event.data.mapping_start.tag : event.data.sequence_start.tag
        let isFlow =
            isMapping
            ? event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
            : event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
        var start = stream.offset(event.start_mark)
        if anchor != nil || tag != nil { start = Self.skipProperties(bytes, from: start) }
        if frames.last?.expectsKey == true {
            fail("unsupported-key", "keys must be scalars", at: start)
        }
        let name = anchor.map { String(cString: $0) }
        if let name {
            anchors[name] = Anchor(
                token: tape.tokens.count, expandedCount: 0, expandedSize: 0, height: 0, isComplete: false)
        }
        frames.append(Frame(token: tape.tokens.count, isMapping: isMapping, expectsKey: isMapping, anchor: name))
        push(isMapping ? .DOCUMENT_TOKEN_OBJECT : .DOCUMENT_TOKEN_ARRAY, start, isFlow ? start + 1 : start, 0)
        if name != nil { tape.tokens[tape.tokens.count - 1].tokenMarks = .anchored }
    }

    mutating func closeContainer(at end: Int) {
        guard let frame = frames.popLast() else { return }
        tape.tokens[frame.token].payload = frame.count
        tape.tokens[frame.token].end = UInt32(end)
        tape.tokens[frame.token].next = UInt32(tape.tokens.count)
        if let name = frame.anchor {
            anchors[name] = Anchor(
                token: frame.token, expandedCount: frame.expandedCount, expandedSize: frame.expandedSize,
                height: frame.height + 1, isComplete: true)
        }
        finishNode(expandedCount: frame.expandedCount, height: frame.height + 1)
        if !frames.isEmpty { frames[frames.count - 1].expandedSize += frame.expandedSize }
    }

    /// Books a complete node with its parent.
    private mutating func finishNode(expandedCount: Int, height: Int) {
        guard !frames.isEmpty else { return }
        let last = frames.count - 1
        frames[last].expandedCount += expandedCount
        frames[last].height = max(frames[last].height, height)
        if frames[last].isMapping {
            if !frames[last].expectsKey { frames[last].count += 1 }
            frames[last].expectsKey.toggle()
        } else {
            frames[last].count += 1
        }
    }

    // MARK: Aliases

    mutating func readAlias(_ event: yaml_event_t, _ stream: inout YAMLStream, _ bytes: Bytes) {
        let start = stream.offset(event.start_mark)
        let end = stream.offset(event.end_mark)
        defer { finishNode(expandedCount: 1, height: 0) }
        if frames.last?.expectsKey == true {
            fail("unsupported-key", "aliases cannot be keys", at: start)
        }
        // Names of anchors are not quoted: what looks like an alias may be an unquoted password.
        guard let anchor = anchors[String(cString: event.data.alias.anchor)] else {
            return fail("unknown-anchor", "the alias names no anchor of this document", at: start)
        }
        guard anchor.isComplete else {
            return fail(
                "unknown-anchor", "the alias stands within the value that it stands for", at: start,
                note: ("the anchor is here", Int(tape.tokens[anchor.token].start)))
        }
        if hasTooManyAliases {
            documentFailed = true
            return
        }
        aliasedTokenCount += anchor.expandedCount
        aliasedSize += anchor.expandedSize
        if hasTooManyAliases {
            return fail(
                "alias-expansion",
                "the aliases of a file may stand for at most \(limits.aliasedTokenCountMax) values and "
                    + "\(limits.aliasedSizeMax) bytes", at: start)
        }
        guard frames.count + anchor.height <= limits.depthMax else {
            return fail(
                "nesting-too-deep", "values may be nested at most \(limits.depthMax) deep", at: start)
        }
        push(.DOCUMENT_TOKEN_ALIAS, start, end, UInt64(anchor.token))
        if !frames.isEmpty {
            let last = frames.count - 1
            frames[last].expandedCount += anchor.expandedCount
            frames[last].expandedSize += anchor.expandedSize
            frames[last].height = max(frames[last].height, anchor.height)
        }
    }

    private var hasTooManyAliases: Bool {
        aliasedTokenCount > limits.aliasedTokenCountMax || aliasedSize > limits.aliasedSizeMax
    }

    // MARK: Scalars

    mutating func readScalar(_ event: yaml_event_t, _ stream: inout YAMLStream, _ bytes: Bytes) {
        let scalar = event.data.scalar
        var start = stream.offset(event.start_mark)
        let end = stream.offset(event.end_mark)
        if scalar.anchor != nil || scalar.tag != nil { start = min(Self.skipProperties(bytes, from: start), end) }
        let text = Bytes(start: UnsafePointer(scalar.value), count: scalar.length)
        let index = tape.tokens.count
        if scalar.length > limits.scalarSizeMax {
            fail("scalar-too-large", "a scalar may have at most \(limits.scalarSizeMax) bytes", at: start)
            push(.DOCUMENT_TOKEN_NULL, start, end, 0)
        } else if frames.last?.expectsKey == true {
            pushKey(resolution(of: event, text, at: start), text, event.data.scalar.plain_implicit != 0, start, end)
        } else {
            pushValue(resolution(of: event, text, at: start), text, start, end)
        }
        if let anchor = scalar.anchor {
            tape.tokens[index].tokenMarks.insert(.anchored)
            anchors[String(cString: anchor)] = Anchor(
                token: index, expandedCount: 1, expandedSize: scalar.length, height: 0, isComplete: true)
        }
        finishNode(expandedCount: 1, height: 0)
        if !frames.isEmpty { frames[frames.count - 1].expandedSize += scalar.length }
    }

    /// What the scalar is, by its tag or by its look. Source: goyaml.v2/resolve.go and decode.go.
    private mutating func resolution(of event: yaml_event_t, _ text: Bytes, at start: Int) -> ScalarResolution {
        guard let tag = event.data.scalar.tag else {
            return event.data.scalar.plain_implicit != 0 ? .resolve(text) : .string
        }
        let name = String(cString: tag)
        guard name.hasPrefix("tag:yaml.org,2002:") else { return .string }
        let resolved = ScalarResolution.resolve(text)
        switch (name.dropFirst("tag:yaml.org,2002:".count), resolved) {
        case ("bool", .boolean), ("null", .null), ("int", .integer), ("int", .unsigned), ("float", .double),
            ("float", .integer):
            return resolved
        case ("binary", _):
            // The API server would see the decoded bytes, which no JSON text can hold.
            fail("unsupported-tag", "!!binary is not supported; write base64 without a tag", at: start)
            return .string
        case ("bool", _), ("null", _), ("int", _), ("float", _):
            fail("unsupported-tag", "the value is not what its tag says", at: start)
            return .string
        default: return .string
        }
    }

    private mutating func pushValue(_ resolution: ScalarResolution, _ text: Bytes, _ start: Int, _ end: Int) {
        switch resolution {
        case .null: push(.DOCUMENT_TOKEN_NULL, start, end, 0)
        case .boolean(let flag): push(flag ? .DOCUMENT_TOKEN_TRUE : .DOCUMENT_TOKEN_FALSE, start, end, 0)
        case .string: pushText(text, start, end)
        case .unsigned(let number): push(.DOCUMENT_TOKEN_DOUBLE, start, end, number.bitPattern)
        case .integer, .double:
            if let integer = resolution.jsonInteger {
                push(.DOCUMENT_TOKEN_INTEGER, start, end, UInt64(bitPattern: integer))
            } else if case .double(let number) = resolution, number.isFinite {
                push(.DOCUMENT_TOKEN_DOUBLE, start, end, number.bitPattern)
            } else {
                fail("number-range", "Kubernetes has no NaN and no infinity", at: start)
                push(.DOCUMENT_TOKEN_NULL, start, end, 0)
            }
        }
    }

    /// Keys become strings. Source: sigs.k8s.io/yaml, convertToJSONableObject.
    private mutating func pushKey(
        _ resolution: ScalarResolution, _ text: Bytes, _ isPlain: Bool, _ start: Int, _ end: Int
    ) {
        switch resolution {
        case .string:
            pushText(text, start, end)
            if text.count == 2, isPlain, text[0] == UInt8(ascii: "<"), text[1] == text[0] {
                tape.tokens[tape.tokens.count - 1].tokenMarks = .mergeKey
            }
        case .boolean(let flag): pushText(flag ? "true" : "false", start, end)
        case .integer(let number): pushText(String(number), start, end)
        case .double(let number): pushText(NumberText.yamlKey(number), start, end)
        case .null, .unsigned:
            fail("unsupported-key", "null and numbers beyond 64 bits cannot be keys", at: start)
            pushText(text, start, end)
        }
    }

    private mutating func pushText(_ text: String, _ start: Int, _ end: Int) {
        var text = text
        text.withUTF8 { pushText($0, start, end) }
    }

    private mutating func pushText(_ text: Bytes, _ start: Int, _ end: Int) {
        let payload = UInt64(tape.decoded.count) << 32 | UInt64(text.count)
        tape.decoded.append(contentsOf: text)
        push(.DOCUMENT_TOKEN_STRING, start, end, payload, isDecoded: true)
    }

    private mutating func push(
        _ kind: document_token_kind, _ start: Int, _ end: Int, _ payload: UInt64, isDecoded: Bool = false
    ) {
        tape.tokens.append(
            document_token(
                kind: kind, text_is_decoded: isDecoded ? 1 : 0, marks: 0, start: UInt32(start), end: UInt32(end),
                next: UInt32(tape.tokens.count + 1), payload: payload))
    }

    /// The offset behind the anchor and the tag of a node, where its content starts.
    private static func skipProperties(_ bytes: Bytes, from start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] == UInt8(ascii: "&") || bytes[index] == UInt8(ascii: "!") {
            while index < bytes.count, bytes[index] > 0x20 { index += 1 }
            let end = index
            while index < bytes.count {
                if bytes[index] <= 0x20 {
                    index += 1
                } else if bytes[index] == UInt8(ascii: "#"), index > end {
                    while index < bytes.count, bytes[index] != 10 { index += 1 }
                } else {
                    break
                }
            }
        }
        return index
    }
}
