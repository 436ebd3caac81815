/// Takes parts out of a list as long as what is looked for stays (delta debugging: Zeller, Hildebrandt 2002, without
/// the complements).
package enum Minimizer {
    /// A list from which no part of the tried sizes can be taken.
    ///
    /// - Parameter holds: whether what is looked for is still there, true for `elements`; nil where there is no time for
    ///   another try.
    package static func minimized<Element>(
        _ elements: [Element], _ holds: ([Element]) -> Bool?
    ) -> [Element] {
        var elements = elements
        var size = max(1, elements.count / 2)
        while !elements.isEmpty {
            var start = 0
            var hasShrunk = false
            while start < elements.count {
                var smaller = elements
                smaller.removeSubrange(start..<min(elements.count, start + size))
                guard let isThere = holds(smaller) else { return elements }
                if isThere {
                    elements = smaller
                    hasShrunk = true
                } else {
                    start += size
                }
            }
            if size == 1, !hasShrunk { break }
            size = max(1, size / 2)
        }
        return elements
    }
}
