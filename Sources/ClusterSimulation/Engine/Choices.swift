/// The one source of chance (DESIGN 4.5): every draw is recorded, and a recorded sequence can be replayed.
///
/// Each purpose has its own stream, so that a new draw in one place does not shift the draws of another.
package struct Choices: Sendable {
    /// What a draw is for.
    package enum Purpose: UInt8, CaseIterable, Sendable {
        case jitter, name, order, latency, fault, address

        var stream: Symbol {
            switch self {
            case .jitter: "jitter"
            case .name: "name"
            case .order: "order"
            case .latency: "latency"
            case .fault: "fault"
            case .address: "address"
            }
        }
    }

    private var streams: [Random]
    private let replay: [UInt64]
    private var position = 0
    /// Every draw so far, in order.
    package private(set) var record: [UInt64] = []
    private let keepsRecord: Bool

    /// Draws from `seed`; where `replay` is given, its choices come first (a value beyond a bound counts as the bound).
    package init(seed: UInt64, replay: [UInt64] = [], keepsRecord: Bool = true) {
        streams = Purpose.allCases.map { Random(seed: seed, stream: $0.stream) }
        self.replay = replay
        self.keepsRecord = keepsRecord
    }

    /// A number in `0...bound`.
    package mutating func draw(_ purpose: Purpose, upTo bound: UInt64) -> UInt64 {
        var value = bound == 0 ? 0 : streams[Int(purpose.rawValue)].upTo(bound)
        if position < replay.count {
            value = min(replay[position], bound)
            position += 1
        }
        if keepsRecord { record.append(value) }
        return value
    }
}
