/// Which invariants look at what, by number, so that a change finds them without searching.
struct InvariantIndex: Sendable {
    struct Mapped: Sendable {
        var invariant: UInt8
        var changes: Changes
        var map: @Sendable (Simulation, ObjectKey, (ObjectKey) -> Void) -> Void
    }

    struct OnPrograms: Sendable {
        var invariant: UInt8
        var map: @Sendable (Simulation, (ObjectKey) -> Void) -> Void
    }

    /// By kind: bits of the invariants whose subjects are of that kind.
    private var subjects: [UInt64] = []
    /// By kind: what else changes of that kind concern.
    private var mapped: [[Mapped]] = []
    /// By reference type: bits of the invariants that read the targets.
    private(set) var targets = [UInt64](repeating: 0, count: ReferenceType.allCases.count)
    private(set) var anyTargets: UInt64 = 0
    private(set) var onPrograms: [OnPrograms] = []
    private(set) var onImageFacts: [OnPrograms] = []
    /// Bits of the invariants that look at everything with a finalizer.
    private(set) var onFinalizers: UInt64 = 0

    init() {}

    init(_ invariants: [Invariant], tables: ClusterTables) {
        for (index, invariant) in invariants.enumerated() {
            let bit = UInt64(1) << UInt64(index)
            for reads in invariant.reads {
                switch reads {
                case .subjects(let target):
                    let kind = Int(target.resolve(tables).index)
                    while subjects.count <= kind { subjects.append(0) }
                    subjects[kind] |= bit
                case .targets(let type):
                    targets[Int(type.rawValue)] |= bit
                    anyTargets |= bit
                case .changes(of: let target, let changes, let map):
                    let kind = Int(target.resolve(tables).index)
                    while mapped.count <= kind { mapped.append([]) }
                    mapped[kind].append(Mapped(invariant: UInt8(index), changes: changes, map: map))
                case .finalizers: onFinalizers |= bit
                case .programs(let map):
                    onPrograms.append(OnPrograms(invariant: UInt8(index), map: map))
                case .imageFacts(let map):
                    onImageFacts.append(OnPrograms(invariant: UInt8(index), map: map))
                }
            }
        }
    }

    @inline(__always)
    func subjects(of kind: KindID) -> UInt64 { Int(kind.index) < subjects.count ? subjects[Int(kind.index)] : 0 }

    @inline(__always)
    func mapped(of kind: KindID) -> [Mapped] { Int(kind.index) < mapped.count ? mapped[Int(kind.index)] : [] }
}
