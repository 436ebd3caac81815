/// What a schema says of one object.
struct SchemaFindings: Sendable {
    /// A field of which a pattern could not be asked.
    struct Unanswered: Sendable {
        var path: String
        /// Why, as the end of a sentence.
        var limit: String
        var origin: Origin
    }

    /// What is wrong with the object, in the words of the API server.
    var causes: [APIError.Cause] = []
    private(set) var unanswered: [Unanswered] = []
    /// Steps of those matches that count.
    private(set) var work = 0
    private let matcher: (any PatternMatcher)?
    private let workMax: Int

    /// - Parameter workMax: steps of matches that count; what would take more is left open. 0: the run has used up its own.
    init(matcher: (any PatternMatcher)?, workMax: Int) {
        self.matcher = matcher
        self.workMax = workMax
    }

    /// Whether a pattern has a match in a text; nil, with the reason noted, where nothing here can tell. An invalid
    /// pattern matches nothing: the API server says the same of it, in other words.
    mutating func matches(_ pattern: Symbol, _ text: Symbol, _ path: String, _ origin: Origin) -> Bool? {
        guard let matcher else {
            leaveOpen(path, PatternWork.noMatcher, origin)
            return nil
        }
        guard workMax > 0 else {
            leaveOpen(path, PatternWork.runLimit, origin)
            return nil
        }
        switch matcher.read(pattern) {
        case .invalid: return false
        case .beyond(let limit):
            leaveOpen(path, limit, origin)
            return nil
        case .program(let size):
            let (steps, isTooMuch) = size.multipliedReportingOverflow(by: text.utf8.count)
            if !isTooMuch, steps < PatternWork.countedMin { return matcher.matches(pattern, text) }
            guard !isTooMuch, steps <= workMax - work else {
                leaveOpen(path, PatternWork.bodyLimit, origin)
                return nil
            }
            work += steps
            return matcher.matches(pattern, text)
        }
    }

    private mutating func leaveOpen(_ path: String, _ limit: String, _ origin: Origin) {
        unanswered.append(Unanswered(path: path, limit: limit, origin: origin))
    }
}
