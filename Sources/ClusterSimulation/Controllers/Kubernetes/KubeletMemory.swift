/// What the kubelet remembers besides what it wrote.
package struct KubeletMemory {
    /// Images that ran as `server` or `task` because nothing is known of them, with the first Pod of each, in order.
    package private(set) var imagesWithoutFact: [(image: Symbol, pod: ObjectKey)] = []

    mutating func noteImageWithoutFact(_ image: Symbol, _ pod: ObjectKey) {
        if imagesWithoutFact.contains(where: { $0.image == image }) { return }
        imagesWithoutFact.append((image, pod))
    }
}
