/// Finds the name that was probably meant.
package enum NameSuggestion {
    /// Longer names are no typing mistakes, and comparing them costs the product of their lengths.
    private static let lengthMax = 128
    /// The most candidates that are looked at.
    private static let candidatesMax = 10_000

    /// The candidate closest to `name`, or nil where none is closer than 4 edits or the edits would replace half of
    /// the name or more. Of equally close candidates the first wins. Looks at 10,000 candidates of up to 128 bytes.
    package static func closest(to name: String, among candidates: some Sequence<String>) -> String? {
        var best: (candidate: String, distance: Int)?
        guard name.utf8.count <= lengthMax else { return nil }
        let limit = min(4, (name.unicodeScalars.count + 1) / 2 + 1)
        for candidate in candidates.prefix(candidatesMax) where candidate != name && candidate.utf8.count <= lengthMax {
            let distance = editDistance(name, candidate, limit: best?.distance ?? limit)
            if distance < (best?.distance ?? limit) { best = (candidate, distance) }
        }
        return best?.candidate
    }

    /// The number of insertions, deletions, substitutions and swaps of neighbours that turn one text into the
    /// other (optimal string alignment), counted in Unicode scalars; `limit` where it is that or more.
    package static func editDistance(_ left: String, _ right: String, limit: Int = .max) -> Int {
        let a = Array(left.unicodeScalars)
        let b = Array(right.unicodeScalars)
        if abs(a.count - b.count) >= limit { return limit }
        var beforePrevious: [Int] = []
        var previous = Array(0...b.count)
        for row in 0..<a.count {
            var current = [row + 1]
            current.reserveCapacity(b.count + 1)
            for column in 0..<b.count {
                let substitution = previous[column] + (a[row] == b[column] ? 0 : 1)
                var cost = min(substitution, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, a[row] == b[column - 1], a[row - 1] == b[column] {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            if let best = current.min(), best >= limit { return limit }
            beforePrevious = previous
            previous = current
        }
        return min(previous[b.count], limit)
    }
}
