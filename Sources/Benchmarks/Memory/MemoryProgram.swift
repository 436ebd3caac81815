import ClusterSimulation
import Foundation
import Scenarios

/// Rehearses one scenario again and again in one process, and prints how much memory the process has after each run.
///
/// `rehearsal-memory SCENARIO RUNS MODE`: `prepared` runs one `PreparedScenario`; `anew` reads and runs the scenario each
/// time; `seeds` is `prepared` with another seed each time. One line a run: the digest and the resident kilobytes.
@main enum MemoryProgram {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let runs = Int(arguments[2]), ["prepared", "anew", "seeds"].contains(arguments[3])
        else { fail("usage: rehearsal-memory SCENARIO RUNS prepared|anew|seeds") }
        guard let scenario = ScenarioLoader.load(path: arguments[1]).scenario else {
            fail("\(arguments[1]) cannot be read")
        }
        let prepared = PreparedScenario(scenario)
        for run in 0..<runs {
            let digest: String
            switch arguments[3] {
            case "prepared": digest = outcome(prepared.settledRunner())
            case "seeds": digest = outcome(prepared.runner(seed: UInt64(run)))
            default: digest = SourceMap.releasing { anew(arguments[1]) }
            }
            print(digest, residentKilobytes)
        }
    }

    private static func anew(_ path: String) -> String {
        guard let scenario = ScenarioLoader.load(path: path).scenario else { fail("\(path) cannot be read") }
        return outcome(ScenarioRunner(scenario))
    }

    private static func outcome(_ runner: ScenarioRunner) -> String {
        var runner = runner
        return runner.run().digest
    }

    /// What of the process lies in memory; 0 where the system does not tell.
    private static var residentKilobytes: Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(sysconf(Int32(_SC_PAGESIZE))) / 1024
    }

    private static func fail(_ message: String) -> Never {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(2)
    }
}
