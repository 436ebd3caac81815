import Synchronization

/// The files that this process has read, each with its range of the position space.
package enum SourceMap {
    private static let files = Mutex(SourceFiles())

    /// Registers a file and returns the position of its first byte, or nil where the space is used up. A file that is read
    /// again with the same bytes keeps its range.
    package static func register(path: String, bytes: [UInt8]) -> UInt32? {
        files.withLock { $0.register(path: path, bytes: bytes) }
    }

    /// File, line and column of an origin.
    package static func location(of origin: Origin) -> SourceLocation? { files.withLock { $0.location(of: origin) } }

    /// The text of the line an origin is on, without its line break; invalid UTF-8 repaired.
    package static func line(at origin: Origin) -> String? { files.withLock { $0.line(at: origin) } }

    /// Does a piece of work, and lets go what was read for it: the bytes, and their part of the position space, which what
    /// is read next gets.
    ///
    /// No `Origin` from within may be asked for its place afterwards: outcomes and diagnostics hold texts. Of pieces of work
    /// that overlap, in one thread or in several, the last to end lets go what all of them have read.
    package static func releasing<Result>(_ work: () throws -> Result) rethrows -> Result {
        files.withLock { $0.begin() }
        defer { files.withLock { $0.end() } }
        return try work()
    }
}

/// Files with their ranges of one position space.
///
/// Keeps the bytes of each file, so that a column and a snippet can be given without reading again.
struct SourceFiles {
    private struct File {
        var path: String
        var base: UInt32
        var bytes: [UInt8]
        var lines: SourceLines?
        var hash: UInt64
    }

    private var files: [File] = []
    private var next: UInt64 = 1
    /// By a hash of path and bytes: the places of files; looked up only.
    private var places: [UInt64: [Int]] = [:]
    /// How many pieces of work are going on that let go what they read, and how many files there were before the first.
    private var pieces = 0
    private var mark = 0

    /// Bytes that are kept.
    var size: Int { files.reduce(0) { $0 + $1.bytes.count } }

    mutating func register(path: String, bytes: [UInt8]) -> UInt32? {
        var hasher = StableHash()
        hasher.combine(path)
        bytes.withUnsafeBytes { hasher.combine($0) }
        let hash = hasher.value
        for place in places[hash] ?? [] where files[place].path == path && files[place].bytes == bytes {
            return files[place].base
        }
        guard next + UInt64(bytes.count) + 1 < UInt64(UInt32.max) else { return nil }
        let base = UInt32(next)
        places[hash, default: []].append(files.count)
        files.append(File(path: path, base: base, bytes: bytes, lines: nil, hash: hash))
        next += UInt64(bytes.count) + 1
        return base
    }

    mutating func begin() {
        if pieces == 0 { mark = files.count }
        pieces += 1
    }

    mutating func end() {
        pieces -= 1
        guard pieces == 0 else { return }
        while files.count > mark {
            let file = files.removeLast()
            places[file.hash]?.removeAll { $0 == files.count }
            if places[file.hash]?.isEmpty ?? false { places[file.hash] = nil }
            next = UInt64(file.base)
        }
    }

    mutating func location(of origin: Origin) -> SourceLocation? {
        locate(origin) { file, lines, offset in
            let number = lines.line(of: offset)
            let column =
                lines.scalars(before: offset, in: file.bytes)
                - lines.scalars(before: lines.starts[number - 1], in: file.bytes) + 1
            return SourceLocation(path: file.path, line: number, column: column)
        }
    }

    mutating func line(at origin: Origin) -> String? {
        locate(origin) { file, lines, offset in
            let number = lines.line(of: offset)
            let end = number < lines.starts.count ? lines.starts[number] : file.bytes.count
            var line = file.bytes[lines.starts[number - 1]..<end]
            while let byte = line.last, byte == 10 || byte == 13 { line.removeLast() }
            return String(decoding: line, as: UTF8.self)
        }
    }

    /// Finds the file of an origin, and asks something about an offset in it.
    private mutating func locate<Answer>(
        _ origin: Origin, _ ask: (File, SourceLines, Int) -> Answer
    ) -> Answer? {
        guard !origin.isNone else { return nil }
        var low = 0
        var high = files.count
        while low < high {
            let middle = (low + high) / 2
            if files[middle].base <= origin.position { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let lines = files[low - 1].lines ?? SourceLines(files[low - 1].bytes)
        files[low - 1].lines = lines
        let file = files[low - 1]
        return ask(file, lines, min(Int(origin.position - file.base), file.bytes.count))
    }
}

/// Where the lines of a file start, and how many Unicode scalars lie before each block of its bytes: a column costs the
/// same in a line of any length.
private struct SourceLines {
    static let blockSize = 1024
    var starts = [0]
    var scalarsBeforeBlock: [Int] = []

    init(_ bytes: [UInt8]) {
        var scalars = 0
        for (index, byte) in bytes.enumerated() {
            if index % Self.blockSize == 0 { scalarsBeforeBlock.append(scalars) }
            if byte == 10 { starts.append(index + 1) }
            if byte & 0xC0 != 0x80 { scalars += 1 }
        }
    }

    /// The number of the line that holds an offset, from 1.
    func line(of offset: Int) -> Int {
        var first = 0
        var last = starts.count
        while first < last {
            let middle = (first + last) / 2
            if starts[middle] <= offset { first = middle + 1 } else { last = middle }
        }
        return first
    }

    func scalars(before offset: Int, in bytes: [UInt8]) -> Int {
        let block = min(offset / Self.blockSize, scalarsBeforeBlock.count - 1)
        guard block >= 0 else { return 0 }
        var scalars = scalarsBeforeBlock[block]
        for index in block * Self.blockSize..<offset where bytes[index] & 0xC0 != 0x80 { scalars += 1 }
        return scalars
    }
}
