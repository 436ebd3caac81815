/// One of `spec.ignoreDifferences`. Source: specs/argocd.md 4.4.
///
/// JSON pointers, and of jq only paths of fields, indices and `[]`; an entry with other jq expressions, or with
/// `managedFieldsManagers`, ignores less than Argo CD would.
package struct IgnoreDifference: Sendable {
    var group: String
    var kind: String
    /// Empty: every name.
    var name: Symbol
    /// Empty: every namespace.
    var namespace: Symbol
    var paths: [[Step]]

    enum Step: Sendable, Hashable {
        case field(Symbol)
        case index(Int)
        case every
    }

    init(_ value: Value) {
        group = value["group"]?.text ?? ""
        kind = value["kind"]?.text ?? ""
        name = value["name"]?.symbol ?? .empty
        namespace = value["namespace"]?.symbol ?? .empty
        paths = (value["jsonPointers"]?.symbols ?? []).compactMap { Self.pointer($0.text) }
        paths += (value["jqPathExpressions"]?.symbols ?? []).compactMap { Self.path($0.text) }
    }

    func matches(_ key: KeyContent, _ kind: Kind) -> Bool {
        Glob.matches(group, kind.group.text) && Glob.matches(self.kind, kind.kind.text)
            && (name.isEmpty || name == key.name) && (namespace.isEmpty || namespace == key.namespace)
    }

    /// An RFC 6901 pointer; nil where it does not begin with a slash.
    static func pointer(_ text: String) -> [Step]? {
        guard text.hasPrefix("/") else { return nil }
        return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { part in
            var name = ""
            var rest = part
            while let first = rest.popFirst() {
                if first == "~", let code = rest.popFirst() {
                    name.append(code == "1" ? "/" : "~")
                } else {
                    name.append(first)
                }
            }
            return Int(name).map(Step.index) ?? .field(Symbol(name))
        }
    }

    /// A jq path such as `.webhooks[]?.clientConfig.caBundle` or `.spec."a.b"[0]`; nil for anything more.
    static func path(_ text: String) -> [Step]? {
        var steps: [Step] = []
        var rest = Substring(text)
        while let first = rest.popFirst() {
            switch first {
            case "?": continue
            case ".":
                if rest.first == "\"" {
                    guard let name = quoted(&rest) else { return nil }
                    steps.append(.field(name))
                } else {
                    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                    rest = rest.dropFirst(name.count)
                    if !name.isEmpty { steps.append(.field(Symbol(name))) } else if rest.first != "[" { return nil }
                }
            case "[":
                if rest.first == "\"" {
                    guard let name = quoted(&rest) else { return nil }
                    steps.append(.field(name))
                } else {
                    let digits = rest.prefix { $0.isNumber }
                    rest = rest.dropFirst(digits.count)
                    steps.append(digits.isEmpty ? .every : .index(Int(digits) ?? 0))
                }
                guard rest.popFirst() == "]" else { return nil }
            default: return nil
            }
        }
        return steps.isEmpty ? nil : steps
    }

    private static func quoted(_ rest: inout Substring) -> Symbol? {
        rest.removeFirst()
        guard let end = rest.firstIndex(of: "\"") else { return nil }
        let name = Symbol(rest[..<end])
        rest = rest[rest.index(after: end)...]
        return name
    }
}

extension Value {
    /// Whether everything that another value says is here too: of objects field by field.
    func contains(_ other: Value) -> Bool {
        guard case .object(let fields) = other.content else { return self == other }
        return fields.allSatisfy { field in self[field.key].map { $0.contains(field.value) } ?? field.value.isNull }
    }

    /// The value without what stands at a path.
    func removing(_ path: ArraySlice<IgnoreDifference.Step>) -> Value {
        guard let step = path.first else { return self }
        let rest = path.dropFirst()
        var copy = self
        switch (step, content) {
        case (.field(let name), .object):
            guard let child = self[name] else { return self }
            copy[name] = rest.isEmpty ? Value?.none : child.removing(rest)
        case (.index(let index), .array(var elements)):
            guard elements.indices.contains(index) else { return self }
            if rest.isEmpty { elements.remove(at: index) } else { elements[index] = elements[index].removing(rest) }
            copy.content = .array(elements)
        case (.index(let index), .object):
            return removing([.field(Symbol(String(index)))] + rest)
        case (.every, .array(let elements)):
            copy.content = .array(rest.isEmpty ? [] : elements.map { $0.removing(rest) })
        default: break
        }
        return copy
    }

    /// The value with what another has at a path, where both have the way to it. Source: specs/argocd.md 4.4
    /// (`RespectIgnoreDifferences`).
    func taking(_ path: ArraySlice<IgnoreDifference.Step>, from live: Value) -> Value {
        guard let step = path.first else { return live }
        let rest = path.dropFirst()
        var copy = self
        switch (step, content) {
        case (.field(let name), .object):
            guard let there = live[name] else { return self }
            if rest.isEmpty {
                copy[name] = there
            } else if let here = self[name] {
                copy[name] = here.taking(rest, from: there)
            }
        case (.index(let index), .array(var elements)):
            guard elements.indices.contains(index), let there = live[index: index] else { return self }
            elements[index] = elements[index].taking(rest, from: there)
            copy.content = .array(elements)
        case (.every, .array(let elements)):
            let others = live.elements
            guard others.count == elements.count else { return self }
            copy.content = .array(zip(elements, others).map { $0.taking(rest, from: $1) })
        default: break
        }
        return copy
    }
}

extension Simulation {
    /// Whether applying a target would change the live object after ignoreDifferences.
    /// Source: specs/argocd.md 4.2 to 4.4.
    func isModified(_ target: ObjectDraft, _ key: ObjectKey, ignoring entries: [IgnoreDifference]) -> Bool {
        let live = draft(of: key)
        let predicted = merged(target, onto: key)
        let isSame =
            live.labels == predicted.labels && live.annotations == predicted.annotations
            && live.finalizers == predicted.finalizers && tables.sameContent(live.body, predicted.body)
        if isSame || entries.isEmpty { return !isSame }
        let content = tables.content(key)
        let kind = kind(content.kind)
        let paths = entries.filter { $0.matches(content, kind) }.flatMap(\.paths)
        if paths.isEmpty { return true }
        let question = DifferenceMemo.Question(
            live: configuration(of: live), predicted: configuration(of: predicted), paths: paths)
        let memo = tables.memo.store(DifferenceMemo.self, make: DifferenceMemo.init)
        if let answer = memo.answers.answer(to: question) { return answer }
        let answer =
            paths.reduce(comparable(predicted)) { $0.removing($1[...]) }
            != paths.reduce(comparable(live)) { $0.removing($1[...]) }
        memo.answers.keep(answer, to: question)
        return answer
    }

    /// Whether a manifest's `status` says what the live one does not. Looked at before Argo CD 3.0, for everything but
    /// definitions; as the API server drops it, the object stays OutOfSync. Source: specs/argocd.md 4.3, 16.3.
    func hasOtherStatus(_ target: ObjectDraft, _ key: ObjectKey) -> Bool {
        guard let wanted = target.status?.document, !configuration.versions.has(.statusIgnored),
            target.kind != .customResourceDefinition
        else { return false }
        return !(state.status(key)?.document ?? nil).contains(wanted)
    }

    /// What a comparison sees of a draft: `/status` and the namespace are not compared (4.2, 4.3).
    private func comparable(_ draft: ObjectDraft) -> Value {
        var value = tables.body(draft.body).value
        value["metadata"] = .object([
            "labels": draft.labels.isEmpty ? nil : tables.map(draft.labels).value,
            "annotations": draft.annotations.isEmpty ? nil : tables.map(draft.annotations).value,
            "finalizers": draft.finalizers.isEmpty ? nil : .strings(tables.list(draft.finalizers)),
        ])
        return value
    }

    /// A target with the live values of ignored fields, as `RespectIgnoreDifferences=true` writes it.
    func respecting(_ entries: [IgnoreDifference], _ target: ObjectDraft, live key: ObjectKey) -> ObjectDraft {
        let content = tables.content(key)
        let kind = kind(content.kind)
        let paths = entries.filter { $0.matches(content, kind) }.flatMap(\.paths)
            .filter { $0.first != .field("status") }
        guard !paths.isEmpty, state.exists(key) else { return target }
        let live = comparable(draft(of: key))
        let value = paths.reduce(comparable(target)) { $0.taking($1[...], from: live) }
        var draft = target
        draft.labels = tables.map(of: value.at("metadata", "labels"))
        draft.annotations = tables.map(of: value.at("metadata", "annotations"))
        draft.body = tables.body(kind: target.kind, ObjectDraft.body(of: value))
        return draft
    }
}

/// Whether two contents differ outside of ignored paths.
private final class DifferenceMemo {
    struct Question: Hashable {
        var live: AppliedConfiguration
        var predicted: AppliedConfiguration
        var paths: [[IgnoreDifference.Step]]
    }

    var answers = BoundedMemo<Question, Bool>(max: 16_384)
}
