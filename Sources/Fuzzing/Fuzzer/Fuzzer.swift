import Foundation
import RobustnessCases
import Synchronization

/// Tries inputs one after the other, several at once, and gathers what is found.
final class Fuzzer: Sendable {
    /// What was tried and found so far.
    struct State {
        var next: Int
        var inputs: [Seed.Kind: Int] = [:]
        /// How many commands ended with each exit code.
        var exitCodes: [Int32: Int] = [:]
        /// How often each signature was met, and the number of the first input with it.
        var finds: [String: (count: Int, first: Int)] = [:]
        /// Signatures, before and after reducing, that are being or were minimised.
        var known: Set<String> = []
        var failure: String?
        /// When progress was told last.
        var toldAt = Date()
    }

    let maker: InputMaker
    let program: String
    let folder: String
    let findFolder: FindFolder
    let end: Date
    /// Inputs are numbered below this.
    let indexEnd: Int
    private let started = Date()
    let state: Mutex<State>

    init(
        maker: InputMaker, program: String, folder: String, finds: FindFolder, seconds: Double, indices: Range<Int>
    ) {
        self.maker = maker
        self.program = program
        self.folder = folder
        findFolder = finds
        end = Date().addingTimeInterval(seconds)
        indexEnd = indices.upperBound
        state = Mutex(State(next: indices.lowerBound))
    }

    /// Tries inputs until the time is over.
    func run(jobs: Int) {
        DispatchQueue.concurrentPerform(iterations: jobs) { job in
            do {
                let trial = try Trial(program: program, folder: "\(folder)/\(job)")
                while let index = next() {
                    try tryOut(index, trial)
                }
            } catch {
                state.withLock { $0.failure = "\(error)" }
            }
        }
    }

    private func next() -> Int? {
        state.withLock { state in
            guard Date() < end, state.next < indexEnd, state.failure == nil else { return nil }
            state.next += 1
            if Date().timeIntervalSince(state.toldAt) > 10 {
                state.toldAt = Date()
                let tried = state.inputs.values.reduce(0, +)
                let seconds = Int(Date().timeIntervalSince(started))
                FileHandle.standardError.write(
                    Data("\(tried) inputs in \(seconds) s, \(state.finds.count) finds\n".utf8))
            }
            return state.next - 1
        }
    }

    private func tryOut(_ index: Int, _ trial: Trial) throws {
        let input = maker.input(index)
        let built = maker.build(input)
        state.withLock { $0.inputs[input.seed.kind, default: 0] += 1 }
        let faults = try trial.faults(of: built) { ending in
            if case .exited(let code) = ending { state.withLock { $0.exitCodes[code, default: 0] += 1 } }
        }
        for fault in faults { try note(fault, input, built, trial) }
    }

    private func note(_ fault: Promises.Fault, _ input: FuzzInput, _ built: BuiltInput, _ trial: Trial) throws {
        let isAmount = FindMinimizer.isAmount(fault)
        // What takes long is minimised once for each change: one that was met before is likely the same.
        let likely = isAmount ? built.labels.map { "\(fault.signature) (\($0))" } : [fault.signature]
        let isKnown = state.withLock { state in
            guard let known = likely.first(where: state.known.contains) else {
                if !isAmount { state.known.insert(fault.signature) }
                return false
            }
            state.finds[known, default: (0, input.index)].count += 1
            return true
        }
        if isKnown { return }
        let minimizer = FindMinimizer(maker: maker, trial: trial)
        guard let find = try minimizer.reduced(input, fault) else {
            let signature = "once only: " + fault.signature
            return state.withLock { $0.finds[signature, default: (0, input.index)].count += 1 }
        }
        let isNew = state.withLock { state in
            state.finds[find.signature, default: (0, input.index)].count += 1
            return state.known.insert(find.signature).inserted || !isAmount
        }
        guard isNew else { return }
        let small = minimizer.minimized(find)
        let path = try findFolder.write(small, index: input.index, seed: maker.seed)
        FileHandle.standardError.write(Data("find: \(find.signature)\n      \(path)\n".utf8))
    }

    /// Why it stopped before its time; nil where it did not.
    var failure: String? { state.withLock { $0.failure } }

    /// Whether anything was found.
    var hasFinds: Bool { state.withLock { !$0.finds.isEmpty } }

    /// What was tried and found, for people.
    var summary: String {
        state.withLock { state in
            let seconds = Int(Date().timeIntervalSince(started))
            var text = "\(state.inputs.values.reduce(0, +)) inputs in \(seconds) s (seed \(maker.seed)):"
            text += Seed.Kind.allCases.map { " \(state.inputs[$0] ?? 0) \($0.rawValue)" }.joined(separator: ",") + "\n"
            let codes = state.exitCodes.sorted { $0.key < $1.key }.map { "\($0.value) with \($0.key)" }
            text += "commands ended: \(codes.joined(separator: ", "))\n\(state.finds.count) finds\n"
            for (signature, find) in state.finds.sorted(by: { $0.key < $1.key }) {
                text += "  \(find.count) x \(signature), first with input \(find.first)\n"
            }
            return text
        }
    }
}
