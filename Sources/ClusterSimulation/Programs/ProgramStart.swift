/// What becomes of a container whose image has been pulled and whose environment is there.
package enum ContainerStart: Sendable {
    /// It runs until the Pod is stopped. Once the Pod is Ready, these programs of the model work in it; nil: the
    /// program by which the container was started.
    case runs(controllerPrograms: [Symbol]? = nil)
    /// The process ends at once.
    case exits(code: Int, message: Symbol)
    /// It runs for a while (nil: the latency `taskDuration`), then ends as the model's `finish` says.
    case completes(after: SimulationTime.Span? = nil)
    /// It runs and is not ready yet. The model is asked again whenever the kubelet looks at the Pod: see
    /// `Simulation.lookAtPod`.
    case waits(message: Symbol)
}

/// One run of a container: where a program model finds its options.
package struct ContainerRun {
    package let pod: ObjectKey
    package let podName: Symbol
    package let namespace: Symbol
    package let template: PodTemplateFacts
    package let container: ContainerFacts

    /// The Pod's ServiceAccount, as whom the program acts.
    package var caller: Caller { .serviceAccount(namespace, template.serviceAccountName) }

    package init(
        pod: ObjectKey, podName: Symbol, namespace: Symbol, template: PodTemplateFacts, container: ContainerFacts
    ) {
        self.pod = pod
        self.podName = podName
        self.namespace = namespace
        self.template = template
        self.container = container
    }

    /// Command and arguments, with `$(NAME)` replaced from literal variables and the Pod's own fields.
    package var words: [String] { (container.command + container.arguments).map { Self.expand($0.text, variable) } }

    /// The value of `--name=value` or `--name value`; empty text for a bare flag, nil where it is not given.
    package func option(_ name: String) -> String? {
        let words = words
        for (index, word) in words.enumerated() {
            let plain = word.drop { $0 == "-" }
            guard word.hasPrefix("-") else { continue }
            if plain == name {
                guard index + 1 < words.count, !words[index + 1].hasPrefix("-") else { return "" }
                return words[index + 1]
            }
            if plain.hasPrefix(name + "=") { return String(plain.dropFirst(name.count + 1)) }
        }
        return nil
    }

    /// The values of every `--name=value`, and of lists of them separated by commas.
    package func options(_ name: String) -> [String] {
        let words = words
        var values: [String] = []
        for (index, word) in words.enumerated() where word.hasPrefix("-") {
            let plain = word.drop { $0 == "-" }
            if plain.hasPrefix(name + "=") {
                values += plain.dropFirst(name.count + 1).split(separator: ",").map(String.init)
            } else if plain == name, index + 1 < words.count {
                values += words[index + 1].split(separator: ",").map(String.init)
            }
        }
        return values
    }

    /// Whether `--name` or `--name=true` is given.
    package func flag(_ name: String) -> Bool {
        words.contains { word in
            let plain = word.drop { $0 == "-" }
            return word.hasPrefix("-") && (plain == name || plain == name + "=true")
        }
    }

    /// What a variable holds, where that does not depend on a Secret or ConfigMap.
    package func variable(_ name: Symbol) -> Symbol? {
        guard let index = container.environment.firstIndex(where: { $0.name == name }) else { return nil }
        let entry = container.environment[index]
        guard case .value(let value) = entry.source, value.text.contains("$(") else { return self.value(of: entry, []) }
        // Once each and in their order, so that values which name each other cost no more than they are long.
        var known: [(name: Symbol, value: Symbol?)] = []
        for entry in container.environment[...index] where !known.contains(where: { $0.name == entry.name }) {
            known.append((entry.name, self.value(of: entry, known)))
        }
        return known.last { $0.name == name }?.value
    }

    private func value(
        of entry: ContainerFacts.EnvironmentVariable, _ known: [(name: Symbol, value: Symbol?)]
    ) -> Symbol? {
        switch entry.source {
        case .value(let value):
            return Symbol(Self.expand(value.text) { name in known.first { $0.name == name }?.value })
        case .field("metadata.name"): return podName
        case .field("metadata.namespace"): return namespace
        case .field("spec.serviceAccountName"): return template.serviceAccountName
        default: return nil
        }
    }

    /// The longest text of a variable or an argument that Linux takes (execve(2), `MAX_ARG_STRLEN`).
    private static let expandedSizeMax = 128 << 10

    /// Text with `$(NAME)` replaced, of a variable by what those before it hold; others stay as they are written.
    /// Source: Kubernetes documentation, "Define Dependent Environment Variables".
    private static func expand(_ text: String, _ value: (Symbol) -> Symbol?) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstRange(of: "$("), let end = rest[start.upperBound...].firstIndex(of: ")") {
            result += rest[..<start.lowerBound]
            let name = String(rest[start.upperBound..<end])
            result += value(Symbol(name))?.text ?? "$(\(name))"
            rest = rest[rest.index(after: end)...]
            if result.utf8.count > expandedSizeMax { return text }
        }
        return result + rest
    }
}

extension Simulation {
    /// The container in which a program runs, where its options are; nil for an instance without a Pod.
    package func containerRun(of instance: ProgramInstance) -> ContainerRun? {
        guard let pod = podState(instance.pod), let template = facts(instance.pod, PodTemplateFacts.self) else {
            return nil
        }
        let index = pod.containers.firstIndex {
            $0.phase == .running && tables.list($0.controllerPrograms).contains(instance.program)
        }
        guard let index else { return nil }
        return ContainerRun(
            pod: instance.pod, podName: tables.name(instance.pod), namespace: tables.namespace(instance.pod),
            template: template, container: template.container(at: index))
    }
}

/// How a task ended.
package struct ContainerExit: Sendable, Equatable {
    package var code: Int
    package var message: Symbol

    package init(code: Int, message: Symbol) {
        self.code = code
        self.message = message
    }

    package static let success = ContainerExit(code: 0, message: .empty)
}

extension Simulation {
    /// Starts a container: its image's requirements first, then its program model.
    mutating func startContainer(_ run: ContainerRun) -> (start: ContainerStart, program: Symbol) {
        guard let fact = externals.image(run.container.image) else {
            memory.unknownImages.note(run.container.image, run.pod)
            // A Pod that is not to be restarted is there to end.
            return run.template.restartPolicy == .always ? (.runs(), "server") : (.completes(), "task")
        }
        if let missing = missingRequirement(fact, run) { return (.exits(code: 1, message: missing), fact.program) }
        let program = fact.program(words: run.words)
        guard let model = configuration.programModel(program) else { return (.runs(), program) }
        return (model.start(&self, run), program)
    }

    private func missingRequirement(_ fact: ImageFact, _ run: ContainerRun) -> Symbol? {
        for requirement in fact.requirements {
            guard let kind = tables.builtInKindID(group: .empty, kind: requirement.kind) else { continue }
            let own = requirement.namespace.isEmpty || requirement.namespace == "$(POD_NAMESPACE)"
            let namespace = own ? run.namespace : requirement.namespace
            for name in requirement.names where !state.exists(tables.key(kind, namespace, name)) {
                if !requirement.message.isEmpty { return requirement.message }
                return Symbol("\(self.kind(kind).plural) \"\(name)\" not found")
            }
        }
        return nil
    }
}

extension ImageFact {
    /// The program that this command line starts; the image's own where no argument decides.
    package func program(words: [String]) -> Symbol {
        for entry in programsByArgument where words.contains(entry.whenArgument.text) { return entry.program }
        return program
    }
}
