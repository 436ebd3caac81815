import ClusterSimulation

extension Comparison {
    /// For programs, on one line per entry: `schema` 1, the runs, the counts, the entries and the lists of scenarios.
    /// Members are added without a new schema number; none changes its meaning within one.
    package var json: String {
        var json = "{\n  \"schema\": 1,\n"
        json += "  \"before\": \(Self.quoted(before)),\n  \"after\": \(Self.quoted(after)),\n"
        json += "  \"regressed\": \(hasRegressed),\n"
        let counts = Change.allCases.map { "\(Self.quoted($0.rawValue)): \(count($0))" }
        json += "  \"counts\": {\(counts.joined(separator: ", "))},\n"
        json += "  \"entries\": [\(Self.lines(entries.map(\.json)))],\n"
        json += "  \"addedScenarios\": \(Self.list(addedScenarios)),\n"
        json += "  \"scenariosNotRun\": \(Self.list(scenariosNotRun)),\n"
        json += "  \"nondeterministicScenarios\": \(Self.list(nondeterministicScenarios))\n}\n"
        return PrintableText.document(json, as: .json)
    }

    private static func lines(_ items: [String]) -> String {
        items.isEmpty ? "" : "\n    " + items.joined(separator: ",\n    ") + "\n  "
    }

    private static func list(_ items: [String]) -> String {
        "[" + items.map(quoted).joined(separator: ", ") + "]"
    }

    /// A JSON text (RFC 8259), as the ledger writes its content.
    fileprivate static func quoted(_ text: String?) -> String {
        var writer = ContentWriter()
        writer.text(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension Comparison.Entry {
    fileprivate var json: String {
        let quoted = Comparison.quoted
        let subject =
            "{\"kind\": \(quoted(subject.kind)), \"namespace\": \(quoted(subject.namespace)), "
            + "\"name\": \(quoted(subject.name))}"
        return "{\"change\": \(quoted(change.rawValue)), \"scenario\": \(quoted(scenario)), "
            + "\"invariant\": \(quoted(invariant)), \"subject\": \(subject), "
            + "\"before\": \(before?.json ?? "null"), \"after\": \(after?.json ?? "null"), "
            + "\"modelChanged\": \(isModelChanged), \"inputChanged\": \(isInputChanged)}"
    }
}

extension Comparison.Windows {
    fileprivate var json: String {
        "{\"count\": \(count), \"milliseconds\": \(length.milliseconds), \"open\": \(isOpen), "
            + "\"message\": \(Comparison.quoted(message))}"
    }
}
