import RobustnessCases
import Testing

/// A fuzzer that finds nothing has to be one that would: each promise is broken here, and noticed.
@Suite struct PromiseTests {
    private func result(
        _ code: Int32 = 0, output: String = "", errors: String = "", seconds: Double = 0, memory: Int = 0
    ) -> LimitedProcess.Result {
        LimitedProcess.Result(
            ending: .exited(code), processorSeconds: seconds, wallSeconds: seconds, peakMemory: memory,
            output: Array(output.utf8), errors: Array(errors.utf8))
    }

    private func signatures(_ arguments: [String], _ result: LimitedProcess.Result) -> [String] {
        Promises.faults(of: arguments, result).map(\.signature)
    }

    @Test func `a command that keeps them all`() {
        #expect(signatures(["run", "."], result(2, errors: "a.yaml:1:2: error: no\n")) == [])
        #expect(signatures(["run", "."], result(1, output: "violated\n\tx é\n")) == [])
    }

    @Test func `endings`() {
        #expect(signatures(["run"], result(3, errors: "Fatal error: x 17\n")) == ["exit 3: Fatal error: x "])
        var crashed = result()
        crashed.ending = .signalled(11)
        #expect(signatures(["run"], crashed) == ["signal 11: run "])
        crashed.ending = .ranTooLong
        #expect(signatures(["run"], crashed) == ["hang: run"])
        #expect(signatures(["run"], result(seconds: 10.5)) == ["cpu: run"])
        #expect(signatures(["run"], result(memory: 2 << 30)) == ["memory: run"])
    }

    @Test func `each rehearsal has its own time`() {
        let two = ["test", "a", "--kubernetes", "1.30,1.36"]
        #expect(signatures(two, result(seconds: 19)) == [])
        #expect(signatures(two, result(seconds: 21)) == ["cpu: test"])
        #expect(signatures(two + ["--argocd", "2.13,3.6"], result(seconds: 39)) == [])
        #expect(signatures(["test", "a", "--kubernetes"], result(seconds: 11)) == ["cpu: test"])
    }

    @Test func `errors and exit code 2 come together`() {
        #expect(signatures(["run"], result(2)) == ["exit 2 without an error: run"])
        #expect(
            signatures(["run"], result(0, errors: "a:1:1: error: no 'x' [code]\n")) == [
                "an error without exit 2: [code]"
            ])
    }

    @Test func `text for people is printable`() {
        #expect(
            signatures(["run"], result(output: "a \u{1B}[31m\n")) == ["control character U+1B on standard output: a [m"]
        )
        #expect(
            signatures(["run"], result(errors: "a\n  ::error::x\n")) == ["CI command on standard error:   ::error::x"])
        #expect(signatures(["run"], result(output: "\u{9B}1m\u{202E}")).count == 1)
        var broken = result()
        broken.output = [0xFF]
        #expect(signatures(["run"], broken).count == 1)
    }

    @Test func `Secrets and their fingerprints are found`() {
        #expect(signatures(["run"], result(output: Planted.value(77))).count == 1)
        #expect(signatures(["run"], result(output: "x" + Planted.encoded(77))).count == 1)
        #expect(signatures(["run"], result(errors: "fingerprint:0123456789abcdef:6")).count == 1)
        #expect(Planted.encoded(1).hasPrefix(Planted.encodedMark))
    }

    @Test func `text for programs`() {
        #expect(signatures(["run", "--format", "json"], result(output: "{")) == ["run: no JSON"])
        #expect(
            signatures(["run", "--format", "json"], result(output: "{\"schema\": 1}")) == ["run: JSON without scenario"]
        )
        #expect(signatures(["test", "--format", "junit"], result(output: "<a><b></a>")) == ["test: no XML"])
        #expect(signatures(["test", "--format", "junit"], result(output: "<a/>")) == ["test: XML without testsuites"])
        #expect(signatures(["compare", "--format", "json"], result(output: "{}")) == ["compare: JSON without entries"])
        for broken in [
            "<testsuites", "<testsuites a=\"<\"/>", "<testsuites>&x;</testsuites>", "<testsuites/><testsuites/>",
            "<testsuites>\u{1}</testsuites>", "<testsuites a=\"\" a=\"\"/>",
        ] {
            #expect(
                signatures(["run", "--format", "junit"], result(output: broken)).contains("run: no XML"), "\(broken)")
        }
        let whole = "<?xml version=\"1.0\"?>\n<testsuites name=\"a&#10;\">\n<a b-c=\"\">&lt;é</a></testsuites>\n"
        #expect(signatures(["run", "--format", "junit"], result(output: whole)) == [])
        let error = "{\"schema\": 1, \"scenario\": \"a\", \"error\": \"b\"}"
        #expect(signatures(["run", "--format", "json"], result(2, output: error, errors: "error: b")) == [])
    }
}
