import Foundation

/// Whether what a command prints for programs is what its documentation promises.
package enum MachineText {
    /// Fields of an outcome that `docs/reading-a-report.md` promises, and what each is.
    private static let outcomeFields: [(String, Any.Type)] = [
        ("scenario", String.self), ("modelVersion", String.self), ("verdict", String.self), ("digest", String.self),
        ("inputDigest", String.self), ("start", String.self), ("horizon", String.self), ("violations", [Any].self),
        ("unknowns", [Any].self), ("applications", [Any].self), ("pods", [Any].self),
        ("namespaces", [Any].self), ("invariants", [Any].self), ("timeline", [Any].self),
        ("changeSets", [Any].self), ("counters", [String: Any].self), ("timings", [String: Any].self),
        ("seed", NSNumber.self),
    ]
    private static let verdicts = ["holds", "violated", "inconclusive"]
    private static let counters = ["events", "apiWrites", "reconciles", "invariantChecks", "virtualSeconds"]
    private static let violationFields = ["invariant", "kind", "subject", "from", "to", "message", "remedy", "causes"]

    /// What is wrong with the JSON of outcomes (`run`, `test` and `report`); nil where nothing is.
    package static func outcomeFault(_ bytes: [UInt8]) -> String? {
        guard let document = json(bytes) else { return "no JSON" }
        let outcomes = document as? [Any] ?? [document]
        for outcome in outcomes {
            guard let outcome = outcome as? [String: Any] else { return "JSON without an object" }
            if let fault = fault(of: outcome) { return fault }
        }
        return nil
    }

    private static func fault(of outcome: [String: Any]) -> String? {
        guard outcome["schema"] as? Int == 1 else { return "JSON without schema" }
        guard outcome["scenario"] is String else { return "JSON without scenario" }
        if outcome["error"] is String, outcome["verdict"] == nil { return nil }
        for (name, type) in outcomeFields {
            guard let value = outcome[name] else { return "JSON without \(name)" }
            let fits =
                switch type {
                case is String.Type: value is String
                case is [Any].Type: value is [Any]
                case is [String: Any].Type: value is [String: Any]
                default: value is NSNumber
                }
            if !fits { return "JSON with another type of \(name)" }
        }
        guard let verdict = outcome["verdict"] as? String, verdicts.contains(verdict) else {
            return "JSON without verdict"
        }
        let counts = outcome["counters"] as? [String: Any] ?? [:]
        for name in counters where !(counts[name] is NSNumber) { return "JSON without counters.\(name)" }
        for violation in outcome["violations"] as? [[String: Any]] ?? [] {
            for name in violationFields where violation[name] == nil { return "JSON without violations.\(name)" }
        }
        return nil
    }

    /// What is wrong with the JSON of a comparison; nil where nothing is.
    package static func comparisonFault(_ bytes: [UInt8]) -> String? {
        guard let document = json(bytes) as? [String: Any] else { return "no JSON" }
        return document["entries"] is [Any] ? nil : "JSON without entries"
    }

    /// What is wrong with the JSON of recordings that were replayed; nil where nothing is.
    package static func conformanceFault(_ bytes: [UInt8]) -> String? {
        guard let document = json(bytes) as? [String: Any] else { return "no JSON" }
        for name in ["passed", "failed", "skipped"] where !(document[name] is NSNumber) {
            return "JSON without \(name)"
        }
        return document["suites"] is [Any] ? nil : "JSON without suites"
    }

    /// What is wrong with JUnit XML: not well-formed, or without its root element; nil where nothing is.
    package static func junitFault(_ bytes: [UInt8]) -> String? {
        guard let document = try? WellFormedXML(bytes) else { return "no XML" }
        return document.root == "testsuites" ? nil : "XML without testsuites"
    }

    private static func json(_ bytes: [UInt8]) -> Any? {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        return try? JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])
    }

    /// The bytes that two runs of the same input have in common: without the timings, which are the clock's.
    package static func withoutTimings(_ bytes: [UInt8]) -> String {
        var text = String(decoding: bytes, as: UTF8.self)
        for pattern in [
            "\"(load|simulate)Milliseconds\": [0-9.e+-]+", " time=\"[0-9.e+-]+\"", "rehearsed in [0-9.]+ ?m?s",
        ] {
            guard let expression = try? NSRegularExpression(pattern: pattern) else { continue }
            text = expression.stringByReplacingMatches(
                in: text, range: NSRange(text.startIndex..., in: text), withTemplate: "")
        }
        return text
    }
}
