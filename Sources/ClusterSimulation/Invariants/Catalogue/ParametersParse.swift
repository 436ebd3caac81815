extension Invariant {
    /// I22: what a program reads as its configuration has the types that it parses.
    static let parametersParse = Invariant(
        "parameters-parse", .always,
        title: "Every program starts with the configuration that is rendered for it now",
        predicate: "refuses its configuration",
        grace: .minutes(1),
        reads: Departures.workloads.map { .subjects(.kind($0)) } + [
            .targets(.configMap), .targets(.secret),
            .imageFacts { simulation, body in
                for kind in Departures.workloads { simulation.forEach(kind, body) }
            },
        ],
        page: Page(
            rule: """
                A value passes several languages on its way, YAML, a template, the program's own file, and each has \
                its own types: NATS reads `5m` without quotes as five million. A program that runs keeps what it has \
                read; a wrong value shows when its Pod is replaced, by a move for instance.
                """,
            incident: """
                An event bus that got a retention in minutes: quoting it in the resource did not help, since the \
                controller writes it without quotes.
                """,
            symptom: "`parameter \"max_age\" value is expected to be string, got int64`, long after the change.",
            remedy: "Take the value back, or write one that the program's own language reads as the right type.")
    ) { simulation, key in
        guard simulation.state.exists(key), !simulation.state[key].isDeleting else { return .notApplicable }
        guard let found = problem(simulation, key) else { return .holds }
        return .violated(
            Evidence(fingerprint: Symbol(found.text).stableHash) { simulation in explain(simulation, key, found) })
    }

    private struct Problem {
        var program: Symbol
        var container: Symbol
        var text: String
    }

    /// The first container of a workload whose program refuses what it would read now.
    private static func problem(_ simulation: Simulation, _ key: ObjectKey) -> Problem? {
        guard let template = simulation.facts(key, WorkloadFacts.self)?.template else { return nil }
        let namespace = simulation.tables.namespace(key)
        for container in template.allContainers {
            guard let fact = simulation.externals.image(container.image),
                readsConfiguration(fact, simulation.configuration)
            else {
                continue
            }
            let name = Symbol("\(simulation.tables.name(key))-0")
            let run = ContainerRun(
                pod: simulation.tables.key(.pod, namespace, name), podName: name, namespace: namespace,
                template: template, container: container)
            guard let model = simulation.configuration.programModel(fact.program(words: run.words)),
                // What is not there yet is another invariant's matter.
                let text = model.configurationProblem?(simulation, run), !text.contains("no such file")
            else { continue }
            return Problem(program: model.name, container: container.name, text: text)
        }
        return nil
    }

    /// Whether some program of an image looks at a configuration whose types are modelled.
    private static func readsConfiguration(_ fact: ImageFact, _ configuration: Configuration) -> Bool {
        ([fact.program] + fact.programsByArgument.map(\.program)).contains {
            configuration.programModel($0)?.configurationProblem != nil
        }
    }

    private static func explain(_ simulation: Simulation, _ key: ObjectKey, _ found: Problem) -> Explanation {
        var message = "\(simulation.tables.describe(key)): \(found.program) refuses its configuration: \(found.text)"
        var explanation = Explanation(
            "", remedy: "correct the configuration of container \(found.container): \(found.text)",
            origin: simulation.facts(key, WorkloadFacts.self)?.templateValue.origin ?? .none,
            theme: "\(found.program) refuses \(found.text)")
        if let owner = simulation.controllerOwner(key)?.owner {
            let value = simulation.tables.body(simulation.state[owner].body).value
            explanation.origin = value.origin
            if let name = parameter(in: found.text), let field = field(name, of: value, path: "") {
                message += " (from \(field.path) of \(simulation.tables.describe(owner)))"
                explanation.origin = field.value.origin
                explanation.remedy =
                    "remove \(field.path) of \(simulation.tables.describe(owner)), or write a value "
                    + "that \(found.program) reads as the right type; Pods that run keep the old one until they start again"
            }
        } else if let origin = configurationOrigin(simulation, key) {
            explanation.origin = origin
        }
        explanation.message = message
        return explanation
    }

    /// The name between the first quotes, `max_age`, in the form of a resource's field, `maxAge`.
    private static func parameter(in text: String) -> String? {
        let parts = text.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        let words = parts[1].split(separator: "_")
        guard let first = words.first else { return nil }
        return words.dropFirst().reduce(String(first)) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
    }

    private static func field(_ name: String, of value: Value, path: String) -> (path: String, value: Value)? {
        for field in value.fields {
            let inner = path.isEmpty ? field.key.text : "\(path).\(field.key)"
            if field.key.text == name { return (inner, field.value) }
            if let found = Self.field(name, of: field.value, path: inner) { return found }
        }
        return nil
    }

    /// Where the ConfigMap that a workload mounts first was written.
    private static func configurationOrigin(_ simulation: Simulation, _ key: ObjectKey) -> Origin? {
        var origin: Origin?
        simulation.state.forEachReference(of: key) { link in
            guard link.type == .configMap, simulation.state.exists(link.target) else { return }
            let body = simulation.tables.body(simulation.state[link.target].body).value
            origin = (body["data"] ?? body).origin
        }
        return origin
    }
}
