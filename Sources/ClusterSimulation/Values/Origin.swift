import Synchronization

/// Where in the input a value was written: a position in one number space shared by all files that were read.
///
/// Four bytes that survive merging, patching and forking. 0 means "not from a file". Bounds: 4 GiB of input in a
/// process; what is read after that has no origin.
package struct Origin: Hashable, Sendable {
    package let position: UInt32

    @inline(__always)
    package init(position: UInt32) { self.position = position }

    /// No place in any file.
    package static let none = Origin(position: 0)

    /// Whether this value came from no file.
    @inline(__always)
    package var isNone: Bool { position == 0 }

    /// `file:line:column`, or nil for no place.
    package var description: String? { SourceMap.location(of: self)?.description }

    /// File, line and column, or nil for no place.
    package var location: SourceLocation? { SourceMap.location(of: self) }
}

/// A place a person can open: path as the user named it, line and column counted from 1, columns in Unicode scalars.
package struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
    package var path: String
    package var line: Int
    package var column: Int

    package init(path: String, line: Int, column: Int) {
        self.path = path
        self.line = line
        self.column = column
    }

    package var description: String { "\(path):\(line):\(column)" }
}

/// The files that were read, each with its range of the position space.
///
/// Keeps the bytes of each file, so that a column and a snippet can be given without reading again.
package enum SourceMap {
    private struct File {
        var path: String
        var base: UInt32
        var bytes: [UInt8]
        var lines: Lines?
    }

    /// Where the lines of a file start, and how many Unicode scalars lie before each block of its bytes: a column costs
    /// the same in a line of any length.
    private struct Lines {
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

    private struct Files {
        var files: [File] = []
        var next: UInt64 = 1
    }

    private static let files = Mutex(Files())

    /// Registers a file and returns the position of its first byte, or nil where the space is used up.
    package static func register(path: String, bytes: [UInt8]) -> UInt32? {
        files.withLock { files in
            guard files.next + UInt64(bytes.count) + 1 < UInt64(UInt32.max) else { return nil }
            let base = UInt32(files.next)
            files.files.append(File(path: path, base: base, bytes: bytes, lines: nil))
            files.next += UInt64(bytes.count) + 1
            return base
        }
    }

    /// File, line and column of an origin.
    package static func location(of origin: Origin) -> SourceLocation? {
        locate(origin) { file, lines, offset in
            let number = lines.line(of: offset)
            let column =
                lines.scalars(before: offset, in: file.bytes)
                - lines.scalars(before: lines.starts[number - 1], in: file.bytes) + 1
            return SourceLocation(path: file.path, line: number, column: column)
        }
    }

    /// The text of the line an origin is on, without its line break; invalid UTF-8 repaired.
    package static func line(at origin: Origin) -> String? {
        locate(origin) { file, lines, offset in
            let number = lines.line(of: offset)
            let end = number < lines.starts.count ? lines.starts[number] : file.bytes.count
            var line = file.bytes[lines.starts[number - 1]..<end]
            while let byte = line.last, byte == 10 || byte == 13 { line.removeLast() }
            return String(decoding: line, as: UTF8.self)
        }
    }

    /// Finds the file of an origin, and asks something about an offset in it.
    private static func locate<Answer: Sendable>(
        _ origin: Origin, _ ask: (File, Lines, Int) -> Answer
    ) -> Answer? {
        guard !origin.isNone else { return nil }
        return files.withLock { files in
            var low = 0
            var high = files.files.count
            while low < high {
                let middle = (low + high) / 2
                if files.files[middle].base <= origin.position { low = middle + 1 } else { high = middle }
            }
            guard low > 0 else { return nil }
            let lines = files.files[low - 1].lines ?? Lines(files.files[low - 1].bytes)
            files.files[low - 1].lines = lines
            let file = files.files[low - 1]
            return ask(file, lines, min(Int(origin.position - file.base), file.bytes.count))
        }
    }
}
