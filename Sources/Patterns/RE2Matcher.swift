internal import CRE2
package import ClusterSimulation
internal import Synchronization

/// Matches patterns with RE2, in time linear in the text. `docs/decisions/0007-patterns.md` says why.
package final class RE2Matcher: PatternMatcher {
    /// The matcher of every rehearsal. It keeps programs, and no answer depends on which.
    package static let shared = RE2Matcher()

    /// Bytes of a program and of what matching keeps, for nearly all patterns.
    private static let memory: Int64 = 1 << 18
    /// The same, for those that do not fit.
    private static let memoryMax: Int64 = 8 << 20
    /// Programs that are kept; beyond it all are forgotten.
    private static let programsMax = 1024
    private static let largeProgramsMax = 32
    /// Readings that are kept, likewise.
    private static let readingsMax = 1 << 16
    /// Bytes of a pattern.
    private static let patternMax = 1 << 16

    private struct Kept {
        var readings: [Symbol: PatternReading] = [:]
        var programs: [Symbol: Program] = [:]
        var largePrograms: [Symbol: Program] = [:]
    }

    private let kept = Mutex(Kept())

    package init() {}

    package func read(_ pattern: Symbol) -> PatternReading {
        kept.withLock { kept in
            if let known = kept.readings[pattern] { return known }
            let reading: PatternReading
            switch Self.compile(pattern) {
            case .success(let program):
                reading = .program(size: program.size)
                Self.keep(program, pattern, &kept)
            case .failure(let failure): reading = failure.reading
            }
            if kept.readings.count >= Self.readingsMax { kept.readings.removeAll() }
            kept.readings[pattern] = reading
            return reading
        }
    }

    package func matches(_ pattern: Symbol, _ text: Symbol) -> Bool {
        kept.withLock { kept in
            if let program = kept.programs[pattern] ?? kept.largePrograms[pattern] { return program.matches(text) }
            guard case .success(let program) = Self.compile(pattern) else { return false }
            Self.keep(program, pattern, &kept)
            return program.matches(text)
        }
    }

    private static func keep(_ program: Program, _ pattern: Symbol, _ kept: inout Kept) {
        if program.isLarge {
            if kept.largePrograms.count >= largeProgramsMax { kept.largePrograms.removeAll() }
            kept.largePrograms[pattern] = program
        } else {
            if kept.programs.count >= programsMax { kept.programs.removeAll() }
            kept.programs[pattern] = program
        }
    }

    // MARK: Compiling

    private struct Failure: Error {
        var reading: PatternReading

        init(beyond limit: String) { reading = .beyond(limit) }
        init(code: String, part: String) { reading = .invalid("error parsing regexp: \(code): `\(part)`") }
    }

    private static func compile(_ pattern: Symbol) -> Result<Program, Failure> {
        guard pattern.utf8.count <= patternMax else {
            return .failure(Failure(beyond: "is longer than \(patternMax) bytes"))
        }
        let syntax = GoSyntax(pattern.utf8)
        var result = compile(syntax.text, pattern, memory)
        if case .failure(let failure) = result, case .beyond = failure.reading {
            result = compile(syntax.text, pattern, memoryMax)
        }
        if let problem = syntax.problem {
            return .failure(Failure(code: problem.code, part: problem.part))
        }
        guard case .success = result else { return result }
        if syntax.isTooDeep {
            return .failure(Failure(beyond: "has more than \(GoSyntax.depthMax) groups in each other"))
        }
        if syntax.hasNoBoundary {
            return .failure(Failure(beyond: #"has \B, which is found here in other places than the API server's"#))
        }
        return result
    }

    private static func compile(_ text: [UInt8], _ pattern: Symbol, _ memory: Int64) -> Result<Program, Failure> {
        var problem = re2_problem()
        let program = text.withUnsafeBytes { text in
            let characters = text.bindMemory(to: CChar.self)
            return re2_pattern_compile(characters.baseAddress, characters.count, memory, &problem)
        }
        if let program { return .success(Program(program, isLarge: memory == memoryMax)) }
        defer { re2_problem_free(&problem) }
        let bytes = UnsafeRawBufferPointer(start: problem.part, count: problem.part_count)
        guard let code = code(of: problem.kind) else {
            return .failure(Failure(beyond: "needs a program of more than \(memoryMax >> 20) MiB"))
        }
        // Of these Go shows the whole pattern, which RE2 was given in a spelling of its own.
        let isWhole =
            problem.kind == .RE2_PROBLEM_MISSING_PARENTHESIS
            || problem.kind == .RE2_PROBLEM_UNEXPECTED_PARENTHESIS
        return .failure(Failure(code: code, part: isWhole ? pattern.text : String(decoding: bytes, as: UTF8.self)))
    }

    /// The words of Go's `syntax.ErrorCode`; nil for limits of RE2.
    private static func code(of kind: re2_problem_kind) -> String? {
        switch kind {
        case .RE2_PROBLEM_NONE, .RE2_PROBLEM_INTERNAL, .RE2_PROBLEM_SIZE: nil
        case .RE2_PROBLEM_ESCAPE: "invalid escape sequence"
        case .RE2_PROBLEM_CLASS: "invalid character class"
        case .RE2_PROBLEM_CLASS_RANGE: "invalid character class range"
        case .RE2_PROBLEM_MISSING_BRACKET: "missing closing ]"
        case .RE2_PROBLEM_MISSING_PARENTHESIS: "missing closing )"
        case .RE2_PROBLEM_UNEXPECTED_PARENTHESIS: "unexpected )"
        case .RE2_PROBLEM_TRAILING_BACKSLASH: "trailing backslash at end of expression"
        case .RE2_PROBLEM_REPEAT_ARGUMENT: "missing argument to repetition operator"
        case .RE2_PROBLEM_REPEAT_SIZE: "invalid repeat count"
        case .RE2_PROBLEM_REPEAT_OPERATOR: "invalid nested repetition operator"
        case .RE2_PROBLEM_PERL_OPERATOR: "invalid or unsupported Perl syntax"
        case .RE2_PROBLEM_UTF8: "invalid UTF-8"
        case .RE2_PROBLEM_NAMED_CAPTURE: "invalid named capture"
        }
    }

    /// A compiled pattern. RE2 lets any number of threads match with one.
    private final class Program: @unchecked Sendable {
        private let pattern: OpaquePointer
        let isLarge: Bool

        init(_ pattern: OpaquePointer, isLarge: Bool) {
            self.pattern = pattern
            self.isLarge = isLarge
        }

        deinit { re2_pattern_free(pattern) }

        var size: Int { re2_pattern_size(pattern) }

        func matches(_ text: Symbol) -> Bool {
            let characters = text.utf8.bindMemory(to: CChar.self)
            return re2_pattern_matches(pattern, characters.baseAddress, characters.count)
        }
    }
}
