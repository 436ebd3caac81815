/// The LimitRanger admission plugin: defaults and bounds for the containers of a Pod. Source: recordings, family quota.
///
/// Covers items of type `Container`; `Pod` and `PersistentVolumeClaim` items and `maxLimitRequestRatio` are left out.
extension Simulation {
    /// Fills in the requests and limits that a Pod's containers do not say.
    func applyLimitRanges(_ draft: inout ObjectDraft) {
        guard draft.kind == .pod else { return }
        let bucket = tables.bucket(.limitRange, draft.namespace)
        guard state.count(inBucket: bucket) > 0 else { return }
        let memo = tables.memo.store(LimitRangeMemo.self, make: LimitRangeMemo.init)
        var body = draft.body
        state.forEach(inBucket: bucket) { key in
            body = memo.defaulted(body, by: state[key].body, tables)
            return true
        }
        draft.body = body
    }

    /// Refuses a Pod whose containers are outside the bounds.
    func admitLimitRanges(_ draft: ObjectDraft) throws(APIError) {
        guard draft.kind == .pod else { return }
        let bucket = tables.bucket(.limitRange, draft.namespace)
        guard state.count(inBucket: bucket) > 0 else { return }
        let memo = tables.memo.store(LimitRangeMemo.self, make: LimitRangeMemo.init)
        var found: [String] = []
        state.forEach(inBucket: bucket) { key in
            found = memo.violations(draft.body, by: state[key].body, tables)
            return found.isEmpty
        }
        if found.isEmpty { return }
        let text = found.count == 1 ? found[0] : "[\(found.joined(separator: ", "))]"
        throw APIError.forbidden(self.kind(.pod), draft.name, text)
    }
}

private final class LimitRangeMemo {
    private var defaults = BoundedMemo<UInt64, BodyID>(max: 16_384)
    private var violations = BoundedMemo<UInt64, [String]>(max: 16_384)

    private func items(_ range: BodyID, _ tables: ClusterTables) -> [Value] {
        (tables.body(range).value.at("spec", "limits")?.elements ?? []).filter { $0["type"]?.symbol == "Container" }
    }

    func defaulted(_ body: BodyID, by range: BodyID, _ tables: ClusterTables) -> BodyID {
        let question = UInt64(body.index) << 32 | UInt64(range.index)
        if let answer = defaults.answer(to: question) { return answer }
        var value = tables.body(body).value
        for item in items(range, tables) {
            for list in ["initContainers", "containers"] as [Symbol] {
                guard var spec = value["spec"], let containers = spec[list]?.elements else { continue }
                spec[list] = Value(.array(containers.map { defaulted($0, by: item) }))
                value["spec"] = spec
            }
        }
        let answer = value == tables.body(body).value ? body : tables.body(kind: .pod, value)
        defaults.keep(answer, to: question)
        return answer
    }

    private func defaulted(_ container: Value, by item: Value) -> Value {
        var container = container
        var resources = container["resources"] ?? Value(.object([]))
        var limits = resources["limits"] ?? Value(.object([]))
        var requests = resources["requests"] ?? Value(.object([]))
        // A limit without a request is the request too, before the range is asked.
        for field in limits.fields where requests[field.key] == nil { requests[field.key] = field.value }
        let standard = item["default"] ?? item["max"]
        for field in standard?.fields ?? [] where limits[field.key] == nil { limits[field.key] = field.value }
        let wanted = item["defaultRequest"] ?? item["default"] ?? item["min"] ?? item["max"]
        for field in wanted?.fields ?? [] where requests[field.key] == nil { requests[field.key] = field.value }
        if !limits.fields.isEmpty { resources["limits"] = limits }
        if !requests.fields.isEmpty { resources["requests"] = requests }
        if !resources.fields.isEmpty { container["resources"] = resources }
        return container
    }

    func violations(_ body: BodyID, by range: BodyID, _ tables: ClusterTables) -> [String] {
        let question = UInt64(body.index) << 32 | UInt64(range.index)
        if let answer = violations.answer(to: question) { return answer }
        var answer: [String] = []
        let spec = tables.body(body).value["spec"]
        let containers = (spec?["containers"]?.elements ?? []) + (spec?["initContainers"]?.elements ?? [])
        for item in items(range, tables) {
            for container in containers { answer += Self.violations(container, item) }
        }
        violations.keep(answer, to: question)
        return answer
    }

    private static func violations(_ container: Value, _ item: Value) -> [String] {
        func quantity(_ part: Symbol, _ name: Symbol) -> Quantity? {
            container.at("resources", part, name).flatMap { Quantity($0) }
        }
        var found: [String] = []
        for field in item["min"]?.fields ?? [] {
            guard let least = Quantity(field.value) else { continue }
            let start = "minimum \(field.key) usage per Container is \(least.text)"
            let request = quantity("requests", field.key)
            let limit = quantity("limits", field.key)
            if let request {
                if request < least {
                    found.append("\(start), but request is \(request.text)")
                } else if let limit, limit < least {
                    found.append("\(start), but limit is \(limit.text)")
                }
            } else {
                found.append("\(start).  No request is specified")
            }
        }
        for field in item["max"]?.fields ?? [] {
            guard let most = Quantity(field.value) else { continue }
            let start = "maximum \(field.key) usage per Container is \(most.text)"
            guard let limit = quantity("limits", field.key) else {
                found.append("\(start).  No limit is specified")
                continue
            }
            if limit > most {
                found.append("\(start), but limit is \(limit.text)")
            } else if let request = quantity("requests", field.key), request > most {
                found.append("\(start), but request is \(request.text)")
            }
        }
        return found
    }
}
