import FuzzMutators
import RobustnessCases

/// Makes the input of each number, the same for the same seed of the fuzzer.
struct InputMaker: Sendable {
    let corpus: Corpus
    let seed: UInt64
    /// The most bytes of an input: what is larger may take longer than the bounds allow.
    private static let sizeMax = 900_000

    /// What is done to which seed, and which commands read it.
    func input(_ index: Int) -> FuzzInput {
        var random = FuzzRandom(seed: seed, index: index)
        let kind = kind(&random)
        let seed = random.pick(corpus.seeds[kind] ?? []) ?? corpus.seeds[.scenario]![0]
        // Half of the inputs keep their form, and get deeper than to the readers.
        let isGentle = random.once(in: 2)
        let count = 1 + random.below(1 + random.below(4))
        let mutations = (0..<count).map { _ in mutation(of: seed, isGentle: isGentle, &random) }
        var input = FuzzInput(seed: seed, mutations: mutations, runs: [], index: index)
        input.runs = CommandMaker.runs(for: seed, &random)
        input.planted = seed.kind == .scenario ? place(of: seed, mutations, &random) : nil
        input.isRepeated = random.once(in: 6) && !input.runs.contains { $0.arguments.contains("--ledger") }
        return input
    }

    private func kind(_ random: inout FuzzRandom) -> Seed.Kind {
        let number = random.below(20)
        if number < 3, !(corpus.seeds[.ledger] ?? []).isEmpty { return .ledger }
        return number < 6 && !(corpus.seeds[.recording] ?? []).isEmpty ? .recording : .scenario
    }

    private func mutation(of seed: Seed, isGentle: Bool, _ random: inout FuzzRandom) -> Mutation {
        if seed.kind == .ledger {
            let kind: Mutation.Kind = random.pick([.bytes, .pages, .sql, .sql]) ?? .bytes
            return Mutation(path: LedgerMutator.file, kind: kind, seed: random.next())
        }
        if isGentle {
            let files = seed.files.filter { corpus.documents(of: $0.path, in: seed) != nil }
            if let path = random.pick(files)?.path { return Mutation(path: path, kind: .values, seed: random.next()) }
        }
        let path = random.once(in: 3) && !seed.scenario.isEmpty ? seed.scenario : random.pick(seed.files)?.path ?? ""
        let isStructured = corpus.documents(of: path, in: seed) != nil && random.below(10) < 7
        return Mutation(path: path, kind: isStructured ? .structure : .bytes, seed: random.next())
    }

    /// A manifest that stays as it is, to plant a Secret in.
    private func place(of seed: Seed, _ mutations: [Mutation], _ random: inout FuzzRandom) -> String? {
        let files = seed.files.filter { file in
            guard file.path.hasSuffix(".yaml"), !mutations.contains(where: { $0.path == file.path }),
                let document = corpus.documents(of: file.path, in: seed)?.first, document["kind"] != nil
            else { return false }
            let kind = document["kind"]?.text ?? ""
            return !["Scenario", "ScenarioPart", "Kustomization"].contains(kind)
        }
        return random.pick(files)?.path
    }

    /// The folder of an input with some of its changes.
    ///
    /// - Parameter mutations: those of the input, or some of them.
    func build(_ input: FuzzInput, _ mutations: [Mutation]? = nil) -> BuiltInput {
        let mutations = mutations ?? input.mutations
        var files = input.seed.files
        var labels: [String] = []
        for index in files.indices {
            let own = mutations.filter { $0.path == files[index].path }
            guard !own.isEmpty else { continue }
            let (bytes, done) = changed(files[index], own, input.seed)
            files[index].bytes = bytes
            labels += done
        }
        if let planted = input.planted, let index = files.firstIndex(where: { $0.path == planted }) {
            files[index].bytes += Array(Self.secret(UInt64(input.index)).utf8)
        }
        return BuiltInput(files: files, runs: input.runs, labels: labels, isRepeated: input.isRepeated)
    }

    /// Changes by structure come first: what bytes were broken in cannot be read any more.
    private func changed(_ file: InputFile, _ mutations: [Mutation], _ seed: Seed) -> ([UInt8], [String]) {
        var bytes = file.bytes
        var labels: [String] = []
        let structural = mutations.filter { [.structure, .values].contains($0.kind) }
        if let first = structural.first, var documents = corpus.documents(of: file.path, in: seed) {
            for mutation in structural {
                var random = FuzzRandom(seed: mutation.seed)
                let change = StructureMutator.changed(
                    documents, donors: corpus.donorDocuments, isGentle: mutation.kind == .values, &random)
                documents = change.documents
                labels.append(change.label)
            }
            let styles: [Node.Style] = file.path.hasSuffix(".json") ? [.json] : [.block, .block, .flow]
            bytes = Node.text(of: documents, style: styles[Int(first.seed % UInt64(styles.count))])
        }
        for mutation in mutations where ![.structure, .values].contains(mutation.kind) {
            var random = FuzzRandom(seed: mutation.seed)
            switch mutation.kind {
            case .sql: bytes = LedgerMutator.changedBySQL(bytes, &random)
            case .pages: bytes = LedgerMutator.changedInHeader(bytes, &random)
            default:
                let donors = file.path.hasSuffix(".lua") ? LuaSnippets.all : corpus.donorBytes
                bytes = ByteMutator.mutated(bytes, donors: donors, sizeMax: Self.sizeMax, &random)
            }
            labels.append("\(mutation.kind.rawValue) \(Self.ending(of: file.path))")
        }
        return (bytes.count > Self.sizeMax ? Array(bytes[..<Self.sizeMax]) : bytes, labels)
    }

    private static func ending(of path: String) -> String { String(path.split(separator: ".").last ?? "") }

    /// Secrets whose values are found wherever they come out, in each form that they can be written in.
    static func secret(_ number: UInt64) -> String {
        let value = Planted.value(number)
        return """

            ---
            apiVersion: v1
            kind: Secret
            metadata:
              name: planted
              namespace: default
              annotations:
                kubectl.kubernetes.io/last-applied-configuration: '{"kind":"Secret","stringData":{"a":"\(value)"}}'
            data: {a: \(Planted.encoded(number))}
            stringData: {b: \(value)}

            """
    }
}
