/// What matching patterns may cost before what they say is left open. Steps: bytes of the text times instructions of the
/// program, which is the most that a match takes.
enum PatternWork {
    /// A match of fewer steps does not count: what people write stays below.
    static let countedMin = 1 << 14
    /// For one object: a second or two.
    static let bodyMax = 1 << 28
    /// For all of a run: some seconds.
    static let runMax = 1 << 29
    /// Steps that compiling an instruction is worth.
    static let stepsPerInstruction = 64
    /// What finding out costs that a pattern is beyond a limit.
    static let beyondSteps = 1 << 23
    /// A program of fewer instructions compiles without being counted.
    static let countedSizeMin = 256

    // Why nothing is known, as the end of a sentence.
    static let runLimit = "is not matched: the patterns of this run took \(runMax) steps, the most that they may take"
    static let bodyLimit = "would take more than the \(bodyMax) steps that the patterns of one object may take"
    static let noMatcher = "is matched by nothing here"
}

/// A pattern of which nothing here can tell what the API server makes of it.
struct UnansweredPattern: Hashable, Sendable {
    /// Of the object: its own, or the definition's where the pattern itself cannot be read.
    var key: ObjectKey
    /// `spec.hostname`, or for a definition the place of the pattern.
    var path: String
    /// Why, as the end of a sentence.
    var limit: String
    var origin: Origin

    // Each field of an object is told once.
    static func == (left: UnansweredPattern, right: UnansweredPattern) -> Bool {
        left.key == right.key && left.path == right.path
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(key)
        hasher.combine(path)
    }
}

/// What is not known of patterns, in order of first appearance, and what matching cost up to now.
struct PatternAccount: Sendable {
    private(set) var unanswered: [UnansweredPattern] = []
    private var known: Set<UnansweredPattern> = []
    private(set) var work = 0

    /// Whether matches that count are still made.
    var isOver: Bool { work >= PatternWork.runMax }

    mutating func charge(_ steps: Int) { work = min(PatternWork.runMax, work + min(steps, PatternWork.runMax)) }

    mutating func note(_ pattern: UnansweredPattern) {
        if known.insert(pattern).inserted { unanswered.append(pattern) }
    }
}

extension Simulation {
    private static let patternAccountSlot = Slot("patterns", PatternAccount())

    /// What is not known of patterns, and what matching them cost up to now.
    var patternAccount: PatternAccount {
        _read { yield memory[Self.patternAccountSlot] }
        _modify { yield &memory[Self.patternAccountSlot] }
    }
}
