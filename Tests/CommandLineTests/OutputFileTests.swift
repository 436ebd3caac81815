import Foundation
import Testing

/// `--output` to whatever can stand at a path.
@Suite struct OutputFileTests {
    private static let run = "rehearse run quiet --no-ledger -o"
    private static let begin = "holds quiet:"

    private func withQuiet(_ body: (Command) throws -> Void) throws {
        try withScenarios { rehearse in
            try rehearse.writeQuietScenario("quiet")
            try body(rehearse)
        }
    }

    private func temporaryFiles(_ rehearse: Command) -> [String] {
        rehearse.names(in: ".").filter { $0.hasSuffix(".tmp") }
    }

    @Test func `a regular file is replaced whole, and keeps its mode`() throws {
        try withQuiet { rehearse in
            try rehearse.write("old", to: "out.txt")
            let result = try rehearse.shell("chmod 640 out.txt; ls -i out.txt > before; \(Self.run) out.txt")
            #expect(result.status == 0 && result.output.isEmpty, "\(result)")
            #expect(try rehearse.read("out.txt").hasPrefix(Self.begin))
            let after = try rehearse.shell(
                "stat -c %a out.txt; umask 027; \(Self.run) new.txt; stat -c %a new.txt; ls -i out.txt")
            #expect(after.output.hasPrefix("640\n640\n"))
            // Another file: who reads the old one meanwhile reads it to its end.
            #expect(!after.output.hasSuffix(try rehearse.read("before")))
            #expect(temporaryFiles(rehearse).isEmpty)
        }
    }

    @Test func `a symbolic link stays, and what it leads to is replaced`() throws {
        try withQuiet { rehearse in
            try rehearse.write("old", to: "below/target.txt")
            let script = """
                ln -s below/middle link; ln -s target.txt below/middle; ln -s below/made dangling; ln -s loop loop
                \(Self.run) link && \(Self.run) dangling
                readlink link below/middle dangling
                \(Self.run) loop; echo $?
                """
            let result = try rehearse.shell(script)
            #expect(result.output == "below/middle\ntarget.txt\nbelow/made\n2\n", "\(result)")
            #expect(result.errors == "error: cannot write 'loop': Too many levels of symbolic links\n")
            for file in ["below/target.txt", "below/made"] { #expect(try rehearse.read(file).hasPrefix(Self.begin)) }
            #expect(rehearse.names(in: "below") == ["made", "middle", "target.txt"])
        }
    }

    @Test func `descriptors, pipes and devices are written through`() throws {
        try withQuiet { rehearse in
            let script = """
                \(Self.run) /dev/stdout | cat > piped
                echo first > appended; \(Self.run) /dev/stdout >> appended
                \(Self.run) /dev/fd/7 7> seventh
                \(Self.run) /proc/self/fd/7 7>> seventh
                \(Self.run) /dev/stderr 2> errors
                mkfifo fifo; (cat fifo > read) & \(Self.run) fifo; wait
                \(Self.run) /dev/null && test -c /dev/null && test -p fifo && echo fine
                """
            let result = try rehearse.shell(script)
            #expect(result.output == "fine\n" && result.errors.isEmpty, "\(result)")
            for file in ["piped", "seventh", "errors", "read"] {
                #expect(try rehearse.read(file).hasPrefix(Self.begin), "\(file)")
            }
            #expect(try rehearse.read("seventh").components(separatedBy: Self.begin).count == 3)
            #expect(try rehearse.read("appended").hasPrefix("first\n\(Self.begin)"))
        }
    }

    /// The number of a descriptor that was not there belongs to the ledger once it is open.
    @Test(arguments: 3...9)
    func `a descriptor that the command was not given is refused`(number: Int) throws {
        try withQuiet { rehearse in
            let result = try rehearse.shell("rehearse run quiet -o /dev/fd/\(number) \(number)>&-")
            #expect(result.status == 2, "\(result)")
            let isTheLedger = result.errors.contains("error: '--output' and '--ledger' name the same file")
            #expect(isTheLedger || result.errors.contains("error: cannot write '/dev/fd/\(number)': "), "\(result)")
        }
    }

    @Test(
        arguments: [
            ("/dev/full", "No space left on device"), ("missing/out.txt", "No such file or directory"),
            ("quiet", "Is a directory"), ("quiet/scenario.yaml/x", "Not a directory"),
            ("", "No such file or directory"),
            (String(repeating: "n", count: 256), "File name too long"), ("/dev/fd/99", "No such file or directory"),
        ])
    func `what cannot be written is told`(path: String, reason: String) throws {
        try withQuiet { rehearse in
            for command in [["run", "quiet", "--no-ledger"], ["test", "quiet", "--no-ledger"], ["report", "quiet"]] {
                let result = try rehearse(command + ["-o", path])
                #expect(result.status == 2, "\(result)")
                #expect(result.errors == "error: cannot write '\(path)': \(reason)\n")
                #expect(result.output.isEmpty)
            }
            #expect(temporaryFiles(rehearse).isEmpty)
        }
    }

    /// The superuser may write everywhere, so this can only be seen as somebody else.
    @Test(.enabled(if: getuid() != 0, "the superuser may write everywhere"))
    func `a file or folder without write permission is left as it is`() throws {
        try withQuiet { rehearse in
            try rehearse.write("old", to: "below/out.txt")
            let script = """
                chmod 444 below/out.txt; \(Self.run) below/out.txt; echo $?
                chmod 644 below/out.txt; chmod 555 below; \(Self.run) below/out.txt; echo $?; chmod 755 below
                """
            #expect(try rehearse.shell(script).output == "2\n2\n")
            #expect(try rehearse.read("below/out.txt") == "old")
            #expect(rehearse.names(in: "below") == ["out.txt"])
        }
    }

    @Test func `a limit of file sizes is told, and the old file stays`() throws {
        try withQuiet { rehearse in
            try rehearse.write("old", to: "out.json")
            let result = try rehearse.shell("ulimit -f 0; \(Self.run) out.json 2>&1")
            #expect(result.status == 2, "\(result)")
            #expect(result.output.isEmpty)
            #expect(try rehearse.read("out.json") == "old")
            #expect(temporaryFiles(rehearse).isEmpty)
        }
    }

    @Test func `the ledger is not replaced`() throws {
        try withQuiet { rehearse in
            for command in [["run", "quiet"], ["test", "quiet"], ["run", "quiet", "--ledger", "./l.sqlite"]] {
                let ledger = command.count > 2 ? "l.sqlite" : "reports/out/ledger.sqlite"
                #expect(try rehearse(command).status == 0)
                let result = try rehearse(command + ["-o", ledger])
                #expect(result.status == 2)
                #expect(result.errors.contains("error: '--output' and '--ledger' name the same file"), "\(result)")
            }
            #expect(try rehearse("compare").status == 0)
        }
    }

    @Test func `what a killed command left is removed, and what another one writes is not`() throws {
        try withQuiet { rehearse in
            for name in ["a.txt.rehearse-1.tmp", ".a.txt.rehearse-x.tmp", ".rehearse-12.tmp.txt"] {
                try rehearse.write("somebody's", to: name)
            }
            let script = """
                echo left > .out.txt.rehearse-999999.tmp; echo left > .other.rehearse-1-3.tmp
                echo alive > .out.txt.rehearse-4.tmp
                exec 9<> .out.txt.rehearse-4.tmp; flock 9; sleep 100 & holder=$!; exec 9>&-
                \(Self.run) out.txt; status=$?
                cat .out.txt.rehearse-4.tmp
                kill $holder; wait $holder 2> /dev/null; \(Self.run) out.txt; exit $status
                """
            let result = try rehearse.shell(script)
            #expect(result.status == 0 && result.output == "alive\n", "\(result)")
            #expect(temporaryFiles(rehearse) == [".a.txt.rehearse-x.tmp", "a.txt.rehearse-1.tmp"])
            #expect(try rehearse.read(".rehearse-12.tmp.txt") == "somebody's")
        }
    }
}
