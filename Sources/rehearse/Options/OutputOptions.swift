import ArgumentParser

/// Where a command's result goes.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write to this file instead of standard output; - means standard output.", valueName: "file")
    )
    var path: String?

    /// Whether the result is written to a file.
    var isFile: Bool { path != nil && path != "-" }

    /// Where to write. To be called before a command opens or rehearses anything.
    ///
    /// - Parameter ledger: the command's ledger, which must not be replaced.
    func open(beside ledger: LedgerPath? = nil) throws -> Output {
        guard let path, isFile else { return Output(file: nil, ledger: nil) }
        let output = Output(file: try OutputFile(path), ledger: ledger?.ledger)
        try output.check()
        return output
    }
}

/// Standard output, or a file in its place.
struct Output {
    fileprivate let file: OutputFile?
    fileprivate let ledger: String?

    /// Writes a result. A regular file gets it in place of all it had, so a file's result is written once.
    ///
    /// Throws a `CommandFailure`, or `ReaderLeft` where the reader of a pipe has left.
    func write(_ text: String) throws {
        guard let file else { return try StandardOutput.write(text) }
        try check()
        try file.write(text)
    }

    fileprivate func check() throws {
        if let file, let ledger, file.replaces(ledger) {
            throw CommandFailure("error: '--output' and '--ledger' name the same file")
        }
    }
}
