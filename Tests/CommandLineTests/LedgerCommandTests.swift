import Foundation
import OutcomeLedger
import Testing

/// What is kept of a run, and what later commands make of it.
@Suite struct LedgerCommandTests {
    /// The five commands of docs/getting-started.md.
    @Test func `one failure, one fix`() throws {
        try withScenarios { rehearse in
            #expect(try rehearse("run", "scenarios/getting-started").status == 1)
            #expect(try rehearse("explain", "dns-names-resolve").status == 0)
            let frontend = try rehearse.read("scenarios/getting-started/repository/frontend.yaml")
            try rehearse.write(
                frontend.replacingOccurrences(of: "backend.shop", with: "backend.store"),
                to: "scenarios/getting-started/move-backend/frontend.yaml")
            let second = try rehearse("run", "scenarios/getting-started")
            #expect(second.status == 0, "\(second)")
            let comparison = try rehearse("compare", "previous", "latest")
            #expect(comparison.status == 0)
            #expect(comparison.output.hasPrefix("run 1 compared with run 2: 1 fixed\n"))
            let back = try rehearse("compare", "latest", "previous", "--format", "json")
            #expect(back.status == 1)
            #expect(back.output.contains(#""change": "new""#))
        }
    }

    @Test func `a kept run has the report that was written`() throws {
        try withScenarios { rehearse in
            _ = try rehearse("run", "scenarios/getting-started", "--label", "before")
            let written = try rehearse.read("reports/out/getting-started.md")
            let kept = try rehearse("report", "before")
            #expect(kept.status == 0)
            #expect(kept.output == written)
            let fresh = try rehearse("report", "scenarios/getting-started", "-o", "fresh.md")
            #expect(fresh.status == 0)
            #expect(fresh.output.isEmpty && fresh.errors == "report: fresh.md\n")
            #expect(try rehearse.read("fresh.md") == written)
            let other = try rehearse("report", "latest", "--scenario", "getting-startd")
            #expect(other.status == 2)
            #expect(other.errors.contains("it has getting-started"))
        }
    }

    @Test func `the ledger keeps input, model and digest`() throws {
        try withScenarios { rehearse in
            let report = try rehearse("run", "scenarios/getting-started", "--format", "json").output
            let ledger = try OutcomeLedger.open(
                path: rehearse.folder.appendingPathComponent("reports/out/ledger.sqlite").path, access: .readOnly)
            let row = try #require(
                try ledger.query("SELECT digest, input_digest, model_version, seed FROM outcome").rows.first)
            for (name, value) in zip(["digest", "inputDigest", "modelVersion"], row) {
                #expect(report.contains("\"\(name)\": \"\(value ?? "")\""))
            }
            #expect(
                try ledger.query("SELECT count(*) FROM changed_files").rows == [["1"]])
        }
    }

    @Test func `what a run found is kept though its result cannot be written`() throws {
        try withScenarios { rehearse in
            let result = try rehearse("run", "scenarios/getting-started", "-o", "no/such/folder/x")
            #expect(result.status == 2)
            #expect(try rehearse("report", "latest").status == 0)
        }
    }
}
