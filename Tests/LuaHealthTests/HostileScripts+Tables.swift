extension HostileScripts {
    /// Keys that have one hash.
    static let hashes = [
        "local t = {} for i = 1, 7000 do t[2 ^ 52 + i * 4294967295] = i end while true do local c = t[2 ^ 52] end",
        "local t = {} for i = 1, 4000 do t[2 ^ 52 + i * 4294967295] = i end while true do local c = t[2 ^ 52] end",
        "local t = {} for i = 1, 1000 do t[2 ^ 52 + i * 4294967295] = i end while true do local c = t[2 ^ 52] end",
        """
        local t = {} for i = 1, 1000 do t[2 ^ 52 + i * 4294967295] = i end setmetatable(t, {__index = t})
        while true do pcall(function() return t[2 ^ 52] end) end
        """,
        """
        local t = {} for i = 1, 200 do t[2 ^ 52 + i * 4294967295] = i end setmetatable(t, {__index = t})
        while true do pcall(rawget, t, 1) pcall(function() return t[2 ^ 52] end) end
        """,
        "local t = {} for i = 1, 1000 do t[2 ^ 52 + i * 4294967295] = i end ('x'):rep(200000):gsub('x', t)",
        """
        local t = {} for i = 0, 60000 do local s = '' local n = i for b = 1, 16 do s = s .. (n % 2 < 1 and
        'aa' or 'ba') n = math.floor(n / 2) end t[i] = s .. 'aa' end
        """,
        """
        local t = {} for i = 0, 255 do local s, n = '', i for b = 1, 8 do s = s .. (n % 2 < 1 and 'a' or
        'b') .. 'a' n = math.floor(n / 2) end t[i] = s end for i = 0, 255 do for j = 0, 255 do local s =
        t[i] .. t[j] .. 'aa' end end while true do local s = t[0] .. t[0] .. 'aa' end
        """,
    ]

    /// Functions of `table`, many values, and tables with holes.
    static let tables = [
        "local t = {} for i = 1, 9000 do t[i] = i end table.sort(t)",
        "local t = {} for i = 1, 5000 do t[i] = i end while true do table.sort(t) end",
        "table.sort({3, 2, 1}, function() while true do end end)",
        """
        local t = {} for i = 1, 5000 do t[i] = 5000 - i end pcall(table.sort, t, function() return true end)
        while true do end
        """,
        """
        local a, t = ('x'):rep(260000), {} for i = 1, 1000 do t[i] = i % 2 < 1 and a .. 'b' or a .. 'c' if i
        > 20 then t[i] = t[i - 20] end end while true do table.sort(t) end
        """,
        """
        local a, t = ('x'):rep(260000), {} local b, c = a .. 'b', a .. 'c' for i = 1, 3000 do t[i] = i % 2 <
        1 and b or c end table.sort(t) while true do end
        """,
        "local t = {} for i = 1, 30000 do t[i] = 1 end while true do table.insert(t, 1, 1) table.remove(t, 1) end",
        "local t = {} for i = 1, 30000 do t[i] = '' end while true do table.concat(t) end",
        "local t = {} for i = 1, 30000 do t[i] = 'x' end while true do table.concat(t, ('y'):rep(5)) end",
        "local t = {'a'} while true do pcall(table.concat, t, ('y'):rep(1000), 1, 1e9) end",
        "local t = {} for i = 1, 30000 do t[i] = 1 end while true do select('#', unpack(t)) end",
        """
        local t = {} for i = 1, 30000 do t[i] = 1 end local function f(...) return ... end while true do
        f(unpack(t)) end
        """,
        """
        local t = {} for i = 1, 7000 do t[i] = 1 end local function f(...) local a = {...} while true do
        local b = {...} end end f(unpack(t))
        """,
        """
        local t = {} for i = 1, 7000 do t[i] = 1 end local function f(...) while true do local a =
        select(-1, ...) end end f(unpack(t))
        """,
        "while true do pcall(unpack, {}, 1, 1e8) pcall(unpack, {}, -1e9, 1e9) pcall(unpack, {}, 1, 900000) end",
        "local t = {} for i = 1, 30000 do t[i] = 1 end while true do local n = #t end",
        """
        local t = {} for i = 1, 4096 do t[i] = 1 end for i = 0, 19 do t[4097 * 2 ^ i] = 1 end while true do
        local n = #t end
        """,
        "local t = {} for i = 1, 30000 do t[i] = 1 end while true do table.maxn(t) end",
        "local t = {} for i = 1, 20000 do t[i] = i end while true do next(t) end",
        "local t = {} for i = 1, 1000 do t['k' .. i] = i end while true do for _ in pairs(t) do break end end",
        "local t = {} for i = 1, 5000 do t[i] = i end for i = 1, 5000 do t[i] = nil end while true do next(t) end",
        "local a, t = ('x'):rep(100000), {} for i = 1, 20 do t[a .. i] = 1 end while true do pairs(t) end",
    ]

    /// What the collector would have to do.
    static let collector = [
        """
        local t = setmetatable({}, {__mode = 'k'}) for i = 1, 3000 do t[{}] = setmetatable({}, {__mode =
        'k'}) end while true do local x = {} end
        """,
        """
        local t for i = 1, 3000 do local u = setmetatable({}, {__mode = 'k'}) if t then u[t] = t end t = u
        end while true do local x = {{}} end
        """,
        """
        setmetatable({}, {__gc = function() while true do end end}) local t = {} while true do t = {t} t =
        {} end
        """,
        """
        local m = setmetatable({}, {__newindex = function() end}) m = setmetatable(m, {__index = {__gc =
        function() while true do end end}}) while true do setmetatable({}, m) end
        """,
    ]

    /// Code from text, clock, numbers as texts.
    static let texts = [
        "while true do loadstring('return ' .. ('x'):rep(10000)) end",
        "while true do loadstring('') end",
        "while true do loadstring(('('):rep(1000)) end",
        """
        local s = {} for i = 1, 20000 do s[i] = '::a' .. i .. '::' end loadstring(table.concat(s)) while
        true do end
        """,
        """
        local s = {} for i = 1, 8000 do s[i] = 'goto b' .. i .. ' ' end loadstring(table.concat(s)) while
        true do end
        """,
        "loadstring(('local a '):rep(300)) loadstring('return ' .. ('-'):rep(10000) .. '1') while true do end",
        "while true do os.date(('%c'):rep(5000)) end",
        "while true do os.time({year = 1e9, month = -1e9, day = 1e9}) os.date('%c', 9e13) end",
        "while true do math.fmod(1e308, 3e-308) end",
        "while true do math.sin(1e308) math.pow(1.0000001, 1e9) math.exp(700) end",
        "while true do tostring(1e308) tostring({}) tostring(print) end",
        "while true do pcall(require, ('x'):rep(10000)) end",
        "while true do collectgarbage() collectgarbage('step', 1e9) print(('x'):rep(100)) end",
        "while true do local s = 1 .. 2 .. 3 .. 4 .. 5 .. 6 .. 7 .. 8 .. 9 .. 1e308 end",
    ]

    /// What fills the memory.
    static let memory = [
        "local t = {('x'):rep(200000)} while true do t[#t + 1] = t[1] .. #t end",
        "local t = {} for i = 1, 1e7 do t[i] = {i} end",
        "local s = 'x' while true do s = s .. s end",
        "local s = 'x' while true do pcall(function() s = s .. s end) end",
        "local t = {} for i = 1, 900 do t[i] = ('x'):rep(200000) .. i end return table.concat(t)",
        "local f = {} for i = 1, 1e7 do f[i] = function() return i, f end end",
        "local t = {} for i = 1, 1e7 do t[i .. ''] = true end",
        "local s = {} for i = 1, 1e6 do s = {s} end return {status = s}",
        "local r = {status = 'Healthy'} for i = 1, 8000 do r['k' .. i] = {} end return r",
    ]

    /// Calls and results that are deep.
    static let depth = [
        "local function f(n) return 1 + f(n) end f(1)",
        "local function f() return ('x'):gsub('x', f) end f()",
        "local function f() return pcall(f) end while true do f() end",
        """
        while true do local ok, e = pcall(error, setmetatable({}, {__tostring = function() while true do end
        end})) tostring(e) end
        """,
    ]
}
