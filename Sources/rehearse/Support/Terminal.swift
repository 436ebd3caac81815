import Foundation
import Reports

/// What standard output is: a terminal that a person reads, or a pipe.
enum Terminal {
    /// Colour only on a terminal, and not where `NO_COLOR` (https://no-color.org) or `TERM=dumb` says otherwise.
    static func style(isVerbose: Bool = false) -> TextStyle {
        guard isatty(1) == 1 else { return TextStyle(isVerbose: isVerbose) }
        let environment = ProcessInfo.processInfo.environment
        let isMonochrome = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        return TextStyle(isColoured: !isMonochrome, width: width, isVerbose: isVerbose)
    }

    /// Columns; nil where the terminal does not say.
    private static var width: Int? {
        var size = winsize()
        guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
