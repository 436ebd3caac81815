import CSimdJSON
import ClusterSimulation

/// Makes `Value` trees of a token tape. Values of Secrets are replaced here: their text is never interned.
struct ValueBuilder {
    typealias Tokens = UnsafeBufferPointer<document_token>
    typealias Bytes = UnsafeBufferPointer<UInt8>

    let tokens: Tokens
    let source: Bytes
    let decoded: Bytes
    let origins: OriginMap
    /// What was noticed while building: duplicate keys, values of Secrets that are none.
    var problems: [ParseProblem] = []
    /// Values that aliases may stand for, by token.
    private var anchored: [Int: Value] = [:]
    /// Facts about certificates in values of Secrets, by token.
    var certificateFacts: [Int: Value] = [:]
    /// Whether the document at work has a field `caBundle`.
    private var hasCABundle = false

    /// More fields than this are checked for duplicates through a dictionary.
    private static let linearSearchMax = 24
    /// Beyond this many problems of a file, none gets a note.
    private static let notedProblemsMax = 200

    /// The values of all documents of a tape, and what was noticed.
    static func build(_ tape: borrowing TokenTape, origins: OriginMap) -> (values: [Value], problems: [ParseProblem]) {
        let roots = tape.roots
        return tape.tokens.withUnsafeBufferPointer { tokens in
            tape.source.withUnsafeBufferPointer { source in
                tape.decoded.withUnsafeBufferPointer { decoded in
                    var builder = ValueBuilder(tokens: tokens, source: source, decoded: decoded, origins: origins)
                    let values = roots.map { builder.buildDocument($0) }
                    return (values, builder.problems)
                }
            }
        }
    }

    private init(tokens: Tokens, source: Bytes, decoded: Bytes, origins: OriginMap) {
        self.tokens = tokens
        self.source = source
        self.decoded = decoded
        self.origins = origins
    }

    private mutating func buildDocument(_ root: Int) -> Value {
        hasCABundle = false
        let value = build(root)
        return hasCABundle ? CABundleFacts.added(to: value) : value
    }

    /// The value of the subtree at a token.
    mutating func build(_ index: Int) -> Value {
        let token = tokens[index]
        let marks = token.tokenMarks
        if marks.isEmpty { return buildUnmarked(index, token) }
        if marks.contains(.anchored), let value = anchored[index] { return value }
        let value: Value
        if !marks.isDisjoint(with: [.secretText, .secretBase64]) {
            value = buildSecretValue(index, token)
        } else if marks.contains(.secretObject) {
            value = buildSecretObject(index, token)
        } else {
            value = buildUnmarked(index, token)
        }
        if marks.contains(.anchored) { anchored[index] = value }
        return value
    }

    private mutating func buildUnmarked(_ index: Int, _ token: document_token) -> Value {
        let origin = origins.origin(at: Int(token.start))
        switch token.kind {
        case .DOCUMENT_TOKEN_NULL: return Value(.null, origin)
        case .DOCUMENT_TOKEN_FALSE: return Value(.boolean(false), origin)
        case .DOCUMENT_TOKEN_TRUE: return Value(.boolean(true), origin)
        case .DOCUMENT_TOKEN_INTEGER: return Value(.integer(Int64(bitPattern: token.payload)), origin)
        case .DOCUMENT_TOKEN_DOUBLE: return Value(.double(Double(bitPattern: token.payload)), origin)
        case .DOCUMENT_TOKEN_STRING: return Value(.string(symbol(token)), origin)
        case .DOCUMENT_TOKEN_ALIAS: return build(Int(token.payload))
        case .DOCUMENT_TOKEN_ARRAY:
            var elements: [Value] = []
            elements.reserveCapacity(Int(token.payload))
            var child = index + 1
            for _ in 0..<token.payload {
                elements.append(build(child))
                child = Int(tokens[child].next)
            }
            return Value(.array(elements), origin)
        case .DOCUMENT_TOKEN_OBJECT: return Value(.object(buildFields(index, token)), origin)
        @unknown default: return Value(.null, origin)
        }
    }

    /// The text of a string token.
    func text(_ token: document_token) -> Bytes {
        let start = Int(token.payload >> 32)
        let count = Int(token.payload & 0xFFFF_FFFF)
        return Bytes(rebasing: (token.text_is_decoded != 0 ? decoded : source)[start..<start + count])
    }

    /// A template can put a value of a Secret from its values anywhere; outside of a Secret it shows nothing.
    @inline(__always)
    private func symbol(_ token: document_token) -> Symbol {
        let bytes = text(token)
        if origins.isProduced, let redacted = SecretFingerprint.redacted(bytes) { return Symbol(redacted) }
        return Symbol(utf8: UnsafeRawBufferPointer(bytes))
    }

    // MARK: Objects

    private static let caBundle: Symbol = "caBundle"

    mutating func buildFields(_ index: Int, _ token: document_token) -> [Field] {
        var fields: [Field] = []
        fields.reserveCapacity(Int(token.payload))
        var lookup: [Symbol: Int]?
        var merged: Set<Symbol> = []
        var child = index + 1
        for _ in 0..<token.payload {
            let keyToken = tokens[child]
            let valueIndex = child + 1
            child = Int(tokens[valueIndex].next)
            if tokens[valueIndex].tokenMarks.contains(.secretCopy) { continue }
            if keyToken.tokenMarks.contains(.mergeKey) {
                merge(valueIndex, at: Int(keyToken.start), into: &fields, &lookup, merged: &merged)
                continue
            }
            let key = symbol(keyToken)
            if key == Self.caBundle { hasCABundle = true }
            let field = Field(key, build(valueIndex), keyOrigin: origins.origin(at: Int(keyToken.start)))
            guard let existing = Self.find(key, in: fields, &lookup) else {
                lookup?[key] = fields.count
                fields.append(field)
                continue
            }
            if merged.remove(key) == nil { reportDuplicate(key, keyToken, in: index) }
            fields[existing] = field
        }
        return fields
    }

    private static func find(_ key: Symbol, in fields: [Field], _ lookup: inout [Symbol: Int]?) -> Int? {
        if fields.count <= linearSearchMax {
            for (index, field) in fields.enumerated() where field.key == key { return index }
            return nil
        }
        if lookup == nil {
            lookup = Dictionary(minimumCapacity: fields.capacity)
            for (index, field) in fields.enumerated() { lookup?[field.key] = index }
        }
        return lookup?[key]
    }

    private mutating func reportDuplicate(_ key: Symbol, _ keyToken: document_token, in object: Int) {
        var problem = ParseProblem(
            code: "duplicate-key", message: "the key '\(key)' is written twice; the last value would win",
            offset: Int(keyToken.start))
        // Of very many nobody sees the last, and each costs a look at all keys before it.
        guard problems.count < Self.notedProblemsMax else { return problems.append(problem) }
        var child = object + 1
        while child < tokens[object].next, tokens[child].start < keyToken.start {
            if !tokens[child].tokenMarks.contains(.mergeKey), symbol(tokens[child]) == key {
                problem.notes.append(("the first '\(key)' is here", Int(tokens[child].start)))
                break
            }
            child = Int(tokens[child + 1].next)
        }
        problems.append(problem)
    }

    // MARK: Merge keys

    /// Lays the fields of the value of `<<` over those written before it: that is what go-yaml v2 does. Elements of
    /// a sequence are laid over from last to first, so that the first wins.
    private mutating func merge(
        _ index: Int, at offset: Int, into fields: inout [Field], _ lookup: inout [Symbol: Int]?,
        merged: inout Set<Symbol>
    ) {
        let target = resolved(index)
        switch tokens[target].kind {
        case .DOCUMENT_TOKEN_OBJECT: mergeObject(target, at: offset, into: &fields, &lookup, merged: &merged)
        case .DOCUMENT_TOKEN_ARRAY where target == index:
            var children: [Int] = []
            var child = index + 1
            for _ in 0..<tokens[index].payload {
                children.append(resolved(child))
                child = Int(tokens[child].next)
            }
            for child in children.reversed() {
                guard tokens[child].kind == .DOCUMENT_TOKEN_OBJECT else {
                    return problems.append(Self.notMergeable(offset))
                }
                mergeObject(child, at: offset, into: &fields, &lookup, merged: &merged)
            }
        default: problems.append(Self.notMergeable(offset))
        }
    }

    private static func notMergeable(_ offset: Int) -> ParseProblem {
        ParseProblem(
            code: "merge-key", message: "the value of '<<' must be an object or a sequence of objects", offset: offset)
    }

    private mutating func mergeObject(
        _ object: Int, at offset: Int, into fields: inout [Field], _ lookup: inout [Symbol: Int]?,
        merged: inout Set<Symbol>
    ) {
        for field in build(object).fields {
            guard let existing = Self.find(field.key, in: fields, &lookup) else {
                lookup?[field.key] = fields.count
                fields.append(field)
                merged.insert(field.key)
                continue
            }
            fields[existing] = field
            if !merged.contains(field.key) {
                problems.append(
                    ParseProblem(
                        severity: .warning, code: "merge-key",
                        message: "'<<' replaces the key '\(field.key)' that is written before it; write '<<' first",
                        offset: offset))
                merged.insert(field.key)
            }
        }
    }

    /// The token that an alias stands for, or the token itself.
    func resolved(_ index: Int) -> Int {
        var index = index
        while tokens[index].kind == .DOCUMENT_TOKEN_ALIAS { index = Int(tokens[index].payload) }
        return index
    }
}
