/// CoreDNS' `cache` plugin: answers kept for as long as their records say.
///
/// Source: `plugin/cache` (at most 3600 s, denials at most 1800 s, none less than 5 s, SERVFAIL 5 s), restated in
/// specs/coredns.md 13.2. Left out: its capacity, prefetching, and answers served after they expired.
package struct DNSCache: Sendable {
    /// The longest that an answer is kept, and a denial.
    package var positiveMax = SimulationTime.Span.seconds(3600)
    package var denialMax = SimulationTime.Span.seconds(1800)
    private static let least = SimulationTime.Span.seconds(5)

    /// Looked up, never iterated.
    private var entries: [DNSQuestion: Entry] = [:]

    private struct Entry {
        var answer: DNSAnswer
        var until: SimulationTime
    }

    package init() {}

    /// The kept answer, or a new one that is kept from now on.
    package mutating func answer(
        _ question: DNSQuestion, at now: SimulationTime, ask: (DNSQuestion) -> DNSAnswer
    ) -> DNSAnswer {
        var key = question
        key.name = question.name.lowercased()
        if let entry = entries[key], now < entry.until { return entry.answer }
        let answer = ask(question)
        if let span = lifetime(of: answer) { entries[key] = Entry(answer: answer, until: now + span) }
        return answer
    }

    /// How long an answer is kept; nil: not at all.
    package func lifetime(of answer: DNSAnswer) -> SimulationTime.Span? {
        if answer.isTruncated { return nil }
        switch answer.code {
        case .refused, .next: return nil
        case .serverFailure: return Self.least
        case .noError where !answer.answers.isEmpty:
            let ttl = (answer.answers + answer.additional).map(\.ttl).min() ?? 0
            return max(Self.least, min(positiveMax, .seconds(Int64(ttl))))
        case .noError, .nameError:
            // A denial lives as long as the minimum of its SOA record (RFC 2308).
            var ttl = Int.max
            for record in answer.authority {
                if case .soa(_, _, _, _, _, let minimum) = record.data { ttl = min(ttl, record.ttl, minimum) }
            }
            guard ttl != .max else { return nil }
            return max(Self.least, min(denialMax, .seconds(Int64(ttl))))
        }
    }
}
