import ClusterSimulation

/// The questions that glibc and musl ask for a name, in order, and what they tell the program in the end.
enum ClientWalks {
    static func cases(_ document: Value) -> [ConformanceReport.Case] {
        let group = document["groups"]?.elements.first { $0["id"]?.text == "migration" } ?? nil
        let simulation = CoreDNSCases.simulation("migration", document)
        return (document["clientWalks"]?.elements ?? []).map { entry in
            var config = group["config"] ?? nil
            for field in entry["configOverride"]?.fields ?? [] { config[field.key] = field.value }
            let dns = ClusterDNS(simulation, CoreDNSSettings(recorded: config))
            let question = DNSQuestion(recorded: entry)
            let library = entry["libc"]?.text ?? ""
            let resolver = StubResolver(
                search: entry["search"]?.symbols.map(\.text) ?? [], ndots: entry["ndots"]?.integer ?? 5,
                library: CLibrary(rawValue: library) ?? .glibc)
            let name = entry["name"]?.text ?? ""
            return .init(
                id: entry["id"]?.text ?? "", request: "\(library) \(name) in \(entry["podNamespace"]?.text ?? "")",
                expected: recordedText(entry), got: text(resolver.walk(name, question.type, ask: dns.answer)))
        }
    }

    private static func recordedText(_ entry: Value) -> String {
        var lines = (entry["queries"]?.elements ?? []).map { query in
            "\(query["query"]?.text ?? "") \(query["outcome"]?.text ?? "")"
        }
        let final = entry["final"] ?? nil
        lines.append(final["result"]?.text ?? "")
        if let name = final["name"]?.text { lines.append(name) }
        lines += (final["addresses"]?.symbols ?? []).map(\.text).sorted()
        return lines.joined(separator: "\n")
    }

    private static func text(_ walk: StubResolver.Walk) -> String {
        var lines = walk.queries.map { "\($0.name) \(outcome($0.answer))" }
        switch walk.result {
        case .resolved(let name, let addresses):
            lines += ["resolved", name] + addresses.map(\.description).sorted()
        case .noData: lines.append("nodata")
        case .temporaryFailure: lines.append("temporary-failure")
        case .notFound: lines.append("not-found")
        }
        return lines.joined(separator: "\n")
    }

    /// The cases have nothing behind the cluster's DNS but what they say: an unknown name does not exist.
    private static func outcome(_ answer: DNSAnswer) -> String {
        if answer.isNoData { return "NODATA" }
        switch answer.code {
        case .noError: return "ANSWER"
        case .next: return DNSAnswer.Code.nameError.rawValue
        case .nameError, .serverFailure, .refused: return answer.code.rawValue
        }
    }
}
