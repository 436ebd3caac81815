/// Answers by question, of which those that were not asked for lately are dropped when there are too many.
///
/// An answer depends on its question alone, so that nothing but time follows from what is kept.
struct BoundedMemo<Question: Hashable, Answer> {
    private var young: [Question: Answer] = [:]
    private var old: [Question: Answer] = [:]
    /// Half of the most answers that are kept.
    private let half: Int

    /// - Parameter max: the most answers that are kept, at least 2.
    init(max: Int) { half = max / 2 }

    /// How many answers are kept.
    var count: Int { young.count + old.count }

    /// The answer to a question, where it is kept.
    mutating func answer(to question: Question) -> Answer? {
        if let answer = young[question] { return answer }
        guard !old.isEmpty, let answer = old.removeValue(forKey: question) else { return nil }
        keep(answer, to: question)
        return answer
    }

    /// Keeps an answer; where there are too many, the older half goes.
    mutating func keep(_ answer: Answer, to question: Question) {
        if young.count >= half {
            old = young
            young = [:]
        }
        young[question] = answer
    }
}
