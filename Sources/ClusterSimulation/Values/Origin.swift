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
