import Foundation
import FuzzMutators
import RobustnessCases

/// Makes an input with a fault as small as it gets in the time that it has.
struct FindMinimizer {
    let maker: InputMaker
    let trial: Trial
    /// For changes, and again for the rest, in seconds.
    private static func timeMax(_ fault: Promises.Fault) -> Double { isAmount(fault) ? 240 : 60 }

    /// Whether a fault takes many seconds each time, and says nothing of its cause.
    static func isAmount(_ fault: Promises.Fault) -> Bool {
        ["cpu", "memory", "hang"].contains { fault.signature.hasPrefix($0) }
    }

    /// What is left of an input, and its fault.
    struct Find: Sendable {
        var built: BuiltInput
        var fault: Promises.Fault
        /// The signature; for processor time and memory with what was changed, which tells one cause from another.
        var signature: String
    }

    /// The changes that are needed; nil where the fault is not there a second time.
    func reduced(_ input: FuzzInput, _ fault: Promises.Fault) throws -> Find? {
        let end = Date().addingTimeInterval(Self.timeMax(fault))
        guard try has(fault, maker.build(input)) else { return nil }
        let mutations = Minimizer.minimized(input.mutations) { mutations in
            Date() > end ? nil : (try? has(fault, maker.build(input, mutations))) ?? false
        }
        let built = maker.build(input, mutations)
        let label = built.labels.sorted().joined(separator: ", ")
        return Find(
            built: built, fault: fault, signature: fault.signature + (Self.isAmount(fault) ? " (\(label))" : ""))
    }

    /// Takes out files, then commands, then lines, then bytes of what is short by then.
    func minimized(_ find: Find) -> Find {
        var find = find
        let end = Date().addingTimeInterval(Self.timeMax(find.fault))
        func minimize<Part>(
            _ parts: [Part], _ write: (inout BuiltInput, [Part]) -> Void
        ) {
            let kept = Minimizer.minimized(parts) { parts in
                if Date() > end { return nil }
                var built = find.built
                write(&built, parts)
                return !built.runs.isEmpty && ((try? has(find.fault, built)) ?? false)
            }
            write(&find.built, kept)
        }
        minimize(find.built.files) { $0.files = $1 }
        minimize(find.built.runs) { $0.runs = $1 }
        let texts = find.built.files.indices.filter { !find.built.files[$0].path.hasSuffix(".sqlite") }
        for index in texts {
            let lines = find.built.files[index].bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            minimize(lines) { $0.files[index].bytes = Array($1.joined(separator: [0x0A])) }
        }
        for index in texts where find.built.files[index].bytes.count < 2000 {
            minimize(find.built.files[index].bytes) { $0.files[index].bytes = $1 }
        }
        return find
    }

    /// Whether a folder has the fault. A planted value counts only in a whole Secret, so that the Secret may not be
    /// made smaller.
    private func has(_ fault: Promises.Fault, _ built: BuiltInput) throws -> Bool {
        let mark = Array(Planted.mark.utf8)
        if fault.signature.contains("of a Secret"), !fault.signature.contains("fingerprint") {
            let isWhole = built.files.contains { file in
                let text = String(decoding: file.bytes, as: UTF8.self)
                return text.contains("\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: planted\n")
                    && text.ranges(of: String(decoding: mark, as: UTF8.self)).count >= 2
            }
            if !isWhole { return false }
        }
        return try trial.faults(of: built).contains { $0.signature == fault.signature }
    }
}
