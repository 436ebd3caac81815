import Synchronization

/// Symbols of string literals by the literal's address, so that naming one in the step loop costs a load.
///
/// A literal never moves, so its address says which it is. A direct-mapped table: a slot holds the upper bits of one
/// address and the id of its symbol in one word, which is read and written whole; a literal whose slot another one
/// took is interned again. Bounds: addresses below 2^47, ids below 2^27 (`SymbolTable`), which fill 62 bits.
enum LiteralCache {
    private static let slotBits: UInt64 = 12
    private static let idBits: UInt64 = 27

    private nonisolated(unsafe) static let slots: UnsafeMutablePointer<Atomic<UInt64>> = {
        let slots = UnsafeMutablePointer<Atomic<UInt64>>.allocate(capacity: 1 << Int(slotBits))
        for slot in 0..<(1 << Int(slotBits)) { (slots + slot).initialize(to: Atomic(0)) }
        return slots
    }()

    /// The symbol of the literal at `bytes`, which must stay there for the life of the process.
    @inline(__always)
    static func symbol(of bytes: UnsafeRawBufferPointer) -> Symbol {
        let address = UInt64(UInt(bitPattern: bytes.baseAddress))
        let slot = slots + Int(address & ((1 << slotBits) - 1))
        let tag = address &>> slotBits
        let entry = slot.pointee.load(ordering: .acquiring)
        if entry &>> idBits == tag { return Symbol(id: UInt32(truncatingIfNeeded: entry & ((1 << idBits) - 1))) }
        return intern(bytes, tag, slot)
    }

    @inline(never)
    private static func intern(
        _ bytes: UnsafeRawBufferPointer, _ tag: UInt64, _ slot: UnsafeMutablePointer<Atomic<UInt64>>
    ) -> Symbol {
        let symbol = SymbolTable.intern(bytes)
        if tag &>> (64 - idBits) == 0 { slot.pointee.store(tag &<< idBits | UInt64(symbol.id), ordering: .releasing) }
        return symbol
    }
}
