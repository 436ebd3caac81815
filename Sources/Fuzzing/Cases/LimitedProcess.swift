import Foundation

/// A command that runs as a child process under limits of processor time, wall-clock time and size of files, and what
/// it used.
///
/// The limits are set by `ulimit` of the shell that becomes the command, so that they hold from its first instruction.
package struct LimitedProcess: Sendable {
    /// What a command may use up.
    package struct Limits: Sendable {
        /// Processor time, in whole seconds; the kernel ends what uses more.
        package var processorSeconds = 11
        /// Wall-clock time, in seconds.
        package var wallSeconds = 60.0
        /// Bytes of each file that is written, standard output and standard error included.
        package var fileSize = 256 << 20
        /// Bytes of address space: so many that only what would take the machine down meets it; nil for no limit.
        package var addressSpace: Int? = 8 << 30

        package init() {}
    }

    /// How a command ended.
    package enum Ending: Equatable, Sendable {
        case exited(Int32)
        case signalled(Int32)
        /// Ended by us, after `Limits.wallSeconds`.
        case ranTooLong
    }

    /// What a finished command left.
    package struct Result: Sendable {
        package var ending: Ending
        package var processorSeconds: Double
        package var wallSeconds: Double
        /// The most memory that it held at once, in bytes.
        package var peakMemory: Int
        package var output: [UInt8]
        package var errors: [UInt8]

        package init(
            ending: Ending, processorSeconds: Double, wallSeconds: Double, peakMemory: Int, output: [UInt8],
            errors: [UInt8]
        ) {
            self.ending = ending
            self.processorSeconds = processorSeconds
            self.wallSeconds = wallSeconds
            self.peakMemory = peakMemory
            self.output = output
            self.errors = errors
        }
    }

    /// The program; an absolute path.
    package var program: String
    /// The folder that it runs in.
    package var folder: String
    package var environment: [String: String] = [:]
    package var limits = Limits()

    package init(program: String, folder: String) {
        self.program = program
        self.folder = folder
    }

    /// Why a command could not be started.
    package struct Failure: Error, CustomStringConvertible {
        package var description: String

        package init(_ description: String) { self.description = description }
    }

    private static let script = """
        cd "$1" || exit 126; ulimit -c 0; ulimit -t "$2"; ulimit -f "$3"; ulimit -v "$4"; i=$5; o=$6; e=$7; shift 7; \
        exec "$@" <"$i" >"$o" 2>"$e"
        """

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - input: the file that is its standard input; relative to `folder`.
    ///   - captures: an empty folder outside of `folder`, for what it prints; it is left as it was.
    package func run(
        _ arguments: [String], input: String = "/dev/null", captures: String
    ) throws -> Result {
        let output = captures + "/output"
        let errors = captures + "/errors"
        defer {
            unlink(output)
            unlink(errors)
        }
        let words =
            [
                "/bin/sh", "-c", Self.script, "sh", folder, "\(limits.processorSeconds)", "\(limits.fileSize / 512)",
                limits.addressSpace.map { "\($0 / 1024)" } ?? "unlimited", input, output, errors, program,
            ] + arguments
        let ownPeak = Self.peakMemory(of: "self") ?? 0
        let start = Date()
        let process = try spawn(words)
        let (status, usage, polled) = wait(process, from: start)
        let ended = Date()
        // A child starts with the peak of the process that made it: below that, what was seen while it ran counts.
        let reported = Int(usage.ru_maxrss) * 1024
        return Result(
            ending: ending(status, after: ended.timeIntervalSince(start)),
            processorSeconds: Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime),
            wallSeconds: ended.timeIntervalSince(start),
            peakMemory: reported > ownPeak ? reported : polled,
            output: Self.bytes(output), errors: Self.bytes(errors))
    }

    private func spawn(_ words: [String]) throws -> pid_t {
        var argv = words.map { strdup($0) } + [nil]
        let base = ["PATH": "/usr/bin:/bin", "COLUMNS": "80", "SWIFT_BACKTRACE": "enable=no"]
        var envp = base.merging(environment) { $1 }.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") }
        envp.append(nil)
        defer { for pointer in argv + envp { free(pointer) } }
        var process = pid_t()
        let failure = posix_spawn(&process, "/bin/sh", nil, nil, &argv, &envp)
        guard failure == 0 else { throw Failure("cannot start \(program): \(String(cString: strerror(failure)))") }
        return process
    }

    private func wait(_ process: pid_t, from start: Date) -> (Int32, rusage, Int) {
        var status: Int32 = 0
        var usage = rusage()
        var polled = 0
        var pause: UInt32 = 500
        while true {
            let ended = wait4(process, &status, WNOHANG, &usage)
            if ended == process || ended < 0 && errno != EINTR { return (status, usage, polled) }
            polled = max(polled, Self.peakMemory(of: "\(process)") ?? 0)
            if Date().timeIntervalSince(start) > limits.wallSeconds { kill(process, SIGKILL) }
            usleep(pause)
            pause = min(pause * 2, 5000)
        }
    }

    private func ending(_ status: Int32, after seconds: Double) -> Ending {
        let signal = status & 0x7F
        if signal == 0 { return .exited((status >> 8) & 0xFF) }
        return signal == SIGKILL && seconds > limits.wallSeconds ? .ranTooLong : .signalled(signal)
    }

    /// `VmHWM` of a process, in bytes; nil once it has ended.
    private static func peakMemory(of process: String) -> Int? {
        guard let file = fopen("/proc/\(process)/status", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, 256, file) != nil {
            guard strncmp(line, "VmHWM:", 6) == 0 else { continue }
            return line.withUnsafeBufferPointer { atol($0.baseAddress! + 6) } * 1024
        }
        return nil
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    private static func bytes(_ path: String) -> [UInt8] {
        (try? Data(contentsOf: URL(fileURLWithPath: path))).map { [UInt8]($0) } ?? []
    }
}
