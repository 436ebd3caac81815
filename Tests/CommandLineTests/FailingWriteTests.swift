import Foundation
import OutcomeLedger
import Testing

/// A disk that is full or broken at any moment: exit code 2, the ledger whole, the old files there.
@Suite struct FailingWriteTests {
    private static let isLong = ProcessInfo.processInfo.environment["REHEARSE_LONG_TESTS"] == "1"

    /// A library that lets the call fail whose number `FAIL_AT` says, of all that change files, and says so in a file.
    private static let source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <stdlib.h>
        #include <sys/types.h>
        #include <unistd.h>

        static int count;

        static int fails(void) {
            const char *at = getenv("FAIL_AT");
            if (!at || __atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST) != atoi(at)) return 0;
            int mark = open(getenv("FAIL_MARK"), O_CREAT | O_WRONLY, 0600);
            if (mark >= 0) close(mark);
            errno = atoi(getenv("FAIL_WITH"));
            return 1;
        }

        #define WRAP(type, name, parameters, ...) \\
            type name parameters { \\
                static type (*real) parameters; \\
                if (!real) real = (type (*) parameters) dlsym(RTLD_NEXT, #name); \\
                return fails() ? -1 : real(__VA_ARGS__); \\
            }

        WRAP(ssize_t, write, (int file, const void *bytes, size_t size), file, bytes, size)
        WRAP(ssize_t, pwrite, (int file, const void *bytes, size_t size, off_t at), file, bytes, size, at)
        WRAP(ssize_t, pwrite64, (int file, const void *bytes, size_t size, off64_t at), file, bytes, size, at)
        WRAP(int, fsync, (int file), file)
        WRAP(int, fdatasync, (int file), file)
        WRAP(int, ftruncate, (int file, off_t size), file, size)
        WRAP(int, ftruncate64, (int file, off64_t size), file, size)
        WRAP(int, rename, (const char *from, const char *to), from, to)
        """

    private static let hasCompiler = ["/usr/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"].contains {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Every seventh call, from another one each for the two errors; every call with `REHEARSE_LONG_TESTS=1`.
    @Test(
        .enabled(if: hasCompiler, "no C compiler to make a failing library with"),
        arguments: [(ENOSPC, 0), (EIO, 3)])
    func `any call that changes a file fails`(error: Int32, first: Int) throws {
        try withScenarios { rehearse in
            for name in ["a", "b"] { try rehearse.writeQuietScenario(name) }
            try rehearse.write(Self.source, to: "failing.c")
            let compiled = try rehearse.shell("PATH=/usr/bin cc -shared -fPIC -o failing.so failing.c -ldl")
            try #require(compiled.status == 0, "\(compiled.errors)")
            var call = 1 + first
            var failures = 0
            while true {
                try rehearse.write("old", to: "out.xml")
                let result = try rehearse.shell(
                    "rm -rf kept mark; LD_PRELOAD=$PWD/failing.so exec $REHEARSE run a b --format junit -o out.xml "
                        + "--ledger kept/l.sqlite --reports kept",
                    environment: ["FAIL_AT": "\(call)", "FAIL_WITH": "\(error)", "FAIL_MARK": "mark"])
                guard FileManager.default.fileExists(atPath: rehearse.folder.appendingPathComponent("mark").path) else {
                    #expect(result.status == 0)
                    break
                }
                failures += 1
                try check(rehearse, result, "call \(call)")
                call += Self.isLong ? 1 : 7
            }
            #expect(failures > (Self.isLong ? 50 : 8))
        }
    }

    private func check(_ rehearse: Command, _ result: Command.Result, _ call: String) throws {
        // A line on standard error that is lost is no failure of the command.
        #expect(result.status == 2 || result.status == 0, "\(call): \(result)")
        if result.status == 2 { #expect(result.errors.contains("error: "), "\(call): \(result)") }
        let written = try rehearse.read("out.xml")
        #expect(written == "old" || written.hasSuffix("</testsuites>\n"), "\(call)")
        let told = result.errors.split(separator: "\n").filter { $0.hasPrefix("recorded: ") }.count
        let path = rehearse.folder.appendingPathComponent("kept/l.sqlite").path
        if told > 0 {
            let ledger = try OutcomeLedger.open(path: path, access: .readOnly)
            #expect(try ledger.outcomes(in: ledger.resolveRun("latest")).count >= told, "\(call)")
        }
        let next = try rehearse("run", "a", "--ledger", "kept/l.sqlite", "--reports", "kept", "-o", "out.xml")
        #expect(next.status == 0, "\(call): \(next)")
        let ledger = try OutcomeLedger.open(path: path, access: .readOnly)
        #expect(try ledger.query("PRAGMA integrity_check").rows == [["ok"]], "\(call)")
        let left = rehearse.names(in: "kept") + rehearse.names(in: ".")
        #expect(!left.contains { $0.hasSuffix(".tmp") }, "\(call): \(left)")
    }

    // MARK: A small file system

    private static let canMount: Bool = {
        guard getuid() == 0,
            let result = try? Command(folder: URL(fileURLWithPath: "/")).shell(
                "d=$(mktemp -d) && mount -t tmpfs -o size=64k none $d && umount $d; s=$?; rmdir $d; exit $s")
        else { return false }
        return result.status == 0
    }()

    @Test(
        .enabled(if: canMount, "a small file system needs the right to mount one"),
        arguments: [16, 64, 128, 160, 192, 256, 384])
    func `a small disk`(kibibytes: Int) throws {
        try withScenarios { rehearse in
            for name in ["a", "b"] { try rehearse.writeQuietScenario(name) }
            let script = """
                mkdir disk; mount -t tmpfs -o size=\(kibibytes)k none disk || exit 9
                echo old > disk/out.json
                for run in 1 2 3; do
                    rehearse run a b --format json -o disk/out.json --ledger disk/l.sqlite --reports disk/out; echo $?
                    tail -n 1 disk/out.json; ls -a disk disk/out 2> /dev/null | grep -c 'tmp$'
                done
                cp -r disk copy; umount disk; rmdir disk
                """
            let result = try rehearse.shell(script)
            let lines = result.output.split(separator: "\n").map(String.init)
            try #require(lines.count == 9, "\(result)")
            for run in 0..<3 {
                #expect(["0", "2"].contains(lines[3 * run]), "\(result)")
                #expect(["old", "]"].contains(lines[3 * run + 1]), "\(result)")
                #expect(lines[3 * run + 2] == "0", "\(result)")
            }
            if lines.contains("2") { #expect(result.errors.contains("error: "), "\(result)") }
            // What fits is there, and can be written on where there is room.
            let next = try rehearse("run", "a", "--ledger", "copy/l.sqlite", "--reports", "copy/out")
            #expect(next.status == 0, "\(next)")
            let ledger = try OutcomeLedger.open(
                path: rehearse.folder.appendingPathComponent("copy/l.sqlite").path, access: .readOnly)
            #expect(try ledger.query("PRAGMA integrity_check").rows == [["ok"]])
        }
    }
}
