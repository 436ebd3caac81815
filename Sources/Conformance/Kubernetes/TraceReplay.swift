import ClusterSimulation
import Patterns

/// One trace, replayed against a cluster of its own.
struct TraceReplay {
    /// Controllers run after every write until nothing changes. What they still want to do later than this, the recorder
    /// did not wait for: progress deadlines, for example.
    static let settling: SimulationTime.Span = .seconds(30)
    /// The same while a namespace is being emptied: its controller tries again within a minute.
    static let settlingOfTeardown: SimulationTime.Span = .seconds(65)

    let id: String
    private let trace: Value
    private var simulation: Simulation
    private var names = RecordedNames()
    private var form: NormalForm

    /// - Parameters:
    ///   - versions: whose rules the model follows.
    ///   - recorded: the operator that stood in the cluster; nil: none.
    init(trace: Value, id: String, versions: Versions = Versions(), recorded: RecordedOperator? = nil) {
        self.trace = trace
        self.id = id
        let tables = ClusterTables()
        // The recorder's API server ran without `--allow-privileged`.
        let configuration = Configuration(
            tables: tables, versions: versions, patterns: RE2Matcher.shared, invariants: [], allowsPrivileged: false)
        simulation = Simulation(
            tables: tables, configuration: configuration,
            externals: recorded.map(OperatorCluster.externals) ?? ExternalSystems(), start: .epoch)
        // What patches do to single fields is recorded in more detail.
        form = NormalForm(isDetailed: ["apply", "patches"].contains(trace["family"]?.text ?? ""), recorded: recorded)
        simulation.bootstrap()
        settle()
        if let recorded { install(recorded) }
        leaveStuckNamespaces()
    }

    /// Plays every step; those that differ are failures, and the trace goes on with what the model did.
    mutating func run() -> ConformanceReport.Case {
        var result = ConformanceReport.Case(id: id, steps: 0)
        for (index, step) in (trace["steps"]?.elements ?? []).enumerated() {
            guard let compared = play(step) else { continue }
            result.steps += 1
            if compared.expected != compared.got, step["nondeterministic"]?.boolean != true {
                result.failures.append(
                    .init(
                        case: id, step: index, request: compared.request, expected: compared.expected,
                        got: compared.got))
            }
        }
        return result
    }

    /// What the operator's traces found in the cluster.
    private mutating func install(_ recorded: RecordedOperator) {
        for manifest in OperatorCluster.manifests(recorded) {
            guard let draft = simulation.draft(manifest: manifest) else { continue }
            _ = simulation.create(draft, as: .admin)
            settle()
        }
        names.list(namespace: recorded.namespace)
    }

    /// Makes what the trace found when it was recorded the second time: namespaces with finalizers that nobody removes,
    /// Terminating since the first time. They are known by the refusal of their creation.
    private mutating func leaveStuckNamespaces() {
        var seen: [Symbol] = []
        for step in trace["steps"]?.elements ?? [] {
            guard let request = step["request"], request["method"]?.symbol == "POST",
                request["path"]?.symbol == "/api/v1/namespaces", let body = request["body"],
                let name = body.at("metadata", "name")?.symbol, !seen.contains(name)
            else { continue }
            seen.append(name)
            guard step.at("response", "code")?.integer == 409,
                step.at("response", "message")?.text?.hasPrefix("object is being deleted") ?? false
            else { continue }
            _ = simulation.handle(HTTPRequest(method: "POST", path: "/api/v1/namespaces", body: body))
            settle()
            _ = simulation.handle(HTTPRequest(method: "DELETE", path: "/api/v1/namespaces/\(name)"))
            settle()
        }
    }

    private mutating func settle() {
        let isEmptying = simulation.objects(of: .namespace).contains { simulation.state[$0].isDeleting }
        _ = simulation.run(until: simulation.now + (isEmptying ? Self.settlingOfTeardown : Self.settling))
    }

    private mutating func play(_ step: Value) -> (request: String, expected: String, got: String)? {
        if let request = step["request"], let response = step["response"] {
            let got = send(request, response)
            return (RecordedResponse.title(request), RecordedResponse.text(response), RecordedResponse.text(got))
        }
        if let settled = step["settle"] {
            // A trace of an operator is settled here only, not after each write.
            if form.recorded != nil { settle() }
            let got = form.settled(simulation, names)
            return ("settle", NormalForm.lines(settled.elements), NormalForm.lines(got))
        }
        if let question = step["dns"], let answer = step["answer"] {
            return DNSTraces.compare(question, answer, in: simulation)
        }
        if let seconds = step["wait"]?.integer {
            _ = simulation.run(until: simulation.now + .seconds(Int64(min(max(seconds, 0), 86_400))))
        } else if let copy = step["copySecret"] {
            copySecret(copy)
        }
        return nil
    }

    /// Copies a Secret by hand into another namespace, with its annotations and without its owners.
    private mutating func copySecret(_ copy: Value) {
        let name = copy["name"]?.text ?? ""
        let path = "/api/v1/namespaces/\(copy["from"]?.text ?? "")/secrets/\(name)"
        let secret = simulation.handle(HTTPRequest(method: "GET", path: path)).body
        let target = copy["to"]?.text ?? ""
        var body = secret
        body["metadata"] = .object([
            "name": .string(name), "namespace": .string(target),
            "annotations": secret.at("metadata", "annotations"),
        ])
        _ = simulation.handle(
            HTTPRequest(method: "POST", path: "/api/v1/namespaces/\(target)/secrets", body: body))
    }

    /// Sends a request, lets the controllers settle, and puts the answer into the recorder's form.
    private mutating func send(_ request: Value, _ recorded: Value) -> Value {
        let method = request["method"]?.text ?? ""
        let response = simulation.handle(
            HTTPRequest(
                method: method, path: request["path"]?.text ?? "",
                body: request["body"].map { names.resolved($0, simulation) },
                contentType: request["contentType"]?.text ?? "application/json", user: request["user"]?.symbol))
        if method == "POST", let body = request["body"] { names.learn(fromRequest: body, recorded: form.recorded) }
        names.learn(from: response.body)
        let got = RecordedResponse.normal(response, recorded, form, names)
        if method != "GET" {
            names.watch(simulation)
            if form.recorded == nil { settle() }
            names.watch(simulation)
        }
        return got
    }
}
