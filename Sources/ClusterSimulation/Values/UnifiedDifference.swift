/// What differs between two texts, in the form of `diff -u` without the names of files.
enum UnifiedDifference {
    /// Lines that are shown around a change.
    private static let context = 3

    /// One line of both texts laid side by side.
    private struct Line {
        /// `-`: only before, `+`: only after, a space: in both.
        var mark: Character
        var text: String
    }

    /// Empty where the texts are equal.
    static func text(from old: [String], to new: [String]) -> String {
        let lines = aligned(old, new)
        var text = ""
        var start = 0
        while let first = lines[start...].firstIndex(where: { $0.mark != " " }) {
            // A hunk ends where more follows that is the same than its own context and that of the next.
            var end = first + 1
            while let next = lines[end...].firstIndex(where: { $0.mark != " " }), next - end <= 2 * context {
                end = next + 1
            }
            let hunk = max(start, first - context)..<min(lines.count, end + context)
            text += hunkText(lines, hunk)
            start = end
        }
        return text
    }

    private static func hunkText(_ lines: [Line], _ hunk: Range<Int>) -> String {
        func range(without mark: Character) -> String {
            let before = lines[..<hunk.lowerBound].count { $0.mark != mark }
            let length = lines[hunk].count { $0.mark != mark }
            return length == 1 ? "\(before + 1)" : "\(length == 0 ? before : before + 1),\(length)"
        }
        let head = "@@ -\(range(without: "+")) +\(range(without: "-")) @@\n"
        return head + lines[hunk].map { "\($0.mark)\($0.text)\n" }.joined()
    }

    private static func aligned(_ old: [String], _ new: [String]) -> [Line] {
        let changes = new.difference(from: old)
        var isRemoved = [Bool](repeating: false, count: old.count)
        var isInserted = [Bool](repeating: false, count: new.count)
        for change in changes {
            switch change {
            case .remove(let offset, _, _): isRemoved[offset] = true
            case .insert(let offset, _, _): isInserted[offset] = true
            }
        }
        var lines: [Line] = []
        var left = 0
        var right = 0
        while left < old.count || right < new.count {
            if left < old.count, isRemoved[left] {
                lines.append(Line(mark: "-", text: old[left]))
                left += 1
            } else if right < new.count, isInserted[right] {
                lines.append(Line(mark: "+", text: new[right]))
                right += 1
            } else {
                lines.append(Line(mark: " ", text: old[left]))
                left += 1
                right += 1
            }
        }
        return lines
    }
}
