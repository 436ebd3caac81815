/// xoshiro256**, seeded by SplitMix64: the project's own generator, so that a seed means the same for ever.
package struct Random: Sendable {
    private var s0: UInt64, s1: UInt64, s2: UInt64, s3: UInt64

    /// A stream of its own for each (seed, purpose).
    package init(seed: UInt64, stream: Symbol) {
        var state = seed ^ stream.stableHash
        func next() -> UInt64 {
            state = state &+ 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z &>> 31)
        }
        s0 = next()
        s1 = next()
        s2 = next()
        s3 = next()
    }

    package mutating func next() -> UInt64 {
        let result = Self.rotate(s1 &* 5, by: 7) &* 9
        let t = s1 &<< 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= t
        s3 = Self.rotate(s3, by: 45)
        return result
    }

    private static func rotate(_ x: UInt64, by count: UInt64) -> UInt64 { (x &<< count) | (x &>> (64 &- count)) }

    /// A number in `0...bound`, without bias.
    package mutating func upTo(_ bound: UInt64) -> UInt64 {
        if bound == .max { return next() }
        let range = bound + 1
        let limit = UInt64.max - UInt64.max % range
        var draw = next()
        while draw >= limit { draw = next() }
        return draw % range
    }
}
