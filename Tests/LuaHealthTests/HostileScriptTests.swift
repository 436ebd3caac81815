import ClusterSimulation
import Foundation
import LuaHealth
import Testing

/// Scripts that mean harm: they end, in the same way each time, and touch nothing.
@Suite(.timeLimit(.minutes(2))) struct HostileScriptTests {
    /// What a script that goes beyond a limit ends with.
    static let endings = ["context deadline exceeded", "not enough memory", "stack overflow"]
    /// Seconds of processor time that no script takes, in a debug build on a busy machine. Most take some hundredths.
    static let secondsMax = 2.0

    @Test(arguments: HostileScripts.all)
    func `what would never end is stopped, soon and in the same way each time`(_ script: String) {
        var finding = HealthFinding.none
        let seconds = Self.seconds { finding = Toys.finding(script) }
        Self.expectStopped(finding, script)
        #expect(seconds < Self.secondsMax, "\(script)")
        #expect(Toys.finding(script) == finding, "\(script)")
    }

    @Test func `there are as many hostile scripts as kinds of harm`() {
        #expect(HostileScripts.all.count >= 150)
        #expect(Set(HostileScripts.all).count == HostileScripts.all.count)
    }

    /// An object is as large as its author likes, and no step of a script.
    @Test(arguments: [
        "while true do local n = obj.digits + 0 end", "while true do local n = obj.spaces * 1 end",
        "while true do tonumber(obj.spaces) end", "while true do math.floor(obj.spaces) end",
        "while true do string.char(obj.spaces, obj.spaces, obj.spaces, obj.spaces) end",
        "while true do local b = obj.zeros < obj.zeros end", "while true do local b = obj.words <= obj.words end",
        "while true do local b = obj.words == obj.others end", "while true do obj.words:find('#', 1, true) end",
        "while true do obj.words:byte(1, -1) obj.words:upper() end", "while true do obj.words:find(obj.others) end",
        "while true do obj.words:gsub('%w', '%0%0') end", "while true do for k in pairs(obj.keys) do end end",
        "while true do local b = obj.keys['x'] next(obj.keys) end",
        "while true do local s = obj.words .. obj.words end",
        "table.sort(obj.list) while true do table.concat(obj.list, obj.words) end",
        "local t = {} for i = 1, 4000 do t[i] = i % 2 < 1 and obj.words or obj.others end table.sort(t)",
    ])
    func `a large object pays, too`(_ script: String) {
        var finding = HealthFinding.none
        let seconds = Self.seconds { finding = Toys.finding(script, Self.largeObject) }
        Self.expectStopped(finding, script)
        #expect(seconds < Self.secondsMax, "\(script)")
    }

    private static let largeObject: Value = {
        func text(_ part: String, _ count: Int) -> Value { .string(String(repeating: part, count: count)) }
        let keys = (0..<5000).map { Field(Symbol(String(repeating: "k", count: 30) + "\(10_000 + $0)"), "x") }
        return [
            "digits": text("1", 2 << 20), "spaces": .string(String(repeating: " ", count: 2 << 20) + "1"),
            "zeros": text("\0", 2 << 20), "words": .string(String(repeating: "any ", count: 1 << 19) + "1"),
            "others": .string(String(repeating: "any ", count: 1 << 19) + "2"), "keys": Value(.object(keys)),
            "list": Value(.array((0..<3000).map { .string("\($0)") })),
        ]
    }()

    /// What Argo CD's own scripts do, over an object with a good deal in it.
    @Test func `an ordinary script over a large object has its answer`() {
        let condition: Value = [
            "type": "Ready", "status": "True", "message": .string(String(repeating: "all is well; ", count: 40)),
        ]
        let document: Value = [
            "metadata": ["annotations": ["last": .string(String(repeating: "configuration ", count: 10_000))]],
            "status": ["conditions": Value(.array(Array(repeating: condition, count: 100)))],
        ]
        let script = """
            local health = {status = 'Progressing', message = ''}
            for i, condition in ipairs(obj.status.conditions) do
              if condition.type == 'Ready' and condition.status == 'True' then
                health.status = 'Healthy'
                if #health.message < 20 then health.message = health.message .. condition.message:sub(1, 4) end
              end
            end
            return health
            """
        #expect(Toys.finding(script, document) == .found(ResourceHealth(.healthy, "all all all all all ")))
    }

    private static func seconds(_ body: () -> Void) -> Double {
        var before = timespec()
        var after = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before)
        body()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after)
        return Double(after.tv_sec - before.tv_sec) + Double(after.tv_nsec - before.tv_nsec) / 1e9
    }

    private static func expectStopped(_ finding: HealthFinding, _ script: String) {
        guard case .failed(let message) = finding else {
            Issue.record("\(script): \(finding)")
            return
        }
        #expect(endings.contains { message.hasSuffix($0) }, "\(script): \(message)")
    }

    @Test(arguments: [
        "local function f() pcall(f) error('x') end f()",
        "local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k] end return t.x",
        "local s = {} for i = 1, 5000 do s[i] = '(' end loadstring('return ' .. table.concat(s))() return 1",
        "local t = {} local top = t for i = 1, 5000 do t.t = {} t = t.t end return top",
        "return ('x'):match(('x*'):rep(300))",
    ])
    func `depth has a limit`(_ script: String) {
        guard case .failed = Toys.finding(script) else {
            Issue.record("\(script) did not fail")
            return
        }
    }

    @Test(arguments: [
        "io", "debug", "package", "coroutine", "dofile", "loadfile", "load", "newproxy", "module", "channel",
        "string.dump", "bit32",
        "os.execute", "os.exit", "os.remove", "os.rename", "os.tmpname", "os.setlocale", "os.getenv('HOME')",
        "_printregs",
    ])
    func `there is no way out`(_ name: String) {
        #expect(Toys.value(name) == "nil")
    }

    @Test(arguments: ["io", "debug", "socket", "ffi", "../x"])
    func `nothing but what is open can be required`(_ name: String) {
        #expect(Toys.value("require('\(name)')") == "failed: <string>:1: module \(name) not found")
    }

    @Test func `compiled code is refused`() {
        #expect(Toys.value("(loadstring('\\27Lua'))") == "nil")
        #expect(Toys.finding("\u{1B}Lua") == .failed("attempt to load a binary chunk (mode is 't')"))
    }

    @Test func `nothing is left behind for the next script`() {
        _ = Toys.finding("string.find = nil obj = nil leak = 1 table.concat = error return {}")
        #expect(Toys.value("leak") == "nil")
        #expect(Toys.value("('x'):find('x')") == "1")
        #expect(Toys.value("obj.kind") == "Widget")
    }

    // MARK: Determinism

    @Test func `addresses show nowhere`() {
        #expect(Toys.value("{}") == "table: 0x0")
        #expect(Toys.value("print") == "function: 0x0")
        #expect(Toys.value("string.format('%s', {})") == "table: 0x0")
        #expect(Toys.value("next({[{}] = 1})") == "failed: <string>:1: keys that are tables or functions have no order")
        #expect(Toys.value("pairs({[print] = 1, a = 2})").hasPrefix("failed"))
    }

    @Test func `the order of pairs is the same each time`() {
        let script = """
            local keys = {}
            for key in pairs(obj.metadata.labels) do keys[#keys + 1] = key end
            for key in pairs({z = 1, y = 2, x = 3, [1] = 4, [true] = 5, alpha = 6, beta = 7}) do
              keys[#keys + 1] = tostring(key)
            end
            return {status = 'Healthy', message = table.concat(keys, ' ')}
            """
        let first = Toys.finding(script)
        for _ in 0..<20 { #expect(Toys.answer(script, runner: LuaHealthRunner()).finding == first) }
        #expect(first == .found(ResourceHealth(.healthy, "team tier 1 alpha beta x y z true")))
    }

    @Test func `chance is the same each time`() {
        let first = Toys.value("math.random() .. ' ' .. math.random(100) .. ' ' .. math.random(5, 6)")
        #expect(Toys.value("math.random() .. ' ' .. math.random(100) .. ' ' .. math.random(5, 6)") == first)
    }
}
