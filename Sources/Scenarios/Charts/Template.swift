package import ClusterSimulation
import Manifests

/// A chart template, parsed: the small part of Helm's template language that rendered charts need.
package struct Template: Sendable {
    let nodes: [Node]
    /// The origin of the file's first byte; `.none` where the position space is used up.
    let base: Origin
    let shownPath: String

    indirect enum Node: Sendable {
        /// Text of the file, from an offset on.
        case text(String, offset: Int)
        case output(Pipeline, offset: Int)
        case condition(Condition, then: [Node], otherwise: [Node])
    }

    /// An operand and the functions that it is piped through.
    struct Pipeline: Sendable {
        var operand: Operand
        var functions: [Function]
    }

    enum Operand: Sendable {
        /// `.Values.a.b`, `.Release.Name`, `.Chart.Version`.
        case path([String])
        case literal(Value)
    }

    enum Function: Sendable {
        case quote, toYaml
        case defaultTo(Operand)
        case indent(Int)
        case newlineIndent(Int)
    }

    struct Condition: Sendable {
        var operand: Operand
        var isNegated: Bool
        /// `eq`: what the operand is compared with.
        var equals: Operand?
        var offset: Int
    }

    /// Why a template, or a rendering, is refused; and where.
    package struct Refusal: Error, Sendable {
        package var message: String
        package var origin: Origin
        /// Whether a rendering reached a bound of the model.
        var isUnknown = false

        init(message: String, origin: Origin, isUnknown: Bool = false) {
            self.message = message
            self.origin = origin
            self.isUnknown = isUnknown
        }
    }

    /// Parses a template file.
    package static func parse(_ file: FileTree.File) -> Result<Template, Refusal> {
        let shown = SecretMask.maskedUnparsed(file.bytes)
        let base = SourceMap.register(path: file.shownPath, bytes: shown).map { Origin(position: $0) } ?? .none
        do throws(Refusal) {
            var parser = TemplateParser(try TemplateLexer.tokens(file.bytes, base: base), base: base)
            return .success(Template(nodes: try parser.nodes(), base: base, shownPath: file.shownPath))
        } catch {
            return .failure(error)
        }
    }

    /// The text that the template gives for what it can name: `Values`, `Release` and `Chart`.
    package func rendered(_ scope: Value) -> Result<String, Refusal> {
        var renderer = TemplateRenderer(self, scope: scope, budget: ManifestBudget(inputSize: 0))
        do throws(Refusal) {
            return .success(try renderer.render().text)
        } catch {
            return .failure(error)
        }
    }
}

extension Origin {
    /// The place some bytes further in the same file.
    func advanced(by offset: Int) -> Origin { isNone ? self : Origin(position: position + UInt32(offset)) }
}
