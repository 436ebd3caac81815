/// What every command keeps to, whatever it is given. The fuzzer looks for what breaks one, and every case is held
/// against all of them.
package enum Promises {
    /// A promise that was broken.
    package struct Fault: Equatable, Sendable {
        /// What of it is the same for every input with the same fault: two finds with one signature are one.
        package var signature: String
        /// More for people.
        package var details: String

        package init(_ signature: String, _ details: String = "") {
            self.signature = signature
            self.details = details
        }
    }

    /// Bounds of processor time in seconds and of memory in bytes.
    package struct Bounds: Sendable {
        /// Of one rehearsal: a command that rehearses under several versions may take so much for each.
        package var processorSeconds = 10.0
        package var memory = 1 << 30

        package init() {}
    }

    /// How many rehearsals of one scenario a command asks for: every pair of the versions that it names.
    package static func rehearsals(askedBy arguments: [String]) -> Int {
        ["--kubernetes", "--argocd"].reduce(1) { count, option in
            guard let index = arguments.firstIndex(of: option), index + 1 < arguments.count else { return count }
            return count * max(1, arguments[index + 1].split(separator: ",").count)
        }
    }

    /// The promises that a finished command breaks; empty where it keeps all.
    package static func faults(
        of arguments: [String], _ result: LimitedProcess.Result, bounds: Bounds = Bounds()
    ) -> [Fault] {
        var faults: [Fault] = []
        let command = arguments.first ?? ""
        let told = String(decoding: result.errors, as: UTF8.self)
        if result.processorSeconds > bounds.processorSeconds * Double(rehearsals(askedBy: arguments)) {
            faults.append(Fault("cpu: \(command)", "\(result.processorSeconds) s"))
        }
        if result.peakMemory > bounds.memory {
            faults.append(Fault("memory: \(command)", "\(result.peakMemory >> 20) MiB"))
        }
        switch result.ending {
        case .ranTooLong: faults.append(Fault("hang: \(command)", "\(result.processorSeconds) s of the processor"))
        case .signalled(let signal):
            if faults.isEmpty { faults.append(Fault("signal \(signal): \(command) \(crash(told))", told)) }
        case .exited(let code):
            if ![0, 1, 2, 4].contains(code) {
                // No memory is what the limit of address space makes of too much memory.
                if faults.isEmpty { faults.append(Fault("exit \(code): \(crash(told))", told)) }
            } else {
                if let fault = messageFault(code, command, told) { faults.append(fault) }
                if let fault = formatFault(arguments, code, result.output) {
                    faults.append(Fault("\(command): \(fault)", fault))
                }
            }
        }
        for (name, bytes) in [("standard output", result.output), ("standard error", result.errors)] {
            let isForPrograms = name == "standard output" && ["json", "junit"].contains(format(arguments))
            if let fault = PrintableText.fault(in: bytes, isForPrograms: isForPrograms) {
                faults.append(Fault("\(fault.what) on \(name): \(words(fault.line))", fault.line))
            }
            if let leak = Planted.leak(in: bytes) { faults.append(Fault("\(leak) on \(name)")) }
        }
        return faults
    }

    /// Exit code 2 and an error on standard error come together, and the error has a place or is one of the whole.
    private static func messageFault(_ code: Int32, _ command: String, _ told: String) -> Fault? {
        let lines = told.split(separator: "\n")
        let hasError = lines.contains { line in
            line.hasPrefix("error: ") || line.hasPrefix("Error: ")
                || line.firstRange(of: ": error: ") != nil
        }
        if code == 2, !hasError { return Fault("exit 2 without an error: \(command)", told) }
        if code != 2, hasError {
            let line = lines.first { $0.firstRange(of: "error: ") != nil } ?? ""
            return Fault("an error without exit 2: \(words(String(line)))", told)
        }
        return nil
    }

    private static func formatFault(_ arguments: [String], _ code: Int32, _ output: [UInt8]) -> String? {
        guard let format = format(arguments) else { return nil }
        // Bad usage and bad recordings print nothing.
        if code == 2, output.isEmpty { return nil }
        switch (arguments[0], format) {
        case (_, "junit"): return MachineText.junitFault(output)
        case ("compare", "json"): return MachineText.comparisonFault(output)
        case ("conformance", "json"): return MachineText.conformanceFault(output)
        case (_, "json"): return MachineText.outcomeFault(output)
        default: return nil
        }
    }

    private static func format(_ arguments: [String]) -> String? {
        guard let place = arguments.firstIndex(of: "--format"), place + 1 < arguments.count else { return nil }
        return arguments[place + 1]
    }

    /// What the runtime said before it stopped: its first line, without the stack that follows.
    private static func crash(_ told: String) -> String {
        let lines = told.split(separator: "\n").filter { !$0.hasPrefix("error: this is a bug") }
        return words(String(lines.first { $0.firstRange(of: "Fatal error") != nil } ?? lines.first ?? ""))
    }

    /// What is left of a line without what comes from the input: its code, or its words without what is quoted and
    /// without numbers.
    package static func words(_ line: String) -> String {
        if line.hasSuffix("]"), let open = line.lastIndex(of: "["),
            line[open...].dropFirst().dropLast().utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x2D })
        {
            return String(line[open...])
        }
        var words = ""
        var isQuoted = false
        for scalar in line.unicodeScalars where words.utf8.count < 80 {
            if scalar == "'" || scalar == "\"" { isQuoted.toggle() }
            if isQuoted || !scalar.isASCII || scalar.value < 32 { continue }
            if !("0"..."9").contains(scalar) { words.unicodeScalars.append(scalar) }
        }
        return words
    }
}
