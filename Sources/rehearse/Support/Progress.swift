import ClusterSimulation

/// One line on a terminal's standard error that says what is being done, replaced as it changes. In a pipe: nothing.
struct Progress {
    /// Which of how many: `2/7 name`.
    var title: String

    /// Shows what is being done now.
    func show(_ what: String) {
        guard StandardError.isTerminal else { return }
        StandardError.writeRaw("\r\u{1B}[K" + String("\(title): \(what)".singleLine.prefix(100)))
    }

    /// Takes the line away.
    func clear() {
        guard StandardError.isTerminal else { return }
        StandardError.writeRaw("\r\u{1B}[K")
    }
}
