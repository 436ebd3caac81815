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
    private let budget: ManifestBudget

    init(_ template: Template, scope: Value, budget: ManifestBudget) {
        self.template = template
        self.scope = scope
        self.budget = budget
    }

    /// The text and the places of its lines.
    mutating func render() throws(Template.Refusal) -> (text: String, lines: [RenderedLine]) {
        try render(template.nodes)
        return (text, lines)
    }

    private mutating func render(_ nodes: [Template.Node]) throws(Template.Refusal) {
        for node in nodes {
            switch node {
            case .text(let text, let offset):
                try check(text.utf8.count, offset)
                emitVerbatim(text, offset)
            case .output(let pipeline, let offset):
                let (text, origins) = try evaluate(pipeline, offset)
                emit(text, at: template.base.advanced(by: offset), contentFrom: origins)
                if self.text.utf8.count > ManifestLimits.templateSizeMax { throw tooLarge(offset) }
            case .condition(let condition, let then, let otherwise):
                try render(try holds(condition) ? then : otherwise)
            }
        }
    }

    /// Counts what was made, and refuses what is too large. Functions may multiply what they are given.
    private func check(_ size: Int, _ offset: Int) throws(Template.Refusal) {
        if size > ManifestLimits.templateSizeMax { throw tooLarge(offset) }
        do throws(ManifestBudget.Exhausted) {
            try budget.spend(text: size)
        } catch {
            throw refusal(error.message, offset)
        }
    }

    private func tooLarge(_ offset: Int) -> Template.Refusal {
        refusal("the template gives more than \(ManifestLimits.templateSizeMax) bytes", offset)
    }

    /// A bound of the model: Helm itself would go on.
    private func refusal(_ message: String, _ offset: Int) -> Template.Refusal {
        Template.Refusal(message: message, origin: template.base.advanced(by: offset), isUnknown: true)
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

    /// What flows through a pipeline. Texts that functions make are not interned: they may be large, and many.
    private enum Piece {
        case value(Value?)
        case text(String)
    }

    private func evaluate(
        _ pipeline: Template.Pipeline, _ offset: Int
    ) throws(Template.Refusal) -> (text: String, origins: [Origin]) {
        var piece = Piece.value(try resolve(pipeline.operand, offset))
        var origins: [Origin] = []
        for function in pipeline.functions {
            switch function {
            case .quote:
                if case .value(nil) = piece { continue }
                piece = .text(YAMLText.quoted(try plain(piece, offset)))
            case .defaultTo(let other): if !Self.isTrue(piece) { piece = .value(try resolve(other, offset)) }
            case .toYaml:
                guard let (text, places) = YAMLText.block(Self.value(piece), sizeMax: ManifestLimits.templateSizeMax)
                else { throw tooLarge(offset) }
                origins = places
                piece = .text(text)
            case .indent(let width): piece = .text(try indented(try plain(piece, offset), width, offset))
            case .newlineIndent(let width):
                piece = .text("\n" + (try indented(try plain(piece, offset), width, offset)))
                origins.insert(.none, at: 0)
            }
            if case .text(let text) = piece { try check(text.utf8.count, offset) }
        }
        return (try plain(piece, offset), origins)
    }

    /// Each line behind `width` spaces. The size is looked at before: there may be as many lines as bytes.
    private func indented(_ text: String, _ width: Int, _ offset: Int) throws(Template.Refusal) -> String {
        let lineCount = text.utf8.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
        guard text.utf8.count + lineCount * width <= ManifestLimits.templateSizeMax else { throw tooLarge(offset) }
        let prefix = String(repeating: " ", count: width)
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { prefix + $0 }.joined(separator: "\n")
    }

    private func plain(_ piece: Piece, _ offset: Int) throws(Template.Refusal) -> String {
        switch piece {
        case .text(let text): return text
        case .value(let value):
            if let value, value.textSize(upTo: ManifestLimits.templateSizeMax) > ManifestLimits.templateSizeMax {
                throw tooLarge(offset)
            }
            return Self.plain(value)
        }
    }

    private static func value(_ piece: Piece) -> Value {
        switch piece {
        case .text(let text): .string(text)
        case .value(let value): value ?? Value(.null)
        }
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

    private static func isTrue(_ piece: Piece) -> Bool {
        switch piece {
        case .text(let text): !text.isEmpty
        case .value(let value): isTrue(value)
        }
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
