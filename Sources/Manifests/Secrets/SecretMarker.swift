import CSimdJSON

/// Finds secrets on a token tape, before anything of it is interned, kept or shown.
///
/// Secret are the values of `data` and `stringData` of every object of kind `Secret`, wherever it stands: as a
/// document, in a List, a SecretList, a watch event, an audit event of `secrets`, or in a patch of a scenario step,
/// where people also write `secret` and `secrets`. A document that lost its kind counts where a Secret would have
/// these fields. What an alias there stands for is secret too. Annotations that repeat the object, such as the one in
/// which kubectl keeps the last applied configuration, are left out.
struct SecretMarker {
    private var tape: TokenTape
    private var hidden: [Range<Int>] = []
    private var allowsKeyLists = false

    /// Marks the tokens of secrets and returns the bytes of the source that must not be kept.
    ///
    /// - Parameter allowsKeyLists: a list in place of `data` names a Secret's keys, as recordings of what an API server
    ///   answered do; it holds nothing secret.
    static func mark(_ tape: inout TokenTape, allowsKeyLists: Bool = false) -> [Range<Int>] {
        guard mentionsSecrets(tape) else { return [] }
        var marker = SecretMarker(tape: tape)
        marker.allowsKeyLists = allowsKeyLists
        tape.tokens = []
        for index in marker.tape.tokens.indices where marker.tape.tokens[index].kind == .DOCUMENT_TOKEN_OBJECT {
            marker.inspect(index)
        }
        tape.tokens = marker.tape.tokens
        return marker.hidden
    }

    private init(tape: TokenTape) { self.tape = tape }

    private static func mentionsSecrets(_ tape: TokenTape) -> Bool {
        for (index, token) in tape.tokens.enumerated() where token.kind == .DOCUMENT_TOKEN_STRING {
            switch token.payload & 0xFFFF_FFFF {
            case 4: if tape.text(index, is: "data") { return true }
            case 6, 7: if tape.isSecretKind(index) { return true }
            case 10:
                if tape.text(index, is: "SecretList") || tape.text(index, is: "stringData") { return true }
            default: break
            }
        }
        return false
    }

    private mutating func inspect(_ object: Int) {
        let kinds = values(of: "kind", in: object)
        if isSecretWithoutKind(object, kinds) { markSecret(object) }
        for kind in kinds {
            if tape.isSecretKind(kind) { markSecret(object) }
            if tape.text(kind, is: "SecretList") {
                for items in values(of: "items", in: object) { markEachSecret(items) }
            }
        }
        for reference in values(of: "objectRef", in: object) {
            for resource in values(of: "resource", in: reference) where tape.text(resource, is: "secrets") {
                for body in values(of: "requestObject", in: object) + values(of: "responseObject", in: object) {
                    markPatch(body)
                    for items in values(of: "items", in: body) { markEachSecret(items) }
                }
            }
        }
    }

    /// A manifest may have been cut off before its kind, which `kubectl get -o json` writes after the data.
    private func isSecretWithoutKind(_ object: Int, _ kinds: [Int]) -> Bool {
        guard !kinds.contains(where: { tape.tokens[$0].kind == .DOCUMENT_TOKEN_STRING }),
            values(of: "apiVersion", in: object).contains(where: { tape.text($0, is: "v1") })
        else { return false }
        return !values(of: "data", in: object).isEmpty || !values(of: "stringData", in: object).isEmpty
    }

    // MARK: Looking up

    private func resolved(_ index: Int) -> Int {
        var index = index
        while tape.tokens[index].kind == .DOCUMENT_TOKEN_ALIAS { index = Int(tape.tokens[index].payload) }
        return index
    }

    /// The key and value tokens of an object; nothing for other tokens.
    private func fields(_ object: Int) -> [(key: Int, value: Int)] {
        guard tape.tokens[object].kind == .DOCUMENT_TOKEN_OBJECT else { return [] }
        var result: [(key: Int, value: Int)] = []
        var child = object + 1
        for _ in 0..<tape.tokens[object].payload {
            result.append((child, child + 1))
            child = Int(tape.tokens[child + 1].next)
        }
        return result
    }

    private func elements(_ array: Int) -> [Int] {
        guard tape.tokens[array].kind == .DOCUMENT_TOKEN_ARRAY else { return [] }
        var result: [Int] = []
        var child = array + 1
        for _ in 0..<tape.tokens[array].payload {
            result.append(child)
            child = Int(tape.tokens[child].next)
        }
        return result
    }

    /// The objects merged into an object by a `<<` with this value.
    private func merged(_ value: Int) -> [Int] {
        let target = resolved(value)
        return [target] + elements(target).map(resolved)
    }

    /// All values that an object has for a key: written twice or merged, each may count.
    private func values(of key: StaticString, in object: Int) -> [Int] {
        var result: [Int] = []
        guard tape.tokens[object].kind == .DOCUMENT_TOKEN_OBJECT else { return result }
        var child = object + 1
        for _ in 0..<tape.tokens[object].payload {
            if tape.tokens[child].tokenMarks.contains(.mergeKey) {
                for base in merged(child + 1) { result += values(of: key, in: base) }
            } else if tape.text(child, is: key) {
                result.append(resolved(child + 1))
            }
            child = Int(tape.tokens[child + 1].next)
        }
        return result
    }

    // MARK: Marking

    private mutating func markEachSecret(_ list: Int) {
        for element in elements(list) { markSecret(resolved(element)) }
    }

    private mutating func markSecret(_ object: Int) {
        guard tape.tokens[object].kind == .DOCUMENT_TOKEN_OBJECT,
            tape.tokens[object].tokenMarks.insert(.secretObject).inserted
        else { return }
        for (key, value) in fields(object) {
            if tape.tokens[key].tokenMarks.contains(.mergeKey) {
                for base in merged(value) { markSecret(base) }
            } else if tape.text(key, is: "data") {
                if allowsKeyLists, tape.tokens[resolved(value)].kind == .DOCUMENT_TOKEN_ARRAY { continue }
                markData(value, after: key, as: .secretBase64)
            } else if tape.text(key, is: "stringData") {
                markData(value, after: key, as: .secretText)
            } else if tape.text(key, is: "metadata") {
                markCopies(resolved(value))
            } else if tape.text(key, is: "patch") {
                markPatch(resolved(value))
            }
        }
    }

    private mutating func markData(_ value: Int, after key: Int?, as mark: TokenMarks) {
        let target = resolved(value)
        guard tape.tokens[target].kind == .DOCUMENT_TOKEN_OBJECT else { return markValue(target, as: mark) }
        // Comments between the values may hold old ones: of the whole region only the keys stay readable.
        var start = Int(
            target == value
                ? key.map { tape.tokens[$0].end } ?? tape.tokens[value].start
                : tape.tokens[target].start)
        for (key, value) in fields(target) {
            hide(from: &start, to: key)
            if tape.tokens[key].tokenMarks.contains(.mergeKey) {
                for base in merged(value) { markData(base, after: nil, as: mark) }
            } else {
                markValue(resolved(value), as: mark)
            }
        }
        hidden.append(start..<max(start, Int(tape.tokens[target].end)))
    }

    private mutating func hide(from start: inout Int, to key: Int) {
        hidden.append(start..<max(start, Int(tape.tokens[key].start)))
        start = Int(tape.tokens[key].end)
    }

    private mutating func markValue(_ value: Int, as mark: TokenMarks) {
        guard tape.tokens[value].tokenMarks.insert(mark).inserted else { return }
        hidden.append(Int(tape.tokens[value].start)..<Int(tape.tokens[value].end))
        for (key, value) in fields(value) {
            if tape.tokens[key].tokenMarks.contains(.mergeKey) {
                for base in merged(value) { markValue(base, as: mark) }
            } else {
                markValue(resolved(value), as: mark)
            }
        }
        for element in elements(value) { markValue(resolved(element), as: mark) }
    }

    private mutating func markCopies(_ metadata: Int) {
        for annotations in values(of: "annotations", in: metadata) { markCopies(inAnnotations: annotations) }
    }

    private mutating func markCopies(inAnnotations annotations: Int) {
        for (key, value) in fields(annotations) {
            if tape.tokens[key].tokenMarks.contains(.mergeKey) {
                for base in merged(value) { markCopies(inAnnotations: base) }
            } else if isCopy(key, resolved(value)) {
                tape.tokens[value].tokenMarks.insert(.secretCopy)
                markValue(resolved(value), as: .secretText)
            }
        }
    }

    /// Whether an annotation repeats the object. Source: the tools' own: kubectl's last applied configuration, kapp's
    /// original, Rancher's applied set; anything else that is a JSON object may as well.
    private func isCopy(_ key: Int, _ value: Int) -> Bool {
        if Self.copies.contains(where: { tape.text(key, is: $0) }) { return true }
        guard tape.tokens[value].kind == .DOCUMENT_TOKEN_STRING else { return false }
        return tape.text(value).first { $0 > 0x20 } == UInt8(ascii: "{")
    }

    private static let copies: [StaticString] = [
        "kubectl.kubernetes.io/last-applied-configuration", "kapp.k14s.io/original",
        "kapp.k14s.io/original-diff", "objectset.rio.cattle.io/applied",
    ]

    /// A merge patch has the shape of the object; of a JSON patch the `value` of operations on the data, or on what
    /// repeats it, is secret. A patch written as text is hidden as a whole.
    private mutating func markPatch(_ patch: Int) {
        if tape.tokens[patch].kind == .DOCUMENT_TOKEN_STRING { return markValue(patch, as: .secretText) }
        markSecret(patch)
        for operation in elements(patch).map(resolved) {
            let values = values(of: "value", in: operation)
            for path in self.values(of: "path", in: operation) where tape.tokens[path].kind == .DOCUMENT_TOKEN_STRING {
                for value in values { markOperand(value, of: String(decoding: tape.text(path), as: UTF8.self)) }
            }
        }
    }

    /// The value of an operation of a JSON patch, by its path (RFC 6902).
    private mutating func markOperand(_ value: Int, of path: String) {
        switch path {
        case "", "/": markSecret(value)
        case "/data": markData(value, after: nil, as: .secretBase64)
        case "/stringData": markData(value, after: nil, as: .secretText)
        case "/metadata": markCopies(value)
        case "/metadata/annotations": markCopies(inAnnotations: value)
        default:
            if path.hasPrefix("/data/") { markValue(value, as: .secretBase64) }
            if path.hasPrefix("/stringData/") { markValue(value, as: .secretText) }
            if path.hasPrefix("/metadata/annotations/"), tape.tokens[value].kind == .DOCUMENT_TOKEN_STRING,
                tape.text(value).first(where: { $0 > 0x20 }) == UInt8(ascii: "{")
            {
                markValue(value, as: .secretText)
            }
        }
    }
}
