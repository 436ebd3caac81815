import ClusterSimulation
import LuaHealth
import Testing

@Suite struct HealthScriptTests {
    @Test func `a script sees the object and says its health`() {
        let script = """
            local hs = {}
            for _, condition in ipairs(obj.status.conditions) do
              if condition.type == "Ready" and condition.status == "True" then
                hs.status = "Healthy"
                hs.message = obj.metadata.name .. " is " .. condition.message
              end
            end
            return hs
            """
        #expect(Toys.finding(script, open: false) == .found(ResourceHealth(.healthy, "one is fine")))
    }

    @Test(arguments: [
        ("obj.spec.size + 0.5", "4.5"), ("obj.spec.size", "4"), ("obj.spec.ratio", "0.5"), ("obj.spec.paused", "false"),
        ("obj.spec.nothing", "nil"), ("#obj.spec.tags", "2"), ("obj.spec.tags[2]", "green"),
        ("obj.metadata.labels['team']", "a"), ("obj.status.observedGeneration == obj.metadata.generation", "true"),
        ("type(obj.spec.nowhere)", "nil"), ("table.concat(obj.spec.tags, '+')", "red+green"),
    ])
    func `values are Lua's`(_ expression: String, _ text: String) {
        #expect(Toys.value(expression, open: false) == text)
    }

    @Test func `each of the six states is one, every other is invalid`() {
        for code in HealthCode.allCases {
            #expect(Toys.finding("return {status = '\(code.text)'}") == .found(ResourceHealth(code)))
        }
        let invalid = HealthFinding.found(ResourceHealth(.unknown, "Lua returned an invalid health status"))
        #expect(Toys.finding("return {status = 'Fine', message = 'x'}") == invalid)
        #expect(Toys.finding("return {message = 'x'}") == invalid)
        #expect(Toys.finding("return {Status = 'Healthy'}") == .found(ResourceHealth(.healthy)))
        #expect(Toys.finding("return 1, {status = 'Healthy'}") == .found(ResourceHealth(.healthy)))
    }

    @Test(arguments: [
        "", "return", "return nil", "return {}", "return {'Healthy'}", "return {status = 1}",
        "return {status = 'Healthy', message = 5}", "return {status = {}}", "return {status = true}",
    ])
    func `what says nothing is empty`(_ script: String) {
        #expect(Toys.finding(script) == .empty)
    }

    @Test(arguments: [
        ("return 'Healthy'", "expect table output from Lua script, not string"),
        ("return true", "expect table output from Lua script, not boolean"),
        ("local t = {status = 'Healthy'} t.self = t return t", "cannot encode recursively nested tables to JSON"),
        ("return {status = 'Healthy', x = print}", "cannot encode function to JSON"),
        ("return {status = 'Healthy', [1] = 2}", "cannot encode mixed or invalid key types"),
        ("return {status = 'Healthy', list = {[3] = 1}}", "cannot encode sparse array"),
        ("return {status = 'Healthy', x = 0/0}", "json: unsupported value: NaN"),
        ("error('no')", "<string>:1: no"), ("error('no', 0)", "no"), ("error({1, 2})", "table"), ("error()", "nil"),
        ("\n\nreturn obj.spec.nowhere.else_", "<string>:3: attempt to index field 'nowhere' (a nil value)"),
        ("return {", "<string>:1: unexpected symbol near <eof>"),
    ])
    func `a failure is told`(_ script: String, _ message: String) {
        #expect(Toys.finding(script) == .failed(message))
    }

    @Test func `goto is known, as are the functions that only Lua 5.1 has`() {
        let script = """
            local kept = {}
            for i, tag in ipairs(obj.spec.tags) do
              if tag == "red" then goto continue end
              table.insert(kept, tag)
              ::continue::
            end
            return {status = "Healthy", message = table.getn(kept) .. unpack(kept)}
            """
        #expect(Toys.finding(script, open: false) == .found(ResourceHealth(.healthy, "1green")))
    }

    @Test func `an entry taken out on the way is passed over`() {
        let script = """
            local seen, t = {}, {a = 1, b = 2, c = 3, [2] = 4}
            for key in pairs(t) do seen[#seen + 1] = key t.b = nil end
            local key, value = next(t, "a")
            return {status = "Healthy", message = table.concat(seen, " ") .. " " .. key .. value}
            """
        #expect(Toys.finding(script) == .found(ResourceHealth(.healthy, "2 a c c3")))
    }

    @Test func `lists in a result are lists however they were filled`() {
        #expect(
            Toys.finding("local l = {} for i = 9, 1, -1 do l[i] = i end return {status = 'Healthy', list = l}")
                == .found(ResourceHealth(.healthy)))
    }

    // MARK: Libraries

    @Test func `without the open libraries there is no string, math or os`() {
        #expect(Toys.value("string", open: false) == "nil")
        #expect(Toys.value("math", open: false) == "nil")
        #expect(Toys.value("os", open: false) == "nil")
        #expect(Toys.value("require('os').time()", open: false) == "1768208707")
        #expect(Toys.value("('x'):rep(3)", open: false).hasPrefix("failed"))
        #expect(Toys.value("('x'):rep(3)") == "xxx")
    }

    @Test(arguments: [
        ("os.time()", "1768208707"), ("os.date('!%Y-%m-%dT%H:%M:%SZ')", "2026-01-12T09:05:07Z"),
        ("os.time({year = 1970, month = 1, day = 1, hour = 0})", "0"), ("os.date('%F', 0)", "1970-01-01"),
        ("os.time({year = 2024, month = 14, day = 1, hour = 0})", "1738368000"),
        ("os.date('%A %b %d', 86400)", "Friday Jan 02"),
        ("os.date('*t').year", "2026"), ("os.date('*t', -1).sec", "59"), ("os.date('100%%')", "100%"),
    ])
    func `the clock is virtual and in UTC`(_ expression: String, _ text: String) {
        #expect(Toys.value(expression) == text)
    }

    @Test func `an answer says whether it hangs on the clock`() {
        #expect(Toys.answer("return {status = 'Healthy', message = os.date()}").readsClock)
        #expect(!Toys.answer("return {status = 'Healthy', message = os.date('%F', 0)}").readsClock)
        #expect(!Toys.answer("return {status = 'Healthy'}").readsClock)
    }

    @Test(arguments: [
        ("('hello world'):find('o w')", "5"), ("select(2, ('hello'):find('l+'))", "4"),
        ("('a.b'):find('.', 1, true)", "2"),
        ("('2025-11-27'):match('(%d+)-(%d+)')", "2025"), ("(('abc'):gsub('%w', '%0%0'))", "aabbcc"),
        ("(('hello world'):gsub('o', '0', 1))", "hell0 world"), ("(('$name'):gsub('%$(%w+)', {name = 'x'}))", "x"),
        ("(('abc'):gsub('', '-'))", "-a-b-c-"), ("('key = value'):match('^(%w+)%s*=%s*(%w+)$')", "key"),
        ("(('THE (quick) fox'):find('%((%a+)%)'))", "5"), ("('f(a(b)c)d'):match('%b()')", "(a(b)c)"),
        ("('x]y'):match('[]]')", "]"), ("('a-b'):match('[a%-]+')", "a-"), ("('0x1F'):match('%x+', 3)", "1F"),
        ("('THE END'):gsub('%f[%a]%a+', string.lower)", "the end"), ("('aXb'):match('%u')", "X"),
        ("('  trim '):match('^%s*(.-)%s*$')", "trim"), ("('abab'):match('(ab)%1')", "ab"),
        ("('abc'):match('()c')", "3"),
        ("string.format('%5.1f|%d|%s', 3.14159, 42, 'x')", "  3.1|42|x"), ("('x'):rep(-1)", ""),
        ("('ab'):rep(2.9)", "abab"),
        ("('äöü'):len()", "6"), ("('aBc'):upper()", "ABC"), ("('abc'):find('b', -1)", "nil"),
        ("('abc'):match('.', -1)", "c"),
        ("('a,b,,c'):gsub(',', ';')", "a;b;;c"), ("(('x'):gsub('x', '%%'))", "%"), ("('[x]'):match('%[(.-)%]')", "x"),
    ])
    func `patterns match as Lua's do`(_ expression: String, _ text: String) {
        #expect(Toys.value(expression) == text)
    }

    @Test func `gmatch goes through a text`() {
        let script = """
            local words = {}
            for key, value in ('a=1, b=2, c=3'):gmatch('(%w+)=(%w+)') do words[#words + 1] = value .. key end
            for word in ('x y'):gmatch('%a*') do words[#words + 1] = '<' .. word .. '>' end
            return {status = 'Healthy', message = table.concat(words, ' ')}
            """
        #expect(Toys.finding(script) == .found(ResourceHealth(.healthy, "1a 2b 3c <x> <> <y> <>")))
    }

    @Test(arguments: [
        "('x'):match('[')", "('x'):match('%')", "('x'):match('(')", "('x'):match(')')", "('x'):match('%1')",
        "('x'):find('%b')",
        "('x'):gsub('x', '%2')", "('x'):match('%f')", "('x'):rep(1e9)", "string.format('%s')", "('x'):match('[%')",
        "('x'):match('[a-')", "('x'):match(('()'):rep(33))",
    ])
    func `a wrong pattern is an error and nothing worse`(_ expression: String) {
        #expect(Toys.value(expression).hasPrefix("failed: <string>:1: "))
    }

    @Test func `errors are caught and handled`() {
        #expect(Toys.value("pcall(error, 'x')", open: false) == "false")
        #expect(Toys.value("select(2, pcall(error, 'x', 0))", open: false) == "x")
        #expect(Toys.value("select(2, pcall(function(...) return ... end, 7))", open: false) == "7")
        #expect(Toys.value("select(2, xpcall(function() error('x', 0) end, function(e) return e .. '!' end))") == "x!")
        #expect(Toys.value("select(2, xpcall(function() return 3 end, print))") == "3")
        #expect(Toys.value("loadstring('return 1 + 1')()") == "2")
        #expect(Toys.value("(select(2, loadstring('return ('))):sub(1, 11)") == "<string>:1:")
    }
}
