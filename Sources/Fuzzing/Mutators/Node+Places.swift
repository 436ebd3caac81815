extension Node {
    /// The way from a document to one of its nodes: indices of elements and of fields.
    package typealias Path = [Int]

    /// The node with a number, counted from 0 in the order of the text, and the keys on the way to it.
    package func path(ofNode number: Int) -> (path: Path, keys: [String]) {
        var rest = number
        var path: Path = []
        var keys: [String] = []
        var node = self
        while rest > 0 {
            rest -= 1
            let children = node.children
            guard
                let next = children.indices.first(where: { index in
                    let count = children[index].node.count
                    if rest < count { return true }
                    rest -= count
                    return false
                })
            else { break }
            path.append(next)
            if let key = children[next].key { keys.append(key) }
            node = children[next].node
        }
        return (path, keys)
    }

    /// What is directly below, with its key where it has one.
    package var children: [(key: String?, node: Node)] {
        switch self {
        case .array(let elements): elements.map { (nil, $0) }
        case .object(let fields): fields.map { ($0.key, $0.value) }
        case .anchored(_, let node): [(nil, node)]
        default: []
        }
    }

    /// The node at the end of a path.
    package func node(at path: Path) -> Node? {
        var node = self
        for index in path {
            let children = node.children
            guard children.indices.contains(index) else { return nil }
            node = children[index].node
        }
        return node
    }

    /// Another node at the end of a path; nil takes it out of what holds it.
    package func replacing(_ path: ArraySlice<Int>, with replacement: Node?) -> Node {
        changing(path) { node, index in
            switch node {
            case .array(var elements):
                if let replacement { elements[index] = replacement } else { elements.remove(at: index) }
                node = .array(elements)
            case .object(var fields):
                if let replacement { fields[index].value = replacement } else { fields.remove(at: index) }
                node = .object(fields)
            case .anchored(let name, _): if let replacement { node = .anchored(name, replacement) }
            default: break
            }
        } ?? replacement ?? self
    }

    /// Changes the container of the node at the end of a path; nil for the document itself.
    package func changing(_ path: ArraySlice<Int>, _ body: (inout Node, Int) -> Void) -> Node? {
        guard let first = path.first, children.indices.contains(first) else { return nil }
        var result = self
        guard path.count > 1 else {
            body(&result, first)
            return result
        }
        guard let inner = children[first].node.changing(path.dropFirst(), body) else { return nil }
        switch result {
        case .array(var elements):
            elements[first] = inner
            result = .array(elements)
        case .object(var fields):
            fields[first].value = inner
            result = .object(fields)
        case .anchored(let name, _): result = .anchored(name, inner)
        default: break
        }
        return result
    }
}
