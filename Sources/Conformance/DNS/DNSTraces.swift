import ClusterSimulation

/// Traces with questions and answers of a real CoreDNS over a real API server.
enum DNSTraces {
    static let source = ConformanceSource(name: "dns") { folder in
        KubernetesTraces.suites(of: folder, in: "dns") { $0 == "dns" ? "dns" : "dns/\($0)" }
    }

    /// A question to the cluster's DNS in its present state.
    static func compare(
        _ question: Value, _ answer: Value, in simulation: Simulation
    ) -> (request: String, expected: String, got: String) {
        let name = question["name"]?.text ?? ""
        let type = question["type"]?.text ?? ""
        let got = ClusterDNS(simulation).answer(DNSQuestion(recorded: question))
        let expected = (answer["answers"]?.elements ?? []).map { record in
            "\(record["name"]?.text ?? "") \(record["ttl"]?.integer ?? -1) \(record["type"]?.text ?? "") "
                + (record["data"]?.text ?? "")
        }
        return (
            "dns \(name) \(type)", ([answer["rcode"]?.text ?? ""] + expected.sorted()).joined(separator: "\n"),
            ([got.code.rawValue] + got.answers.map(\.recordedText).sorted()).joined(separator: "\n")
        )
    }
}
