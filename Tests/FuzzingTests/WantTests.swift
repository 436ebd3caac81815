import Foundation
import RobustnessCases
import Testing

/// What a case asks for, as it is written, and how a command is held against it.
@Suite struct WantTests {
    @Test func `a whole file`() throws {
        let want = try Want(
            "run: run . --label 'a b' < in.yaml\nrun: report latest\nrc: 0 4\ncpu: 5\nrss: 200\nerr: a.yaml:7\nnot-err: (?m)^::error\n"
        )
        #expect(want.runs.map(\.arguments) == [["run", ".", "--label", "a b"], ["report", "latest"]])
        #expect(want.runs[0].input == "in.yaml")
        #expect(want.exitCodes == [0, 4])
        #expect(want.processorSeconds == 5)
        #expect(want.memory == 200)
        #expect(try Want(want.text) == want)
    }

    @Test func `what is no demand is refused`() {
        for text in ["run: .\nno: 1\n", "rc: 0\n", "run: 'a\n", "run: .\nrc: x\n"] {
            #expect(throws: Want.Failure.self) { try Want(text) }
        }
    }

    @Test func `a command under limits`() throws {
        let folder = NSTemporaryDirectory() + "/want-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var shell = LimitedProcess(program: "/bin/sh", folder: "/")
        shell.limits.processorSeconds = 1
        let said = try shell.run(["-c", "echo out; echo err >&2; exit 4"], captures: folder)
        #expect(said.ending == .exited(4))
        #expect(String(decoding: said.output, as: UTF8.self) == "out\n")
        #expect(String(decoding: said.errors, as: UTF8.self) == "err\n")
        let busy = try shell.run(["-c", "while :; do :; done"], captures: folder)
        #expect(busy.ending == .signalled(SIGKILL))
        #expect(busy.processorSeconds > 0.9)
        shell.limits.wallSeconds = 0.2
        #expect(try shell.run(["-c", "exec sleep 10"], captures: folder).ending == .ranTooLong)
        var want = try Want("run: x\nout: ^out$\nnot-err: err\n")
        #expect(want.problems(with: said) == ["'err' in its errors"])
        want.exitCodes = [0]
        #expect(want.problems(with: said).count == 2)
    }

    /// Bytes that are held are seen, whatever the process that asks has held itself.
    @Test func `memory is measured`() throws {
        let folder = NSTemporaryDirectory() + "/want-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let shell = LimitedProcess(program: "/bin/sh", folder: "/")
        let script = "x=$(head -c 50000000 /dev/zero | tr '\\0' a); sleep 0.1"
        let large = try shell.run(["-c", script], captures: folder)
        #expect(large.peakMemory > 50 << 20)
    }
}
