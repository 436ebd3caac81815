import ClusterSimulation

/// Causal chains folded into a tree: what several chains have in common at their start is there once.
///
/// A problem that flapped has one chain per interval; they usually share the scenario step they all come from.
struct CauseTree {
    struct Node {
        let cause: Cause
        var children: [Node] = []
    }

    private(set) var roots: [Node] = []

    /// Folds chains, first cause first, in the order given.
    init(_ chains: [[Cause]]) {
        for chain in chains { Self.insert(chain[...], into: &roots) }
    }

    private static func insert(_ chain: ArraySlice<Cause>, into nodes: inout [Node]) {
        guard let cause = chain.first else { return }
        // Only the newest branch is a candidate: an equal cause further up belongs to an earlier story.
        if let last = nodes.indices.last, nodes[last].cause == cause {
            insert(chain.dropFirst(), into: &nodes[last].children)
        } else {
            var node = Node(cause: cause)
            insert(chain.dropFirst(), into: &node.children)
            nodes.append(node)
        }
    }

    /// One line per cause, drawn with `├─`, `└─` and `│`. `render` makes the text of a cause.
    func lines(_ render: (Cause) -> String) -> [String] {
        var lines: [String] = []
        for root in roots {
            lines.append(render(root.cause))
            Self.appendLines(of: root.children, prefix: "", render, to: &lines)
        }
        return lines
    }

    private static func appendLines(
        of nodes: [Node], prefix: String, _ render: (Cause) -> String, to lines: inout [String]
    ) {
        for (index, node) in nodes.enumerated() {
            let isLast = index == nodes.count - 1
            lines.append(prefix + (isLast ? "└─ " : "├─ ") + render(node.cause))
            appendLines(of: node.children, prefix: prefix + (isLast ? "   " : "│  "), render, to: &lines)
        }
    }
}

extension Cause {
    /// `2025-11-26T18:00:00Z user merge #1738 (scenario.yaml:12:7)`.
    var text: String { "\(at.rfc3339) \(actor.singleLine) \(shortText)" }

    /// `merge #1738 (scenario.yaml:12:7)`: without time and actor.
    var shortText: String { (source.map { "\(deed) (\($0))" } ?? deed).singleLine }

    /// What was done to what. A step's own text says what was done.
    var deed: String { (action == "step" ? [object] : [action, object]).filter { !$0.isEmpty }.joined(separator: " ") }
}
