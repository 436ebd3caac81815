import FuzzMutators
import RobustnessCases

/// Chooses commands for an input.
enum CommandMaker {
    private static let formats = ["text", "markdown", "json", "junit"]
    private static let suiteFormats = ["text", "json", "junit"]
    private static let more: [[String]] = [
        [], [], [], ["--verbose"], ["--kubernetes", "1.30,1.36"], ["--argocd", "2.14"], ["--until", "90m"],
        ["--seed", "7"],
        ["--kubernetes", "1.30,1.31,1.32,1.33,1.34,1.35,1.36", "--argocd", "2.13,3.6"],
    ]
    /// Values of options that nobody means.
    private static let hostile: [[String]] = [
        ["--until", "292y"], ["--until", "9223372036854775807ms"], ["--until", "0001-01-01T00:00:00Z"],
        ["--until", "-1h"],
        ["--seed", "18446744073709551615"], ["--seed", "-1"], ["--kubernetes", ","],
        ["--kubernetes", "1.34\u{1B}[31m"], ["--argocd", "é"],
        ["--health-scripts", "/dev/zero"], ["--health-scripts", "."], ["--health-scripts", "::error::x"],
    ]

    /// The commands for a seed.
    static func runs(for seed: Seed, _ random: inout FuzzRandom) -> [Want.Run] {
        switch seed.kind {
        case .scenario: scenario(seed, &random)
        case .ledger: ledger(seed, &random)
        case .recording: [Want.Run(arguments: ["conformance", "."] + format(Self.formats, &random) + verbose(&random))]
        }
    }

    private static func format(_ formats: [String], _ random: inout FuzzRandom) -> [String] {
        ["--format", random.pick(formats) ?? "text"]
    }

    private static func verbose(_ random: inout FuzzRandom) -> [String] { random.once(in: 4) ? ["--verbose"] : [] }

    private static func options(_ seed: Seed, _ random: inout FuzzRandom) -> [String] {
        if random.once(in: 40) { return random.pick(hostile) ?? [] }
        if random.once(in: 10), seed.files.contains(where: { $0.path.hasPrefix("health/") }) {
            return ["--health-scripts", "health"]
        }
        return random.pick(more) ?? []
    }

    private static func scenario(_ seed: Seed, _ random: inout FuzzRandom) -> [Want.Run] {
        let isWhole = !seed.scenario.contains("/")
        let folder = isWhole ? "." : String(seed.scenario.dropLast("/scenario.yaml".count))
        let path = random.once(in: 4) ? folder : seed.scenario
        let ledger = ["--ledger", LedgerMutator.file]
        switch random.below(10) {
        case 0 where isWhole:
            return [Want.Run(arguments: ["run", "-", "--no-ledger"] + format(formats, &random), input: seed.scenario)]
        case 1:
            return [
                Want.Run(
                    arguments: ["report", path.contains("/") ? path : "./" + path] + format(formats, &random)
                        + options(seed, &random))
            ]
        case 2, 3:
            let more = options(seed, &random).filter { $0 != "--verbose" }
            return [Want.Run(arguments: ["test", path, "--no-ledger"] + format(suiteFormats, &random) + more)]
        case 4:
            let label =
                random.once(in: 2)
                ? ["--label", random.pick(["a", "main", "é", "a\u{1B}[31m", "::error::x", "1"]) ?? "a"] : []
            return [
                Want.Run(arguments: ["run", path, "--reports", "out"] + ledger + label + format(formats, &random)),
                Want.Run(arguments: ["test", path, "--baseline", "latest"] + ledger + format(suiteFormats, &random)),
                Want.Run(arguments: ["report", "latest"] + ledger + format(formats, &random)),
                Want.Run(arguments: ["compare"] + ledger + format(["text", "json"], &random)),
            ]
        default:
            return [
                Want.Run(arguments: ["run", path, "--no-ledger"] + format(formats, &random) + options(seed, &random))
            ]
        }
    }

    private static func ledger(_ seed: Seed, _ random: inout FuzzRandom) -> [Want.Run] {
        let ledger = ["--ledger", LedgerMutator.file]
        switch random.below(5) {
        case 0: return [Want.Run(arguments: ["compare"] + ledger + format(["text", "json"], &random))]
        case 1:
            return [
                Want.Run(arguments: ["run", seed.scenario, "--reports", "out"] + ledger + format(formats, &random)),
                Want.Run(arguments: ["compare"] + ledger + format(["text", "json"], &random)),
            ]
        case 2:
            return [
                Want.Run(
                    arguments: ["test", seed.scenario, "--baseline", "latest"] + ledger + format(suiteFormats, &random))
            ]
        default:
            let run = random.pick(["latest", "previous", "1", "latest~1"]) ?? "latest"
            return [Want.Run(arguments: ["report", run] + ledger + format(formats, &random))]
        }
    }
}
