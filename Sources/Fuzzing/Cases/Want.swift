import Foundation

/// What a case asks of the command: the file `want` in its folder.
///
/// One demand a line: `run:` the arguments (in quotes where they hold spaces, `< FILE` at the end for standard input;
/// several lines are several commands, one after the other), `rc:` the allowed exit codes, `cpu:` seconds, `rss:` MiB,
/// `out:` and `err:` regular expressions that standard output and standard error must match, `not-out:` and `not-err:`
/// those that they must not.
package struct Want: Equatable, Sendable {
    /// One command.
    package struct Run: Equatable, Sendable {
        package var arguments: [String]
        /// The file that is its standard input.
        package var input: String?

        package init(arguments: [String], input: String? = nil) {
            self.arguments = arguments
            self.input = input
        }
    }

    package var runs: [Run] = []
    package var exitCodes: [Int32] = [0, 1, 2, 4]
    /// Processor time of each command, in seconds.
    package var processorSeconds = 10.0
    /// The most memory of each command, in MiB.
    package var memory = 1024
    package var output: [String] = []
    package var errors: [String] = []
    package var notOutput: [String] = []
    package var notErrors: [String] = []

    package init() {}

    /// Why a `want` cannot be read.
    package struct Failure: Error, CustomStringConvertible {
        package var description: String
    }

    /// Reads the text of the file; a demand that is not known is an error, so that none is passed over.
    package init(_ text: String) throws {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let colon = line.firstIndex(of: ":") else { throw Failure(description: "no demand: \(line)") }
            let value = String(line[line.index(after: colon)...].drop { $0 == " " })
            switch line[..<colon] {
            case "run": runs.append(try Self.run(value))
            case "rc": exitCodes = try value.split(separator: " ").map { try Self.number($0, line) }
            case "cpu": processorSeconds = try Self.number(value[...], line)
            case "rss": memory = try Self.number(value[...], line)
            case "out": output.append(value)
            case "err": errors.append(value)
            case "not-out": notOutput.append(value)
            case "not-err": notErrors.append(value)
            default: throw Failure(description: "no demand: \(line)")
            }
        }
        guard !runs.isEmpty else { throw Failure(description: "no run") }
    }

    private static func number<Number: LosslessStringConvertible>(
        _ text: Substring, _ line: Substring
    ) throws -> Number {
        guard let number = Number(String(text)) else { throw Failure(description: "no number: \(line)") }
        return number
    }

    private static func run(_ text: String) throws -> Run {
        var words = try words(of: text)
        guard let mark = words.firstIndex(of: "<") else { return Run(arguments: words) }
        guard mark == words.count - 2 else { throw Failure(description: "one file after '<': \(text)") }
        let input = words.removeLast()
        words.removeLast()
        return Run(arguments: words, input: input)
    }

    /// The words of a line, as a shell takes them apart: single and double quotes hold spaces.
    private static func words(of text: String) throws -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in text {
            if character == quote {
                quote = nil
            } else if quote == nil, character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if quote == nil, character == " " {
                if let word { words.append(word) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else { throw Failure(description: "an open quote: \(text)") }
        return words + (word.map { [$0] } ?? [])
    }

    /// The text of the file, of which `init` makes the same demands again.
    package var text: String {
        let standard = Want()
        var lines = runs.map { run in
            "run: "
                + (run.arguments.map(Self.quoted) + (run.input.map { ["<", Self.quoted($0)] } ?? [])).joined(
                    separator: " ")
        }
        if exitCodes != standard.exitCodes {
            lines.append("rc: " + exitCodes.map { String($0) }.joined(separator: " "))
        }
        if processorSeconds != standard.processorSeconds { lines.append("cpu: \(Int(processorSeconds))") }
        if memory != standard.memory { lines.append("rss: \(memory)") }
        lines += output.map { "out: \($0)" } + errors.map { "err: \($0)" }
        lines += notOutput.map { "not-out: \($0)" } + notErrors.map { "not-err: \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func quoted(_ word: String) -> String {
        if !word.isEmpty, !word.contains(where: { " '\"<".contains($0) }) { return word }
        return word.contains("'") ? "\"\(word)\"" : "'\(word)'"
    }

    /// What a finished command does not do that is asked for; empty where it does all.
    ///
    /// - Parameter slowness: how many times slower than a release build the program is.
    package func problems(with result: LimitedProcess.Result, slowness: Double = 1) -> [String] {
        var problems: [String] = []
        if case .exited(let code) = result.ending, exitCodes.contains(code) {
        } else {
            problems.append("it ended as \(result.ending), not with one of \(exitCodes)")
        }
        if result.processorSeconds > processorSeconds * slowness {
            problems.append("it took \(result.processorSeconds) s of processor time")
        }
        if result.peakMemory > memory << 20 { problems.append("it took \(result.peakMemory >> 20) MiB") }
        let printed = String(decoding: result.output, as: UTF8.self)
        let told = String(decoding: result.errors, as: UTF8.self)
        for pattern in output where !Self.matches(pattern, printed) { problems.append("no '\(pattern)' in its output") }
        for pattern in errors where !Self.matches(pattern, told) { problems.append("no '\(pattern)' in its errors") }
        for pattern in notOutput where Self.matches(pattern, printed) { problems.append("'\(pattern)' in its output") }
        for pattern in notErrors where Self.matches(pattern, told) { problems.append("'\(pattern)' in its errors") }
        return problems
    }

    /// Whether a text has a match of a regular expression; one that cannot be read matches nothing.
    private static func matches(_ pattern: String, _ text: String) -> Bool {
        guard let expression = try? NSRegularExpression(pattern: pattern) else { return false }
        return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }
}
