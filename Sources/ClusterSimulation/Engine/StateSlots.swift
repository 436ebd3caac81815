import Synchronization

/// A place for what one floor keeps in a value of a lower floor: declared by the floor that owns it, and named there
/// and above only.
///
/// Places are numbered in the order of their first use, which differs from process to process: no outcome may ask for it.
package struct Slot<Content>: Sendable {
    /// What it is, for people: `kubelet`.
    package let name: Symbol
    fileprivate let index: Int
    /// What every value of the lower floor begins with; never written.
    fileprivate let initial: SlotBox<Content>

    /// A place of its own: make one only as a static constant.
    package init(_ name: Symbol, _ content: Content) {
        self.name = name
        index = slotCount.add(1, ordering: .relaxed).oldValue
        initial = SlotBox(content)
    }
}

/// How many places there are.
private let slotCount = Atomic<Int>(0)

/// What the floors above keep here, each in its own typed place: a value, of which a copy costs one retain and a write
/// after it what its place holds.
package struct StateSlots: @unchecked Sendable {
    private var boxes: ContiguousArray<AnySlotBox?> = []

    package init() {}

    /// The content of a place.
    package subscript<Content>(slot: Slot<Content>) -> Content {
        @inline(__always)
        _read {
            if slot.index < boxes.count, let box = boxes[slot.index] {
                yield unsafeDowncast(box, to: SlotBox<Content>.self).content
            } else {
                yield slot.initial.content
            }
        }
        @inline(__always)
        _modify {
            makeUnique(slot.index, slot.initial)
            yield &unsafeDowncast(boxes[slot.index].unsafelyUnwrapped, to: SlotBox<Content>.self).content
        }
    }

    /// Makes sure that a place has a box that no copy of this value shares.
    @inline(__always)
    private mutating func makeUnique(_ index: Int, _ initial: AnySlotBox) {
        if index < boxes.count, boxes[index] != nil, isKnownUniquelyReferenced(&boxes[index]) { return }
        makeBox(index, initial)
    }

    @inline(never)
    private mutating func makeBox(_ index: Int, _ initial: AnySlotBox) {
        while boxes.count <= index { boxes.append(nil) }
        boxes[index] = (boxes[index] ?? initial).copy()
    }
}

/// The content of some place.
private class AnySlotBox: @unchecked Sendable {
    func copy() -> AnySlotBox { fatalError("a box without content") }
}

private final class SlotBox<Content>: AnySlotBox, @unchecked Sendable {
    // Written through `StateSlots` only, whose own accesses are checked.
    @exclusivity(unchecked) var content: Content

    init(_ content: Content) { self.content = content }

    override func copy() -> AnySlotBox { SlotBox(content) }
}
