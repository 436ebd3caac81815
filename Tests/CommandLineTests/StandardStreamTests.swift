import Foundation
import Testing

/// Standard input, output and error that are closed, full, or left by who read them.
@Suite struct StandardStreamTests {
    private static let commands = [
        "run quiet --no-ledger", "run quiet quiet --no-ledger", "run quiet --no-ledger --format json",
        "test quiet --no-ledger",
        "report quiet", "explain", "explain dns-names-resolve", "--help", "run --help", "--version",
    ]

    @Test(arguments: commands)
    func `a full standard output is told`(command: String) throws {
        try withScenarios { rehearse in
            try rehearse.writeQuietScenario("quiet")
            let result = try rehearse.shell("rehearse \(command) > /dev/full")
            #expect(result.status == 2, "\(result)")
            #expect(result.errors.contains("error: cannot write standard output: No space left on device"))
        }
    }

    @Test(arguments: commands)
    func `a closed standard output is told`(command: String) throws {
        try withScenarios { rehearse in
            try rehearse.writeQuietScenario("quiet")
            let result = try rehearse.shell("rehearse \(command) >&-")
            #expect(result.status == 2, "\(result)")
            #expect(result.errors.contains("error: cannot write standard output: Bad file descriptor"))
        }
    }

    @Test(arguments: commands)
    func `a reader that left ends the command by its signal, without a word`(command: String) throws {
        try withScenarios { rehearse in
            try rehearse.writeQuietScenario("quiet")
            // The reader is gone before the first byte: the pipe's other end is closed when `true` has ended. The second
            // time the signal is ignored by those who started the command.
            for trap in ["", "trap '' PIPE; "] {
                let result = try rehearse.shell("(\(trap)sleep 0.3; rehearse \(command); echo $? >&2) | true")
                #expect(result.errors == "141\n", "\(result)")
            }
        }
    }

    @Test func `what was kept before the reader left stays`() throws {
        try withScenarios { rehearse in
            try rehearse.writeQuietScenario("quiet")
            _ = try rehearse.shell("(sleep 0.3; rehearse run quiet) | true")
            let kept = try rehearse("report", "latest", "--format", "text")
            #expect(kept.status == 0 && kept.output.hasPrefix("holds quiet:"), "\(kept)")
        }
    }

    /// The next file that is opened would have the number of a closed stream: the ledger.
    @Test(arguments: ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", "2> /dev/full", "> /dev/full 2> /dev/full"])
    func `closed and full streams crash nothing and reach no other file`(streams: String) throws {
        try withScenarios { rehearse in
            try rehearse.writeQuietScenario("quiet")
            let result = try rehearse.shell("rehearse run quiet \(streams)")
            #expect(result.status == (streams.hasPrefix("2>") || streams == "<&-" ? 0 : 2), "\(result)")
            let kept = try rehearse("report", "latest")
            #expect(kept.status == 0, "\(kept)")
            #expect(try kept.output == rehearse.read("reports/out/quiet.md"))
            let usage = try rehearse.shell("rehearse run --nothing \(streams)")
            #expect(usage.status == 2)
        }
    }

    @Test func `a slow reader with a pipe that does not wait gets everything`() throws {
        try withScenarios { rehearse in
            let plain = try rehearse(
                "run", "scenarios/getting-started", "--no-ledger", "--format", "json", "-o", "a.json")
            #expect(plain.status == 1)
            // perl sets the pipe to return instead of waiting; 64 KiB fit in it.
            let script = """
                perl -e 'use Fcntl; fcntl(STDOUT, F_SETFL, O_NONBLOCK | O_WRONLY); exec @ARGV' \
                    "$REHEARSE" conformance --help | (sleep 1; cat) > help
                perl -e 'use Fcntl; fcntl(STDOUT, F_SETFL, O_NONBLOCK | O_WRONLY); exec @ARGV' \
                    "$REHEARSE" run $(for i in 1 2 3 4 5 6 7 8 9 10; do echo scenarios/getting-started; done) \
                    --no-ledger --format json | (sleep 1; cat) > big; echo ${PIPESTATUS[0]}
                """
            guard FileManager.default.fileExists(atPath: "/usr/bin/perl") else { return }
            let result = try rehearse.shell(script)
            #expect(result.output == "1\n", "\(result)")
            #expect(try JSONSerialization.jsonObject(with: Data(rehearse.read("big").utf8)) is [Any])
        }
    }

    @Test func `a huge standard input is refused in little memory`() throws {
        try withScenarios { rehearse in
            let result = try rehearse.shell("head -c 3G /dev/zero | rehearse run - --no-ledger")
            #expect(result.status == 2, "\(result)")
            #expect(
                result.errors.hasPrefix(
                    "<stdin>:1:1: error: cannot read standard input: larger than 67108864 bytes [unreadable-file]\n"))
            // Half a gigabyte of addresses is what the runtime and the limit need.
            let limited = try rehearse.shell("ulimit -v 1000000; head -c 3G /dev/zero | rehearse run - --no-ledger")
            #expect(limited.status == 2, "\(limited)")
            #expect(limited.errors.contains("error: "))
        }
    }

    @Test(arguments: ["< .", "<&-", "< /dev/null"])
    func `a standard input without a scenario is bad input`(input: String) throws {
        try withScenarios { rehearse in
            let result = try rehearse.shell("rehearse run - --no-ledger \(input)")
            #expect(result.status == 2, "\(result)")
            #expect(result.errors.contains("error: "))
            #expect(try rehearse("run", "-", "-", "--no-ledger").status == 2)
        }
    }
}
