/// What a source needed and the scenario does not say: a blind spot.
package struct MissingFact: Sendable, Equatable {
    package var application: Symbol
    package var message: String
    package var origin: Origin

    package init(application: Symbol, message: String, origin: Origin) {
        self.application = application
        self.message = message
        self.origin = origin
    }
}

/// What a repo server answers to one request: immutable, and the same for every fork that asks.
package final class ManifestAnswer: Sendable {
    package let result: Result<[Value], ManifestFailure>
    /// What could not be known for it.
    package let missing: [MissingFact]
    /// The bytes of text that were read and made for it.
    package let textSize: Int

    package init(_ result: Result<[Value], ManifestFailure>, missing: [MissingFact] = [], textSize: Int = 0) {
        self.result = result
        self.missing = missing
        self.textSize = textSize
    }
}

/// What all sources of one rehearsal together may give.
package struct ManifestBounds: Sendable {
    /// Bytes of text that are read and made.
    package var text: Int
    /// Objects, each Application counted with the most that it has had at once.
    package var objects: Int

    package init(text: Int = .max, objects: Int = .max) {
        self.text = text
        self.objects = objects
    }
}

/// What one cluster has got from the repo server so far. A value: what another fork has asked for does not count.
package struct ManifestAccount: Sendable {
    /// What could not be known, in the order of asking.
    package private(set) var missing: [MissingFact] = []
    /// The answers that were counted; looked up only.
    private var isCounted: Set<ObjectIdentifier> = []
    private var textSize = 0
    /// By Application: the most objects that it has had at once; looked up only.
    private var objects: [Symbol: Int] = [:]
    private var objectCount = 0
    /// The bound that was reached: nothing new is taken then.
    private var exhausted: String?

    package init() {}

    /// Counts an answer the first time it is used.
    ///
    /// - Returns: what is said in its place where the bounds are reached; nil where it may be used.
    package mutating func take(
        _ answer: ManifestAnswer, _ request: ManifestRequest, _ bounds: ManifestBounds
    ) -> ManifestFailure? {
        if isCounted.contains(ObjectIdentifier(answer)) { return nil }
        if exhausted == nil { exhausted = excess(answer, of: request.application, bounds) }
        if exhausted != nil { return refuse(request) }
        isCounted.insert(ObjectIdentifier(answer))
        for fact in answer.missing { note(fact) }
        return nil
    }

    /// Whether a bound was reached.
    var isExhausted: Bool { exhausted != nil }

    /// Whether an answer was counted before a bound was reached.
    func has(_ answer: ManifestAnswer) -> Bool { isCounted.contains(ObjectIdentifier(answer)) }

    /// What is said in place of an answer after a bound was reached.
    mutating func refuse(_ request: ManifestRequest) -> ManifestFailure {
        let message = exhausted ?? ""
        note(
            MissingFact(
                application: request.application, message: message,
                origin: request.source["repoURL"]?.origin ?? .none))
        return ManifestFailure(
            "failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = \(message)",
            isUnknown: true)
    }

    /// Adds up an answer; the bound that it goes beyond, in words.
    private mutating func excess(
        _ answer: ManifestAnswer, of application: Symbol, _ bounds: ManifestBounds
    ) -> String? {
        textSize += answer.textSize
        if textSize > bounds.text {
            return "the sources of this rehearsal give more than \(bounds.text) bytes of text"
        }
        guard case .success(let values) = answer.result else { return nil }
        let more = max(0, values.count - (objects[application] ?? 0))
        guard more <= bounds.objects - objectCount else {
            return "the sources of this rehearsal give more than \(bounds.objects) objects"
        }
        if more > 0 { objects[application] = values.count }
        objectCount += more
        return nil
    }

    private mutating func note(_ fact: MissingFact) {
        if !missing.contains(fact) { missing.append(fact) }
    }
}

extension Simulation {
    private static let manifestAccountSlot = Slot("manifests", ManifestAccount())

    /// What the sources of Applications have given so far.
    package internal(set) var manifestAccount: ManifestAccount {
        _read { yield memory[Self.manifestAccountSlot] }
        _modify { yield &memory[Self.manifestAccountSlot] }
    }
}
