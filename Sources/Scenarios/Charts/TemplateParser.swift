import ClusterSimulation

/// Builds the tree of a template, and refuses every action that the language does not have.
struct TemplateParser {
    private let tokens: [TemplateToken]
    private let base: Origin
    private var position = 0
    private var depth = 0
    /// `if` within `if`; a bound, so that no template can exhaust the stack.
    private static let depthMax = 200

    init(_ tokens: [TemplateToken], base: Origin) {
        self.tokens = tokens
        self.base = base
    }

    static let available =
        "available are .Values, .Release.Name, .Release.Namespace, .Chart.Version, quote, default, toYaml, indent, "
        + "nindent, if, if not, if eq, else, end"

    /// How a list of nodes ended.
    private enum End {
        case file
        case elseWord(Int)
        case endWord(Int)
    }

    /// All nodes of the file.
    mutating func nodes() throws(Template.Refusal) -> [Template.Node] {
        let (nodes, end) = try list()
        switch end {
        case .file: return nodes
        case .elseWord(let offset): throw refusal("'else' without 'if'", offset)
        case .endWord(let offset): throw refusal("'end' without 'if'", offset)
        }
    }

    private func refusal(_ message: String, _ offset: Int) -> Template.Refusal {
        Template.Refusal(message: message, origin: base.advanced(by: offset))
    }

    private func unsupported(_ word: TemplateWord) -> Template.Refusal {
        refusal("templates have no '\(word.text)'; \(Self.available)", word.offset)
    }

    private mutating func list() throws(Template.Refusal) -> ([Template.Node], End) {
        var nodes: [Template.Node] = []
        while position < tokens.count {
            let token = tokens[position]
            position += 1
            switch token {
            case .text(let text, let offset): nodes.append(.text(text, offset: offset))
            case .action(let words, let offset):
                switch words[0].kind == .plain ? words[0].text : "" {
                case "if": nodes.append(try conditional(words, offset))
                case "else":
                    if words.count > 1 { throw refusal("templates have no 'else if'", words[1].offset) }
                    return (nodes, .elseWord(offset))
                case "end": return (nodes, .endWord(offset))
                default: nodes.append(.output(try pipeline(words), offset: offset))
                }
            }
        }
        return (nodes, .file)
    }

    private mutating func conditional(_ words: [TemplateWord], _ offset: Int) throws(Template.Refusal) -> Template.Node
    {
        let condition = try condition(Array(words.dropFirst()), offset)
        guard depth < Self.depthMax else { throw refusal("'if' is nested more than \(Self.depthMax) deep", offset) }
        depth += 1
        defer { depth -= 1 }
        let (then, end) = try list()
        switch end {
        case .endWord: return .condition(condition, then: then, otherwise: [])
        case .file: throw refusal("'if' without 'end'", offset)
        case .elseWord:
            let (otherwise, end) = try list()
            guard case .endWord = end else { throw refusal("'if' without 'end'", offset) }
            return .condition(condition, then: then, otherwise: otherwise)
        }
    }

    private func condition(_ words: [TemplateWord], _ offset: Int) throws(Template.Refusal) -> Template.Condition {
        guard let first = words.first else { throw refusal("'if' needs a value", offset) }
        switch (first.kind == .plain ? first.text : "", words.count) {
        case ("not", 2):
            return Template.Condition(operand: try operand(words[1]), isNegated: true, equals: nil, offset: offset)
        case ("eq", 3):
            return Template.Condition(
                operand: try operand(words[1]), isNegated: false, equals: try operand(words[2]), offset: offset)
        case (_, 1):
            return Template.Condition(operand: try operand(first), isNegated: false, equals: nil, offset: offset)
        default: throw unsupported(first.text.hasPrefix(".") ? words[1] : first)
        }
    }

    private func pipeline(_ words: [TemplateWord]) throws(Template.Refusal) -> Template.Pipeline {
        var parts: [[TemplateWord]] = [[]]
        for word in words {
            if word.kind == .plain, word.text == "|" { parts.append([]) } else { parts[parts.count - 1].append(word) }
        }
        guard let first = parts[0].first, !parts.contains(where: \.isEmpty) else {
            throw refusal("a pipe needs a value before it and a function after it", words[0].offset)
        }
        var functions: [Template.Function] = []
        var operandWord = first
        if parts[0].count > 1 {
            guard first.kind == .plain, !first.text.hasPrefix(".") else { throw unsupported(parts[0][1]) }
            functions.append(try function(Array(parts[0].dropLast())))
            operandWord = parts[0][parts[0].count - 1]
        }
        for part in parts.dropFirst() { functions.append(try function(part)) }
        return Template.Pipeline(operand: try operand(operandWord), functions: functions)
    }

    /// A function and its arguments but the last, which is the piped value.
    private func function(_ words: [TemplateWord]) throws(Template.Refusal) -> Template.Function {
        let name = words[0]
        guard name.kind == .plain else { throw unsupported(name) }
        switch (name.text, words.count) {
        case ("quote", 1): return .quote
        case ("toYaml", 1): return .toYaml
        case ("default", 2): return .defaultTo(try operand(words[1]))
        case ("indent", 2), ("nindent", 2):
            guard let width = Int(words[1].text), (0...200).contains(width) else {
                throw refusal("'\(name.text)' needs a width from 0 to 200", words[1].offset)
            }
            return name.text == "indent" ? .indent(width) : .newlineIndent(width)
        default: throw unsupported(name)
        }
    }

    private func operand(_ word: TemplateWord) throws(Template.Refusal) -> Template.Operand {
        if word.kind == .quoted { return .literal(.string(word.text)) }
        if let number = Int(word.text) { return .literal(.integer(number)) }
        if word.text == "true" || word.text == "false" { return .literal(Value(.boolean(word.text == "true"))) }
        guard word.text.hasPrefix(".") else { throw unsupported(word) }
        let path = word.text.dropFirst().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard path.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isNameByte) }) else { throw unsupported(word) }
        switch path[0] {
        case "Values": return .path(path)
        case "Release" where path.count == 2 && ["Name", "Namespace"].contains(path[1]): return .path(path)
        case "Chart" where path.count == 2 && ["Version", "Name", "AppVersion"].contains(path[1]): return .path(path)
        default: throw unsupported(word)
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte == 95 || (97...122).contains(byte | 32) || (48...57).contains(byte)
    }
}
