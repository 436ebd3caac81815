package import ClusterSimulation
internal import LuaSandbox
internal import Synchronization

/// Runs health scripts with Lua 5.2, each time in a state of its own without files, processes and time.
///
/// Argo CD runs them with gopher-lua: Lua 5.1 with the `goto` of 5.2, written in Go. `docs/decisions/0005-lua.md` says
/// where the two part.
package final class LuaHealthRunner: HealthScriptRunner {
    /// What a script may use up before it is stopped, in the same way on every machine.
    package struct Limits: Sendable {
        /// Instructions, and work of library functions in units of about one instruction. Argo CD allows a second;
        /// this is some hundredths of one.
        package var steps: Int64 = 500_000
        /// Bytes beyond those of the object.
        package var memory = 32 << 20
        /// Bytes of one string or one growth of a table.
        package var block = 1 << 19

        package init() {}

        fileprivate var raw: lua_limits { lua_limits(steps_max: steps, memory_max: memory, block_max: block) }
    }

    /// The runner of every rehearsal: it keeps what it compiled and nothing else.
    package static let shared = LuaHealthRunner()

    /// Scripts that are kept; beyond it all are forgotten.
    private static let compiledMax = 1024

    private let limits: Limits
    private let compiled = Mutex<[Symbol: Result<[UInt8], CompileFailure>]>([:])

    package init(limits: Limits = Limits()) { self.limits = limits }

    /// Why a text is no script, with its line from 1.
    package struct CompileFailure: Error, Equatable {
        /// As Lua says it: `<string>:LINE: …`.
        package var message: String
    }

    package func scripts(settings data: Value) -> HealthScripts {
        HealthScripts(SettingsScripts(data).found.map(\.entry))
    }

    package func run(_ script: HealthScript, _ document: Value, now: SimulationTime) -> HealthScriptAnswer {
        switch compile(script.text) {
        case .success(let code):
            let seconds = now.milliseconds / 1000
            return run(
                code, DocumentBytes(document).bytes, hasOpenLibraries: script.hasOpenLibraries, now: seconds)
        case .failure(let failure): return HealthScriptAnswer(.failed(failure.message))
        }
    }

    /// Why a text is no script; nil where it is one.
    package func failure(of text: Symbol) -> CompileFailure? {
        if case .failure(let failure) = compile(text) { return failure }
        return nil
    }

    private func compile(_ text: Symbol) -> Result<[UInt8], CompileFailure> {
        compiled.withLock { compiled in
            if let known = compiled[text] { return known }
            let result = compile(bytes: text.utf8)
            if compiled.count >= Self.compiledMax { compiled.removeAll() }
            compiled[text] = result
            return result
        }
    }

    private func compile(bytes: UnsafeRawBufferPointer) -> Result<[UInt8], CompileFailure> {
        var limits = limits.raw
        var code = lua_bytes()
        var problem = lua_bytes()
        let text = bytes.bindMemory(to: UInt8.self)
        guard lua_compile(text.baseAddress, text.count, &limits, &code, &problem) else {
            return .failure(CompileFailure(message: String(decoding: Self.take(&problem), as: UTF8.self)))
        }
        return .success(Self.take(&code))
    }

    private func run(
        _ code: [UInt8], _ document: [UInt8], hasOpenLibraries: Bool, now: Int64
    ) -> HealthScriptAnswer {
        var limits = limits.raw
        var outcome = lua_outcome()
        code.withUnsafeBufferPointer { code in
            document.withUnsafeBufferPointer { document in
                var input = lua_input(
                    code: code.baseAddress, code_count: code.count, document: document.baseAddress,
                    document_count: document.count, has_open_libraries: hasOpenLibraries, now: now)
                lua_run(&input, &limits, &outcome)
            }
        }
        let status = String(decoding: Self.take(&outcome.status), as: UTF8.self)
        let message = String(decoding: Self.take(&outcome.message), as: UTF8.self)
        return HealthScriptAnswer(
            Self.finding(outcome.kind, status: status, message: message), readsClock: outcome.reads_clock)
    }

    /// Source: specs/argocd.md 13.1.
    private static func finding(_ kind: lua_outcome_kind, status: String, message: String) -> HealthFinding {
        switch kind {
        case .LUA_OUTCOME_NOTHING: .empty
        case .LUA_OUTCOME_ERROR: .failed(message)
        case .LUA_OUTCOME_HEALTH:
            HealthCode(Symbol(status)).map { .found(ResourceHealth($0, message)) }
                ?? .found(ResourceHealth(.unknown, "Lua returned an invalid health status"))
        }
    }

    private static func take(_ bytes: inout lua_bytes) -> [UInt8] {
        defer { lua_bytes_free(&bytes) }
        return Array(UnsafeBufferPointer(start: bytes.bytes, count: bytes.count))
    }
}
