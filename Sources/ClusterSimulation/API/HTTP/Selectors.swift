/// Selectors as they are written in a query. Source of the refusals: recordings, family lists.
extension LabelSelector {
    /// Reads `app=x,tier in (a,b),!old`.
    init(query: String) throws(APIError) {
        var parser = SelectorParser(query)
        self.init(requirements: try parser.requirements())
    }
}

/// A reader of the label selector syntax.
private struct SelectorParser {
    private var tokens: [String]
    private var index = 0

    init(_ text: String) {
        tokens = []
        var word = ""
        var characters = Array(text)[...]
        func isOperator(_ character: Character) -> Bool { "=!<>(),".contains(character) }
        while let character = characters.popFirst() {
            if character == " " || isOperator(character) {
                if !word.isEmpty { tokens.append(word) }
                word = ""
                if character == " " { continue }
                var token = String(character)
                if character == "=" || character == "!", characters.first == "=" {
                    characters.removeFirst()
                    token += "="
                }
                tokens.append(token)
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { tokens.append(word) }
    }

    private var next: String? { index < tokens.count ? tokens[index] : nil }

    private mutating func take() -> String? {
        defer { index += 1 }
        return next
    }

    mutating func requirements() throws(APIError) -> [LabelSelector.Requirement] {
        var result: [LabelSelector.Requirement] = []
        while next != nil {
            result.append(try requirement())
            guard let separator = take() else { break }
            if separator != "," { throw Self.refusal("found '\(separator)', expected: ',' or 'end of string'") }
        }
        return result
    }

    private mutating func requirement() throws(APIError) -> LabelSelector.Requirement {
        if next == "!" {
            index += 1
            return .init(key: Symbol(take() ?? ""), operation: .doesNotExist)
        }
        let key = Symbol(take() ?? "")
        switch next {
        case nil, ",": return .init(key: key, operation: .exists)
        case "=", "==":
            index += 1
            return .init(key: key, operation: .isIn, values: [value()])
        case "!=":
            index += 1
            return .init(key: key, operation: .notIn, values: [value()])
        case "in", "notin":
            let operation: LabelSelector.Operator = take() == "in" ? .isIn : .notIn
            return .init(key: key, operation: operation, values: try values())
        case ">", "<":
            let isGreater = take() == ">"
            return .init(key: key, operation: isGreater ? .greaterThan : .lessThan, values: [value()])
        case let found?: throw Self.refusal("found '\(found)', expected: in, notin, =, ==, !=, gt, lt")
        }
    }

    private mutating func value() -> Symbol {
        guard let next, next != "," else { return .empty }
        index += 1
        return Symbol(next)
    }

    private mutating func values() throws(APIError) -> [Symbol] {
        guard take() == "(" else { throw Self.refusal("found '\(next ?? "")', expected: '('") }
        var values: [Symbol] = []
        while let token = take(), token != ")" {
            if token != "," { values.append(Symbol(token)) }
        }
        return values.isEmpty ? [.empty] : values
    }

    private static func refusal(_ detail: String) -> APIError {
        APIError(code: 400, reason: "BadRequest", message: "unable to parse requirement: \(detail)")
    }
}

/// A field selector: `metadata.name=a,status.phase!=Running`.
package struct FieldSelector {
    private var requirements: [(field: String, equals: Bool, value: String)] = []

    init(query: String) throws(APIError) {
        for part in query.split(separator: ",") {
            let text = String(part)
            var found: (field: String, equals: Bool, value: String)?
            for (sign, equals) in [("!=", false), ("==", true), ("=", true)] where found == nil {
                guard let place = Self.range(of: sign, in: text) else { continue }
                found = (String(text[..<place.lowerBound]), equals, String(text[place.upperBound...]))
            }
            guard let found else {
                throw APIError(
                    code: 400, reason: "BadRequest", message: "invalid selector: '\(query)'; can't understand '\(text)'"
                )
            }
            requirements.append(found)
        }
    }

    private static func range(of sign: String, in text: String) -> Range<String.Index>? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index...].hasPrefix(sign) { return index..<text.index(index, offsetBy: sign.count) }
            index = text.index(after: index)
        }
        return nil
    }

    /// Refuses fields that a kind cannot be selected by.
    func check(_ kind: KindID) throws(APIError) {
        var known = ["metadata.name", "metadata.namespace"]
        switch kind {
        case .pod:
            known += ["spec.nodeName", "spec.restartPolicy", "spec.serviceAccountName", "status.phase", "status.podIP"]
        case .secret: known.append("type")
        case .namespace: known.append("status.phase")
        case .event:
            known += ["involvedObject.kind", "involvedObject.name", "involvedObject.namespace", "reason", "type"]
        default: break
        }
        for requirement in requirements where !known.contains(requirement.field) {
            throw APIError(
                code: 400, reason: "BadRequest",
                message: "\(requirement.field.quoted) is not a known field selector: only "
                    + "\"metadata.name\", \"metadata.namespace\"")
        }
    }

    func matches(_ document: Value) -> Bool {
        requirements.allSatisfy { requirement in
            var value: Value? = document
            for part in requirement.field.split(separator: ".") { value = value?[Symbol(part)] }
            return ((value?.text ?? "") == requirement.value) == requirement.equals
        }
    }
}
