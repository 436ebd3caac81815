/// What the kubelet remembers besides what it wrote.
package struct KubeletMemory {
    /// Images that ran as `server` or `task` because nothing is known of them, with the first Pod of each, in order.
    package private(set) var imagesWithoutFact: [(image: Symbol, pod: ObjectKey)] = []

    /// Images that a node has because it has pulled them; looked up only. Nothing is ever collected.
    private var imagesOnNodes: Set<NodeImage> = []

    private struct NodeImage: Hashable {
        var node: Symbol
        var image: Symbol
    }

    func has(_ image: Symbol, on node: Symbol) -> Bool { imagesOnNodes.contains(NodeImage(node: node, image: image)) }

    mutating func notePull(of image: Symbol, on node: Symbol) {
        imagesOnNodes.insert(NodeImage(node: node, image: image))
    }

    mutating func noteImageWithoutFact(_ image: Symbol, _ pod: ObjectKey) {
        if imagesWithoutFact.contains(where: { $0.image == image }) { return }
        imagesWithoutFact.append((image, pod))
    }
}
