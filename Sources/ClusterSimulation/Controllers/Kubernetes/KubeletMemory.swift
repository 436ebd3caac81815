/// What the kubelet remembers besides what it wrote.
package struct KubeletMemory {
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
}

extension StateSlots {
    private static let kubeletSlot = Slot("kubelet", KubeletMemory())

    /// What the kubelet remembers.
    package internal(set) var kubelet: KubeletMemory {
        _read { yield self[Self.kubeletSlot] }
        _modify { yield &self[Self.kubeletSlot] }
    }
}
