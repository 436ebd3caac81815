extension Outcome {
    /// The digest of everything this outcome says but `digest` and `timings`: 16 lowercase hexadecimal digits.
    ///
    /// Equal outcomes have equal digests on every machine and in every process. Lists and optional values are hashed
    /// with their length or presence, so that no two different outcomes run together. Not cryptographic.
    package func computeDigest() -> String {
        var hash = StableHash()
        combineHead(into: &hash)
        hash.combineEach(violations) { $0.combine($1) }
        hash.combineEach(unknowns) { hash, unknown in
            hash.combine(unknown.subject)
            hash.combine(unknown.message)
            hash.combine(unknown.source)
        }
        combineTables(into: &hash)
        hash.combineEach(removedNamespaces) { $0.combine($1) }
        hash.combineEach(invariants) { $0.combine($1) }
        hash.combineEach(timeline) { hash, entry in
            hash.combine(entry.at)
            hash.combine(entry.actor)
            hash.combine(entry.text)
            hash.combine(entry.source)
        }
        hash.combineEach(changeSets) { $0.combine($1) }
        for counter in [
            counters.events, counters.apiWrites, counters.reconciles, counters.invariantChecks,
            counters.virtualSeconds,
        ] {
            hash.combine(counter)
        }
        let digits = String(hash.value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private func combineHead(into hash: inout StableHash) {
        hash.combine(scenario)
        hash.combine(modelVersion)
        hash.combine(seed)
        hash.combine(verdict.rawValue)
        hash.combine(inputDigest)
        hash.combine(start)
        hash.combine(horizon)
    }

    private func combineTables(into hash: inout StableHash) {
        hash.combineEach(applications) { hash, row in
            for cell in [row.name, row.namespace, row.project, row.sync, row.health, row.message] { hash.combine(cell) }
        }
        hash.combineEach(pods) { hash, row in
            for cell in [row.namespace, row.name, row.status, row.ready, row.message] { hash.combine(cell) }
        }
        hash.combineEach(namespaces) { hash, row in
            hash.combine(row.name)
            hash.combine(row.phase)
            hash.combineEach(row.conditions) { hash, condition in
                hash.combine(condition.type)
                hash.combine(condition.status)
                hash.combine(condition.reason)
                hash.combine(condition.message)
            }
        }
    }
}

extension StableHash {
    fileprivate mutating func combineEach<Element>(
        _ elements: [Element], _ combineElement: (inout StableHash, Element) -> Void
    ) {
        combine(UInt64(elements.count))
        for element in elements { combineElement(&self, element) }
    }

    fileprivate mutating func combine(_ text: String?) {
        combine(UInt64(text == nil ? 0 : 1))
        if let text { combine(text) }
    }

    fileprivate mutating func combine(_ time: SimulationTime?) {
        combine(UInt64(time == nil ? 0 : 1))
        if let time { combine(time) }
    }

    fileprivate mutating func combine(_ time: SimulationTime) {
        combine(UInt64(bitPattern: time.milliseconds))
    }

    fileprivate mutating func combine(_ subject: Subject) {
        combine(subject.kind)
        combine(subject.namespace)
        combine(subject.name)
    }

    fileprivate mutating func combine(_ violation: Violation) {
        combine(violation.invariant)
        combine(violation.kind.rawValue)
        combine(violation.subject)
        combine(violation.from)
        combine(violation.to)
        combine(violation.message)
        combine(violation.remedy)
        combineEach(violation.causes) { $0.combine($1) }
        combineEach(violation.endedBy) { $0.combine($1) }
        combine(UInt64(bitPattern: Int64(violation.consequenceOf ?? -1)))
        combine(UInt64(bitPattern: Int64(violation.issue ?? -1)))
    }

    fileprivate mutating func combine(_ cause: Cause) {
        combine(cause.at)
        combine(cause.actor)
        combine(cause.action)
        combine(cause.object)
        combine(cause.source)
    }

    fileprivate mutating func combine(_ changeSet: ChangeSetRow) {
        combine(changeSet.name)
        combine(changeSet.title)
        combine(changeSet.repository)
        combine(changeSet.mergedAt)
        combine(changeSet.revertedAt)
        combine(changeSet.revision)
        combine(changeSet.source)
        combineEach(changeSet.changedFiles) { $0.combine($1) }
        combineEach(changeSet.removedFiles) { $0.combine($1) }
    }
}
