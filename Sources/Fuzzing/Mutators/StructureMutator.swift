/// Changes documents by what they mean: values, keys, parts, and what names what.
package enum StructureMutator {
    /// One change, and the field that it was made to.
    package struct Change: Sendable {
        package var documents: [Node]
        /// What was done, and the last key on the way to where: `replace replicas`.
        package var label: String
    }

    /// Some documents with one change.
    ///
    /// - Parameters:
    ///   - donors: other documents, for parts to be taken from.
    ///   - isGentle: whether values keep their types and keys their names, so that most of it is still read.
    package static func changed(
        _ documents: [Node], donors: [Node], isGentle: Bool = false, _ random: inout FuzzRandom
    ) -> Change {
        guard !documents.isEmpty else { return Change(documents: documents, label: "nothing") }
        let index = random.below(documents.count)
        let document = documents[index]
        var (path, keys) = document.path(ofNode: random.below(document.count))
        // Fields that have hostile values of their own are where limits are: they are met more often.
        for _ in 0..<random.below(4) where HostileValues.known(for: keys.last ?? "", &random) == nil {
            (path, keys) = document.path(ofNode: random.below(document.count))
        }
        let place = Place(path: path, key: keys.last ?? "", others: documents + donors)
        switch random.below(24) {
        case 0: return whole(documents, index, &random)
        case 1: return Change(documents: documents + [document], label: "repeat document")
        case 2 where !isGentle: return bomb(documents, index, place)
        default:
            let (changed, label) = isGentle ? adjust(document, place, &random) : change(document, place, &random)
            var documents = documents
            documents[index] = changed
            return Change(documents: documents, label: "\(label) \(place.key)")
        }
    }

    private struct Place {
        var path: Node.Path
        var key: String
        var others: [Node]
    }

    private static func change(_ document: Node, _ place: Place, _ random: inout FuzzRandom) -> (Node, String) {
        guard !place.path.isEmpty, let node = document.node(at: place.path) else {
            return (HostileValues.any(&random), "replace document")
        }
        let path = place.path[...]
        switch random.below(16) {
        case 0: return (document.replacing(path, with: nil), "delete")
        case 1:
            return (
                renamed(document, path, to: random.pick(["", "a", "\u{1B}[0m", "<<", "name", "kind"]) ?? ""), "rename"
            )
        case 2: return (repeated(document, path, times: 2), "repeat")
        case 3: return (repeated(document, path, times: 10 + random.below(3000)), "repeat often")
        case 4: return (swapped(document, path, &random), "swap")
        case 5: return (document.replacing(path, with: .array([node])), "wrap")
        case 6: return (document.replacing(path, with: .object([(place.key, node)])), "wrap")
        case 7: return (document.replacing(path, with: donor(place, &random) ?? node), "splice")
        case 8: return (document.replacing(path, with: HostileValues.any(&random)), "replace")
        case 9: return (owned(document, &random), "own")
        default:
            let value = HostileValues.known(for: place.key, &random) ?? HostileValues.any(&random)
            return (document.replacing(path, with: value), "replace")
        }
    }

    private static func adjust(_ document: Node, _ place: Place, _ random: inout FuzzRandom) -> (Node, String) {
        guard !place.path.isEmpty, let node = document.node(at: place.path) else { return (document, "nothing") }
        let path = place.path[...]
        switch random.below(12) {
        case 0: return (document.replacing(path, with: nil), "delete")
        case 1: return (repeated(document, path, times: 3 + random.below(3)), "repeat")
        case 2: return (repeated(document, path, times: 10 + random.below(1000)), "repeat often")
        case 3: return (owned(document, &random), "own")
        case 4, 5: return (document.replacing(path, with: donor(place, isSameKey: true, &random) ?? node), "splice")
        default:
            for _ in 0..<8 {
                let value = HostileValues.known(for: place.key, &random) ?? donor(place, isSameKey: true, &random)
                if let value, value.isLike(node) { return (document.replacing(path, with: value), "replace") }
            }
            return (document.replacing(path, with: HostileValues.like(node, &random)), "replace")
        }
    }

    /// A node from elsewhere, of the same key where there is one.
    private static func donor(_ place: Place, isSameKey: Bool = false, _ random: inout FuzzRandom) -> Node? {
        for _ in 0..<20 {
            guard let document = random.pick(place.others) else { return nil }
            let (path, keys) = document.path(ofNode: random.below(document.count))
            if keys.last == place.key || !isSameKey && random.once(in: 20) { return document.node(at: path) }
        }
        return nil
    }

    private static func renamed(_ document: Node, _ path: ArraySlice<Int>, to name: String) -> Node {
        document.changing(path) { node, index in
            guard case .object(var fields) = node else { return }
            fields[index].key = name
            node = .object(fields)
        } ?? document
    }

    private static func repeated(_ document: Node, _ path: ArraySlice<Int>, times: Int) -> Node {
        document.changing(path) { node, index in
            switch node {
            case .array(var elements):
                elements.insert(contentsOf: [Node](repeating: elements[index], count: times - 1), at: index)
                node = .array(elements)
            case .object(var fields):
                // Twice the same key, or many keys that differ.
                let field = fields[index]
                let more = (1..<times).map { (key: times == 2 ? field.key : "\(field.key)-\($0)", value: field.value) }
                fields.insert(contentsOf: more, at: index)
                node = .object(fields)
            default: break
            }
        } ?? document
    }

    private static func swapped(_ document: Node, _ path: ArraySlice<Int>, _ random: inout FuzzRandom) -> Node {
        let (other, _) = document.path(ofNode: random.below(document.count))
        guard !other.isEmpty, !other.starts(with: path), !path.starts(with: other),
            let first = document.node(at: Array(path)),
            let second = document.node(at: other)
        else { return document }
        return document.replacing(path, with: second).replacing(other[...], with: first)
    }

    /// An object that owns itself or another: owners in a circle.
    private static func owned(_ document: Node, _ random: inout FuzzRandom) -> Node {
        guard case .object(var fields) = document, let place = fields.firstIndex(where: { $0.key == "metadata" }),
            case .object(var metadata) = fields[place].value
        else { return document }
        let owner: Node = .object([
            ("apiVersion", document["apiVersion"] ?? .string("v1")), ("kind", document["kind"] ?? .string("ConfigMap")),
            ("name", document["metadata"]?["name"] ?? .string("a")), ("uid", .string("0")),
            ("controller", .raw("true")),
            ("blockOwnerDeletion", .raw("true")),
        ])
        metadata.removeAll { $0.key == "ownerReferences" }
        metadata.append(("ownerReferences", .array(random.once(in: 2) ? [owner] : [owner, owner])))
        if random.once(in: 3) { metadata.append(("finalizers", .array([.string("example.dev/none")]))) }
        fields[place].value = .object(metadata)
        return .object(fields)
    }

    /// Another kind, another name, another namespace: those of another document.
    private static func whole(_ documents: [Node], _ index: Int, _ random: inout FuzzRandom) -> Change {
        guard case .object(var fields) = documents[index], let other = random.pick(documents) else {
            return Change(documents: documents, label: "nothing")
        }
        let key = random.pick(["kind", "metadata", "spec", "apiVersion"]) ?? "kind"
        if let value = other[key], let place = fields.firstIndex(where: { $0.key == key }) {
            fields[place].value = value
        }
        var documents = documents
        documents[index] = .object(fields)
        return Change(documents: documents, label: "exchange \(key)")
    }

    /// Anchors whose aliases stand for ever more.
    private static func bomb(_ documents: [Node], _ index: Int, _ place: Place) -> Change {
        var levels: [Node] = [.anchored("a0", .array([Node](repeating: .string("x"), count: 9)))]
        for level in 1..<9 {
            levels.append(.anchored("a\(level)", .array([Node](repeating: .alias("a\(level - 1)"), count: 9))))
        }
        var documents = documents
        documents[index] = documents[index].replacing(place.path[...], with: .array(levels))
        return Change(documents: documents, label: "aliases \(place.key)")
    }
}
