import ClusterSimulation
import Foundation
import Testing

/// The `openssl` command.
enum OpenSSLCommand {
    static let isInstalled = (try? run("command -v openssl", in: URL(filePath: "/"))).map { !$0.isEmpty } ?? false

    /// Whether it accepts the host of each pair: `openssl x509 -checkhost`.
    static func accepts(_ pairs: [NamePair]) throws -> [Bool] {
        var files = ["hosts": pairs.map { $0.host + "\n" }.joined()]
        for (index, pair) in pairs.enumerated() { files["\(index).pem"] = pair.certificate.pem }
        let script = """
            number=0
            while IFS= read -r host; do
                openssl x509 -noout -checkhost "$host" -in "$number.pem" || echo failed
                number=$((number + 1))
            done <hosts
            """
        let lines = try withTemporaryFolder(files) { try run(script, in: $0) }.split(separator: "\n")
        try #require(lines.count == pairs.count)
        return try zip(lines, pairs).map { line, pair in
            let isAccepted = line == "Hostname \(pair.host) does match certificate"
            try #require(isAccepted || line == "Hostname \(pair.host) does NOT match certificate", "\(line)")
            return isAccepted
        }
    }

    /// Whether it accepts a server's certificate: `openssl verify`. As Go does, it takes any trusted certificate for the
    /// end of a chain.
    static func verifies(
        leaf: String, intermediates: String, roots: String, host: String, at seconds: Int
    ) throws -> Bool {
        let files = ["leaf": leaf, "intermediates": intermediates, "roots": roots]
        let untrusted = intermediates.isEmpty ? "" : "-untrusted intermediates"
        let script = """
            openssl verify -trusted roots -partial_chain \(untrusted) -purpose sslserver -verify_hostname \(host) \\
                -attime \(seconds) leaf 2>&1
            """
        return try withTemporaryFolder(files) { try run(script, in: $0) }.hasSuffix("leaf: OK\n")
    }

    private static func run(_ script: String, in directory: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = directory
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
