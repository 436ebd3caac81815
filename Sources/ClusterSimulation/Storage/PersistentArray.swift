/// An array whose copies cost almost nothing and whose writes after a copy cost what they touch.
///
/// A tree of fixed width: thirty-two elements in a leaf, thirty-two leaves in a group, groups in one array. A copy
/// shares everything; a write copies the path to one leaf where it is shared and works in place where it is not.
/// Reading past the end gives the default element, writing past the end fills up with it.
package struct PersistentArray<Element> {
    private final class Leaf {
        let items: UnsafeMutablePointer<Element>

        init(filledWith element: Element) {
            items = .allocate(capacity: 32)
            items.initialize(repeating: element, count: 32)
        }

        init(copying other: Leaf) {
            items = .allocate(capacity: 32)
            items.initialize(from: other.items, count: 32)
        }

        deinit {
            items.deinitialize(count: 32)
            items.deallocate()
        }
    }

    private final class Group {
        let leaves: UnsafeMutablePointer<Leaf>

        init(filledWith leaf: Leaf) {
            leaves = .allocate(capacity: 32)
            leaves.initialize(repeating: leaf, count: 32)
        }

        init(copying other: Group) {
            leaves = .allocate(capacity: 32)
            leaves.initialize(from: other.leaves, count: 32)
        }

        deinit {
            leaves.deinitialize(count: 32)
            leaves.deallocate()
        }
    }

    private var groups: ContiguousArray<Group> = []
    private let defaultElement: Element
    /// Shared by all places that were never written.
    private let defaultLeaf: Leaf
    /// One more than the highest index that was written.
    package private(set) var count = 0

    /// An empty array that reads as `element` everywhere.
    package init(default element: Element) {
        defaultElement = element
        defaultLeaf = Leaf(filledWith: element)
    }

    package subscript(index: Int) -> Element {
        @inline(__always)
        get {
            let group = index &>> 10
            guard group < groups.count else { return defaultElement }
            return groups[group].leaves[(index &>> 5) & 31].items[index & 31]
        }
        @inline(__always)
        _modify {
            let items = writableItems(index)
            yield &items[index & 31]
        }
    }

    /// Appends an element and returns its index.
    @inline(__always)
    @discardableResult
    package mutating func append(_ element: Element) -> Int {
        let index = count
        self[index] = element
        return index
    }

    @inline(__always)
    private mutating func writableItems(_ index: Int) -> UnsafeMutablePointer<Element> {
        let group = index &>> 10
        if group >= groups.count { grow(to: group) }
        if index >= count { count = index + 1 }
        if !isKnownUniquelyReferenced(&groups[group]) { groups[group] = Group(copying: groups[group]) }
        let leaves = groups[group].leaves
        let leaf = (index &>> 5) & 31
        if !isKnownUniquelyReferenced(&leaves[leaf]) { leaves[leaf] = Leaf(copying: leaves[leaf]) }
        return leaves[leaf].items
    }

    @inline(never)
    private mutating func grow(to group: Int) {
        while groups.count <= group { groups.append(Group(filledWith: defaultLeaf)) }
    }
}
