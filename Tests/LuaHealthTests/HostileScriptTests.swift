import ClusterSimulation
import LuaHealth
import Testing

/// Scripts that mean harm: they end, in the same way each time, and touch nothing.
@Suite(.timeLimit(.minutes(2))) struct HostileScriptTests {
    static let timeout = "context deadline exceeded"

    @Test(arguments: [
        "while true do end", "repeat until false", "local function f() return f() end f()",
        "while true do pcall(function() while true do end end) end",
        "while true do pcall(pcall, pcall, error) end",
        "xpcall(function() while true do end end, function() while true do end end)",
        "local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) while true do pcall(function() return t[1] end) end",
        "local t = {} for i = 1, 1e9 do t[1] = i end", "for i = 1, 1e9 do local s = 'x' .. i end",
        "('x'):rep(200):find(('.*'):rep(12) .. 'y')", "('a'):rep(1000):match(('a?'):rep(150) .. ('a'):rep(150) .. 'b')",
        "('a'):rep(100000):find('.-.-.-b')", "local s = ('a'):rep(200000) while true do s:find('b', 1, true) end",
        "local s = ('a'):rep(200000) while true do s:gsub('a', 'b') end",
        "local t = {} for i = 1, 9000 do t[i] = i end table.sort(t)",
        "local t = {} for i = 1, 30000 do t[i] = i end while true do table.insert(t, 1, 1) table.remove(t, 1) end",
        "while true do ('x'):rep(200000) end", "while true do loadstring('return ' .. ('x'):rep(10000)) end",
        "local t = {} for i = 1, 20000 do t[i] = i end while true do next(t) end",
        "('x'):rep(50000):gsub('', function() while true do end end)",
        "table.sort({3, 2, 1}, function() while true do end end)",
        "setmetatable({}, {__gc = function() while true do end end}) local t = {} while true do t = {t} t = {} end",
        "local t = {} for i = 1, 1000 do t['k' .. i] = i end while true do for _ in pairs(t) do break end end",
    ])
    func `what would never end is stopped`(_ script: String) {
        let finding = Toys.finding(script)
        guard case .failed(let message) = finding else {
            Issue.record("\(script): \(finding)")
            return
        }
        #expect(message.hasSuffix(Self.timeout), "\(script)")
        #expect(Toys.finding(script) == finding)
    }

    @Test(arguments: [
        "local t = {} for i = 1, 1e7 do t[i] = {i} end", "local s = 'x' while true do s = s .. s end",
        "local s = 'x' while true do pcall(function() s = s .. s end) end",
        "local t = {('x'):rep(200000)} while true do t[#t + 1] = t[1] .. #t end",
        "local t = {} for i = 1, 900 do t[i] = ('x'):rep(200000) .. i end return table.concat(t)",
    ])
    func `what would fill the memory is stopped`(_ script: String) {
        guard case .failed(let message) = Toys.finding(script) else {
            Issue.record("\(script) did not fail")
            return
        }
        #expect(message == "not enough memory" || message.hasSuffix(Self.timeout), "\(message)")
    }

    @Test(arguments: [
        "local function f(n) return 1 + f(n) end f(1)", "local function f() pcall(f) error('x') end f()",
        "local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k] end return t.x",
        "local function f() return ('x'):gsub('x', f) end f()",
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
