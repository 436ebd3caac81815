/// A pattern in which `*` stands for any text, `/` included, `?` for one character, and `{a,b}` for one of several, which may
/// hold such parts again. A brace without its partner stands for itself.
///
/// All alternatives are followed side by side, so that a match takes at most the pattern times the text, however many
/// combinations the braces have.
package struct GlobAlternatives {
    private enum State {
        case character(Unicode.Scalar)
        case anyCharacter
        case anyText
        /// Goes on at one of several states.
        case choice([Int])
        /// Goes on at another state.
        case jump(Int)
        case end
    }

    /// Braces that are open while the pattern is read.
    private struct Group {
        var choice: Int
        var starts: [Int]
        var ends: [Int] = []
    }

    private var states: [State] = []

    package init(_ pattern: String) {
        let scalars = Array(pattern.unicodeScalars)
        let isBrace = Self.braces(scalars)
        var open: [Group] = []
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "*": states.append(.anyText)
            case "?": states.append(.anyCharacter)
            case "{" where isBrace[index]:
                open.append(Group(choice: states.count, starts: [states.count + 1]))
                states.append(.choice([]))
            case "," where !open.isEmpty:
                open[open.count - 1].ends.append(states.count)
                states.append(.jump(0))
                open[open.count - 1].starts.append(states.count)
            case "}" where isBrace[index]:
                let group = open.removeLast()
                states[group.choice] = .choice(group.starts)
                for end in group.ends { states[end] = .jump(states.count) }
            default: states.append(.character(scalar))
            }
        }
        states.append(.end)
    }

    /// Which braces have a partner.
    private static func braces(_ scalars: [Unicode.Scalar]) -> [Bool] {
        var isBrace = [Bool](repeating: false, count: scalars.count)
        var open: [Int] = []
        for (index, scalar) in scalars.enumerated() {
            if scalar == "{" { open.append(index) }
            if scalar == "}", let start = open.popLast() {
                isBrace[start] = true
                isBrace[index] = true
            }
        }
        return isBrace
    }

    /// Whether the pattern stands for the whole of a text.
    package func matches(_ text: String) -> Bool {
        var reached = StateSet(count: states.count)
        var next = StateSet(count: states.count)
        enter(0, &reached)
        for scalar in text.unicodeScalars {
            next.clear()
            for state in reached.members { follow(state, scalar, &next) }
            swap(&reached, &next)
            if reached.members.isEmpty { return false }
        }
        return reached.contains(states.count - 1)
    }

    private func follow(_ state: Int, _ scalar: Unicode.Scalar, _ next: inout StateSet) {
        switch states[state] {
        case .character(let wanted): if wanted == scalar { enter(state + 1, &next) }
        case .anyCharacter: enter(state + 1, &next)
        case .anyText: enter(state, &next)
        case .choice, .jump, .end: return
        }
    }

    /// Adds a state, and those that are reached from it without a character.
    private func enter(_ state: Int, _ set: inout StateSet) {
        var waiting = [state]
        while let state = waiting.popLast() {
            guard set.insert(state) else { continue }
            switch states[state] {
            case .anyText: waiting.append(state + 1)
            case .choice(let starts): waiting += starts
            case .jump(let target): waiting.append(target)
            case .character, .anyCharacter, .end: continue
            }
        }
    }

    /// Small numbers, each once, in order of insertion.
    private struct StateSet {
        private(set) var members: [Int] = []
        private var marks: [UInt32]
        private var mark: UInt32 = 1

        init(count: Int) { marks = [UInt32](repeating: 0, count: count) }

        func contains(_ state: Int) -> Bool { marks[state] == mark }

        mutating func clear() {
            members.removeAll(keepingCapacity: true)
            mark &+= 1
        }

        mutating func insert(_ state: Int) -> Bool {
            if marks[state] == mark { return false }
            marks[state] = mark
            members.append(state)
            return true
        }
    }
}
