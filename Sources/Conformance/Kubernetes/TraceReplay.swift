import ClusterSimulation

/// One trace, replayed against a cluster of its own.
struct TraceReplay {
    /// Controllers run after every write until nothing changes. What they still want to do later than this, the recorder
    /// did not wait for: progress deadlines, for example.
    static let settling: SimulationTime.Span = .seconds(30)

    let id: String
    private let trace: Value
    private var simulation: Simulation
    private var names = RecordedNames()
    private var form: NormalForm

    init(trace: Value, id: String) {
        self.trace = trace
        self.id = id
        let tables = ClusterTables()
        simulation = Simulation(
            tables: tables, configuration: Configuration(tables: tables, invariants: []), start: .epoch)
        simulation.bootstrap()
        _ = simulation.run(until: simulation.now + Self.settling)
        // What patches do to single fields is recorded in more detail.
        form = NormalForm(isDetailed: ["apply", "patches"].contains(trace["family"]?.text ?? ""))
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

    private mutating func play(_ step: Value) -> (request: String, expected: String, got: String)? {
        if let request = step["request"], let response = step["response"] {
            let got = send(request, response)
            return (RecordedResponse.title(request), RecordedResponse.text(response), RecordedResponse.text(got))
        }
        if let settled = step["settle"] {
            let got = form.settled(simulation, names)
            return ("settle", NormalForm.lines(settled.elements), NormalForm.lines(got))
        }
        if let question = step["dns"], let answer = step["answer"] {
            return DNSTraces.compare(question, answer, in: simulation)
        }
        return nil
    }

    /// Sends a request, lets the controllers settle, and puts the answer into the recorder's form.
    private mutating func send(_ request: Value, _ recorded: Value) -> Value {
        let method = request["method"]?.text ?? ""
        let response = simulation.handle(
            HTTPRequest(
                method: method, path: request["path"]?.text ?? "",
                body: request["body"].map { names.resolved($0, simulation) },
                contentType: request["contentType"]?.text ?? "application/json", user: request["user"]?.symbol))
        if method == "POST", let body = request["body"] { names.learn(fromRequest: body) }
        names.learn(from: response.body)
        let got = RecordedResponse.normal(response, recorded, form, names)
        if method != "GET" {
            names.watch(simulation)
            _ = simulation.run(until: simulation.now + Self.settling)
            names.watch(simulation)
        }
        return got
    }
}
