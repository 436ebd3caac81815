import ArgumentParser
import Reports

/// How much a text report tells.
struct TextOptions: ParsableArguments {
    @Flag(help: "In text: every problem with all its intervals and causes, and every row.")
    var verbose = false

    /// How a result is laid out: for the terminal, or plain in a file.
    func style(_ output: OutputOptions) -> TextStyle {
        output.isFile ? TextStyle(isVerbose: verbose) : Terminal.style(isVerbose: verbose)
    }
}
