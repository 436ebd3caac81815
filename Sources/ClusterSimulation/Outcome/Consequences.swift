/// Tells root causes from consequences, and which violations are one issue.
///
/// A violation is a consequence of another one where its invariant can be explained by the other's
/// (`Invariant.explainedBy`), the other's subject is its own or one that its explanation blames
/// (`Explanation.because`), and both were so at the same time. Inferred from what the model sees, never from names.
struct Consequences {
    /// A symptom may be seen a little before what is behind it, because invariants look at different objects.
    private static let headStart = SimulationTime.Span.minutes(5)

    private let simulation: Simulation
    private let intervals: [InvariantMonitor.Interval]
    /// The violations of one invariant by one subject, in the order of time: they do not overlap.
    private var byQuestion: [Question: [Int]] = [:]
    private struct Question: Hashable {
        var invariant: UInt8
        var subject: ObjectKey
    }

    /// By violation: the one it is a consequence of.
    private(set) var parents: [Int?]

    /// - Parameter intervals: those of the violations, in their order.
    init(_ simulation: Simulation, _ intervals: [InvariantMonitor.Interval]) {
        self.simulation = simulation
        self.intervals = intervals
        parents = Array(repeating: nil, count: intervals.count)
        for (index, interval) in intervals.enumerated() {
            let question = Question(invariant: interval.invariant, subject: interval.subject)
            byQuestion[question, default: []].append(index)
        }
        for index in intervals.indices { parents[index] = parent(of: index) }
    }

    /// The closest explanation: invariants and blamed objects are asked in the order in which they are listed.
    private func parent(of index: Int) -> Int? {
        let interval = intervals[index]
        let invariant = simulation.configuration.invariants[Int(interval.invariant)]
        for id in invariant.explainedBy {
            guard let other = simulation.configuration.invariants.firstIndex(where: { $0.id == id }) else { continue }
            for subject in [interval.subject] + interval.explanation.because {
                let question = Question(invariant: UInt8(other), subject: subject)
                if let found = byQuestion[question].flatMap({ first(of: $0, explaining: index) }) { return found }
            }
        }
        return nil
    }

    /// The first of a question's violations that may be behind another violation.
    private func first(of candidates: [Int], explaining index: Int) -> Int? {
        let effect = intervals[index]
        // Those that were over before the effect began explain nothing, and come first.
        var low = 0
        var high = candidates.count
        while low < high {
            let middle = (low + high) / 2
            let isOver = intervals[candidates[middle]].to.map { $0 < effect.from } ?? false
            if isOver { low = middle + 1 } else { high = middle }
        }
        for other in candidates[low...] {
            if intervals[other].from > effect.from + Self.headStart { return nil }
            if isAtSameTime(other, as: index), !leads(other, to: index) { return other }
        }
        return nil
    }

    private func isAtSameTime(_ other: Int, as index: Int) -> Bool {
        let cause = intervals[other]
        let effect = intervals[index]
        if cause.subject == effect.subject, cause.invariant == effect.invariant { return false }
        if let end = cause.to, end < effect.from { return false }
        if let end = effect.to, end < cause.from { return false }
        return cause.from <= effect.from + Self.headStart
    }

    /// Whether one violation is, however indirectly, a consequence of the other already.
    private func leads(_ other: Int, to index: Int) -> Bool {
        var next: Int? = other
        while let current = next {
            if current == index { return true }
            next = parents[current]
        }
        return false
    }

    /// The number of the issue of each violation, from 0 in order of first appearance: consequences go with their root
    /// cause, and root causes of one theme go together.
    func issues() -> [Int] {
        var numbers: [String: Int] = [:]
        return intervals.indices.map { index in
            let key = theme(of: root(of: index))
            let number = numbers[key] ?? numbers.count
            numbers[key] = number
            return number
        }
    }

    private func root(of index: Int) -> Int {
        var index = index
        while let parent = parents[index] { index = parent }
        return index
    }

    private func theme(of index: Int) -> String {
        let interval = intervals[index]
        if !interval.explanation.theme.isEmpty { return interval.explanation.theme }
        let content = simulation.tables.content(interval.subject)
        let message = interval.explanation.message.withoutWords([content.name.text, content.namespace.text])
        return "\(interval.invariant) \(simulation.tables.kind(content.kind).kind) \(message)"
    }
}

extension String {
    /// The text with `*` for each of these words, so that two subjects with the same trouble read the same. Words as
    /// Kubernetes names are made of: `argo` is not taken out of `argocd`.
    package func withoutWords(_ words: [String]) -> String {
        var result = ""
        var word = ""
        for character in self + "\n" {
            if character.isLetter || character.isNumber || character == "-" {
                word.append(character)
                continue
            }
            result += words.contains(word) ? "*" : word
            result.append(character)
            word = ""
        }
        result.removeLast()
        return result
    }
}
