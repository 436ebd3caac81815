/// A 64-bit hash with fixed constants, equal on every machine and in every process.
///
/// The standard library's `Hasher` is seeded per process and must never reach an outcome. This one feeds content
/// addresses and outcome digests. It is not cryptographic.
package struct StableHash: Sendable {
    private var state: UInt64

    /// Starts a hash; hashes with different seeds are independent.
    @inline(__always)
    package init(seed: UInt64 = 0) {
        state = seed ^ 0x9E37_79B9_7F4A_7C15
    }

    /// Mixes one word in. Order matters.
    @inline(__always)
    package mutating func combine(_ word: UInt64) {
        state = (state ^ word) &* 0xFF51_AFD7_ED55_8CCD
        state ^= state &>> 32
    }

    /// Mixes the bytes in, with their count, so that adjacent texts cannot run together.
    package mutating func combine(_ bytes: UnsafeRawBufferPointer) {
        combine(UInt64(truncatingIfNeeded: bytes.count))
        var index = 0
        while index + 8 <= bytes.count {
            combine(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
            index += 8
        }
        var rest: UInt64 = 0
        var shift: UInt64 = 0
        while index < bytes.count {
            rest |= UInt64(bytes[index]) &<< shift
            shift += 8
            index += 1
        }
        combine(rest)
    }

    /// Mixes the UTF-8 of a text in.
    package mutating func combine(_ text: String) {
        var text = text
        text.withUTF8 { combine(UnsafeRawBufferPointer($0)) }
    }

    /// The hash of everything combined so far.
    @inline(__always)
    package var value: UInt64 {
        var result = state
        result = (result ^ (result &>> 29)) &* 0xC4CE_B9FE_1A85_EC53
        return result ^ (result &>> 32)
    }
}
