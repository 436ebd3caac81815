import Synchronization

/// The table behind `Symbol`: an append-only arena of texts with an open-addressing index.
///
/// Interning takes a lock; reading an id takes none, because entries are written once, before their id is handed
/// out, into blocks that never move. Bounds: 134 million distinct texts.
enum SymbolTable {
    struct Entry {
        var start: UnsafeRawPointer
        var count: Int
        var hash: UInt64
    }

    private static let blockShift: UInt32 = 13
    private static let blockSize = 1 << 13
    private static let blocksMax = 1 << 14

    private nonisolated(unsafe) static let blocks: UnsafeMutablePointer<UnsafeMutablePointer<Entry>?> = {
        let blocks = UnsafeMutablePointer<UnsafeMutablePointer<Entry>?>.allocate(capacity: blocksMax)
        blocks.initialize(repeating: nil, count: blocksMax)
        return blocks
    }()

    private struct Index: ~Copyable {
        var slots: UnsafeMutablePointer<UInt32>
        var slotsMask: Int
        var count: UInt32 = 0
        var arena: UnsafeMutableRawPointer
        var arenaUsed = 0
        var arenaSize: Int

        init() {
            slotsMask = (1 << 16) - 1
            slots = .allocate(capacity: slotsMask + 1)
            slots.initialize(repeating: .max, count: slotsMask + 1)
            arenaSize = 1 << 20
            arena = .allocate(byteCount: arenaSize, alignment: 8)
        }
    }

    private static let lock = Mutex(())

    /// Only touched under `lock`.
    private nonisolated(unsafe) static var index: Index = {
        var index = Index()
        _ = intern(UnsafeRawBufferPointer(start: nil, count: 0), in: &index)
        return index
    }()

    static func intern(_ bytes: UnsafeRawBufferPointer) -> Symbol {
        let address = UInt(bitPattern: bytes.baseAddress)
        let count = bytes.count
        return lock.withLock { _ in
            intern(UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count), in: &index)
        }
    }

    @inline(__always)
    private static func entry(_ id: UInt32) -> Entry {
        blocks[Int(id &>> blockShift)].unsafelyUnwrapped[Int(id) & (blockSize - 1)]
    }

    static func bytes(_ id: UInt32) -> UnsafeRawBufferPointer {
        let entry = entry(id)
        return UnsafeRawBufferPointer(start: entry.start, count: entry.count)
    }

    static func hash(_ id: UInt32) -> UInt64 { entry(id).hash }

    private static func intern(_ bytes: UnsafeRawBufferPointer, in index: inout Index) -> Symbol {
        var hasher = StableHash()
        hasher.combine(bytes)
        let hash = hasher.value
        var slot = Int(truncatingIfNeeded: hash) & index.slotsMask
        while index.slots[slot] != .max {
            let id = index.slots[slot]
            let entry = entry(id)
            if entry.hash == hash, entry.count == bytes.count, equal(entry.start, bytes) {
                return Symbol(id: id)
            }
            slot = (slot + 1) & index.slotsMask
        }
        let id = append(bytes, hash, to: &index)
        index.slots[slot] = id
        if Int(index.count) * 2 > index.slotsMask { grow(&index) }
        return Symbol(id: id)
    }

    @inline(__always)
    private static func equal(_ start: UnsafeRawPointer, _ bytes: UnsafeRawBufferPointer) -> Bool {
        for offset in 0..<bytes.count
        where start.load(fromByteOffset: offset, as: UInt8.self) != bytes[offset] {
            return false
        }
        return true
    }

    private static func append(_ bytes: UnsafeRawBufferPointer, _ hash: UInt64, to index: inout Index) -> UInt32 {
        if index.arenaUsed + bytes.count > index.arenaSize {
            index.arenaSize = max(1 << 20, bytes.count)
            index.arena = .allocate(byteCount: index.arenaSize, alignment: 8)
            index.arenaUsed = 0
        }
        let start = index.arena + index.arenaUsed
        if let source = bytes.baseAddress, bytes.count > 0 {
            start.copyMemory(from: source, byteCount: bytes.count)
        }
        index.arenaUsed += bytes.count
        let id = index.count
        let block = Int(id &>> blockShift)
        precondition(block < blocksMax, "more than \(blocksMax * blockSize) distinct texts")
        if blocks[block] == nil { blocks[block] = .allocate(capacity: blockSize) }
        (blocks[block].unsafelyUnwrapped + (Int(id) & (blockSize - 1)))
            .initialize(to: Entry(start: UnsafeRawPointer(start), count: bytes.count, hash: hash))
        index.count += 1
        return id
    }

    private static func grow(_ index: inout Index) {
        let old = index.slots
        let oldCount = index.slotsMask + 1
        index.slotsMask = oldCount * 2 - 1
        index.slots = .allocate(capacity: oldCount * 2)
        index.slots.initialize(repeating: .max, count: oldCount * 2)
        for slotOld in 0..<oldCount where old[slotOld] != .max {
            var slot = Int(truncatingIfNeeded: entry(old[slotOld]).hash) & index.slotsMask
            while index.slots[slot] != .max { slot = (slot + 1) & index.slotsMask }
            index.slots[slot] = old[slotOld]
        }
        old.deallocate()
    }
}
