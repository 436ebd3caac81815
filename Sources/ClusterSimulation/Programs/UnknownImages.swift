/// Images that ran as `server` or `task` because nothing is known of them.
package struct UnknownImages {
    /// With the first Pod of each, in the order in which they ran.
    package private(set) var images: [(image: Symbol, pod: ObjectKey)] = []

    mutating func note(_ image: Symbol, _ pod: ObjectKey) {
        if images.contains(where: { $0.image == image }) { return }
        images.append((image, pod))
    }
}

extension StateSlots {
    private static let unknownImagesSlot = Slot("unknown-images", UnknownImages())

    /// Images that ran although nothing is known of them.
    package internal(set) var unknownImages: UnknownImages {
        _read { yield self[Self.unknownImagesSlot] }
        _modify { yield &self[Self.unknownImagesSlot] }
    }
}
