/// An array whose copies cost almost nothing and whose writes after a copy cost what they touch.
///
/// A tree of fixed width: thirty-two elements in a leaf, thirty-two leaves in a group, groups in one array. A copy
/// shares everything; a write copies the path to one leaf where it is shared and works in place where it is not.
/// Reading past the end gives the default element, writing past the end fills up with it.
///
/// Nodes hold their elements behind their own header, so that a read touches one line of memory a level.
package struct PersistentArray<Element> {
    /// Thirty-two of something in one piece of memory.
    private final class Node<Item>: ManagedBuffer<Void, Item> {
        @inline(__always)
        var items: UnsafeMutablePointer<Item> { withUnsafeMutablePointerToElements { $0 } }

        static func filled(with item: Item) -> Node<Item> {
            let node = unsafeDowncast(Self.create(minimumCapacity: 32) { _ in () }, to: Node<Item>.self)
            node.items.initialize(repeating: item, count: 32)
            return node
        }

        func copy() -> Node<Item> {
            let node = unsafeDowncast(Self.create(minimumCapacity: 32) { _ in () }, to: Node<Item>.self)
            node.items.initialize(from: items, count: 32)
            return node
        }

        deinit { _ = withUnsafeMutablePointerToElements { $0.deinitialize(count: 32) } }
    }

    private typealias Leaf = Node<Element>
    private typealias Group = Node<Leaf>

    private var groups: ContiguousArray<Group> = []
    private let defaultElement: Element
    /// Shared by all places that were never written.
    private let defaultLeaf: Leaf
    /// One more than the highest index that was written.
    package private(set) var count = 0

    /// An empty array that reads as `element` everywhere.
    package init(default element: Element) {
        defaultElement = element
        defaultLeaf = Leaf.filled(with: element)
    }

    package subscript(index: Int) -> Element {
        @inline(__always)
        get {
            let group = index &>> 10
            guard group < groups.count else { return defaultElement }
            return groups[group].items[(index &>> 5) & 31].items[index & 31]
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
        if !isKnownUniquelyReferenced(&groups[group]) { groups[group] = groups[group].copy() }
        let leaves = groups[group].items
        let leaf = (index &>> 5) & 31
        if !isKnownUniquelyReferenced(&leaves[leaf]) { leaves[leaf] = leaves[leaf].copy() }
        return leaves[leaf].items
    }

    @inline(never)
    private mutating func grow(to group: Int) {
        while groups.count <= group { groups.append(Group.filled(with: defaultLeaf)) }
    }
}
