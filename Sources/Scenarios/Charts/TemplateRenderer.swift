import ClusterSimulation

/// Where a line of a rendered text came from.
struct RenderedLine: Sendable, Equatable {
    /// The place of the line's first column where it is the source's line as it is, else the place to show.
    var origin: Origin
    var isVerbatim: Bool
}

/// Renders a template, and keeps for every line of the result the place that it came from.
struct TemplateRenderer {
    private let template: Template
    /// `Values`, `Release`, `Chart`.
    private let scope: Value

    private var text = ""
    private var lines: [RenderedLine] = []
    private var isAtLineStart = true
    /// The most text that a template gives: 16 MiB, in UTF-8. Functions may multiply what they are given.
    private static let sizeMax = 16 << 20

    init(_ template: Template, scope: Value) {
        self.template = template
        self.scope = scope
    }

    /// The text and the places of its lines.
    mutating func render() throws(Template.Refusal) -> (text: String, lines: [RenderedLine]) {
        try render(template.nodes)
        return (text, lines)
    }

    private mutating func render(_ nodes: [Template.Node]) throws(Template.Refusal) {
        for node in nodes {
            switch node {
            case .text(let text, let offset): emitVerbatim(text, offset)
            case .output(let pipeline, let offset):
                let (text, origins) = try evaluate(pipeline, offset)
                emit(text, at: template.base.advanced(by: offset), contentFrom: origins)
                try checkSize(self.text, offset)
            case .condition(let condition, let then, let otherwise):
                try render(try holds(condition) ? then : otherwise)
            }
        }
    }

    private func checkSize(_ text: String, _ offset: Int) throws(Template.Refusal) {
        if text.utf8.count <= Self.sizeMax { return }
        throw Template.Refusal(
            message: "the template gives more than \(Self.sizeMax) bytes", origin: template.base.advanced(by: offset))
    }

    // MARK: Output

    private mutating func emitVerbatim(_ piece: String, _ offset: Int) {
        for (index, byte) in piece.utf8.enumerated() {
            if isAtLineStart {
                lines.append(RenderedLine(origin: template.base.advanced(by: offset + index), isVerbatim: true))
            }
            isAtLineStart = byte == UInt8(ascii: "\n")
        }
        text += piece
    }

    /// Adds the text that an action gave. Its lines point to the action, or to where each was written.
    private mutating func emit(_ piece: String, at place: Origin, contentFrom origins: [Origin]) {
        if piece.isEmpty { return }
        if !isAtLineStart, !piece.hasPrefix("\n") {
            lines[lines.count - 1] = RenderedLine(origin: place, isVerbatim: false)
        }
        var line = 0
        for byte in piece.utf8 {
            if isAtLineStart {
                let origin = origins.indices.contains(line) && !origins[line].isNone ? origins[line] : place
                lines.append(RenderedLine(origin: origin, isVerbatim: false))
                isAtLineStart = false
            }
            if byte == UInt8(ascii: "\n") {
                isAtLineStart = true
                line += 1
            }
        }
        text += piece
    }

    // MARK: Evaluation

    private func evaluate(
        _ pipeline: Template.Pipeline, _ offset: Int
    ) throws(Template.Refusal) -> (text: String, origins: [Origin]) {
        var value = try resolve(pipeline.operand, offset)
        var origins: [Origin] = []
        for function in pipeline.functions {
            switch function {
            case .quote: if let present = value { value = .string(YAMLText.quoted(Self.plain(present))) }
            case .defaultTo(let other): if !Self.isTrue(value) { value = try resolve(other, offset) }
            case .toYaml:
                let (text, places) = YAMLText.block(value ?? Value(.null))
                origins = places
                value = .string(text)
            case .indent(let width): value = .string(Self.indented(Self.plain(value), width))
            case .newlineIndent(let width):
                value = .string("\n" + Self.indented(Self.plain(value), width))
                origins.insert(.none, at: 0)
            }
            if case .string(let symbol)? = value?.content { try checkSize(symbol.text, offset) }
        }
        return (Self.plain(value), origins)
    }

    private static func indented(_ text: String, _ width: Int) -> String {
        let prefix = String(repeating: " ", count: width)
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { prefix + $0 }.joined(separator: "\n")
    }

    /// A value as a template prints it; nothing where Helm prints `<no value>` and then removes it.
    private static func plain(_ value: Value?) -> String {
        guard let value else { return "" }
        switch value.content {
        case .null: return ""
        case .boolean(let flag): return flag ? "true" : "false"
        case .integer(let number): return String(number)
        case .double(let number): return YAMLText.number(number)
        case .string(let symbol): return symbol.text
        case .array, .object: return value.jsonText
        }
    }

    /// nil where the last part of a path is missing or null; a missing part before it is Helm's nil pointer.
    private func resolve(_ operand: Template.Operand, _ offset: Int) throws(Template.Refusal) -> Value? {
        guard case .path(let path) = operand else {
            if case .literal(let value) = operand { return value }
            return nil
        }
        var value = scope
        for (index, part) in path.enumerated() {
            let next = value[Symbol(part)] ?? Value(.null)
            if next.isNull, index + 1 < path.count {
                throw Template.Refusal(
                    message:
                        "at <.\(path.joined(separator: "."))>: nil pointer evaluating interface {}.\(path[index + 1])",
                    origin: template.base.advanced(by: offset))
            }
            value = next
        }
        return value.isNull ? nil : value
    }

    private func holds(_ condition: Template.Condition) throws(Template.Refusal) -> Bool {
        let value = try resolve(condition.operand, condition.offset)
        if let other = condition.equals { return value == (try resolve(other, condition.offset)) }
        return Self.isTrue(value) != condition.isNegated
    }

    /// Go templates: false, zero and whatever is empty is not true.
    private static func isTrue(_ value: Value?) -> Bool {
        guard let value else { return false }
        switch value.content {
        case .null: return false
        case .boolean(let flag): return flag
        case .integer(let number): return number != 0
        case .double(let number): return number != 0
        case .string(let symbol): return !symbol.isEmpty
        case .array(let elements): return !elements.isEmpty
        case .object(let fields): return !fields.isEmpty
        }
    }
}
