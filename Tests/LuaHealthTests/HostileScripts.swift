/// Scripts that mean harm, by what they do. Each runs into a limit.
enum HostileScripts {
    /// All of them.
    static let all: [String] =
        loops + metamethods + steps + patterns + strings + numbers + comparisons + hashes
        + tables + collector + texts + memory + depth

    /// Loops, calls and protected calls.
    static let loops = [
        "while true do end",
        "repeat until false",
        "::a:: goto a",
        "for i = 1, math.huge do end",
        "for i = 0/0, 1e308, 0 do end while true do end",
        "for i = 1, 2, 0 do end while true do end",
        "local function f() return f() end f()",
        "while true do pcall(function() while true do end end) end",
        "while true do pcall(pcall, pcall, error) end",
        "while true do pcall(error, {}) end",
        "xpcall(function() while true do end end, function() while true do end end)",
        "local function f() pcall(f) pcall(f) end f()",
        "local function f() xpcall(f, f) xpcall(f, f) end f()",
    ]

    /// Metamethods that lead on and on.
    static let metamethods = [
        "while true do select(2, pcall(error, ('x'):rep(1000))) end",
        """
        local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) while true do
        pcall(function() return t[1] end) end
        """,
        """
        local t = setmetatable({}, {__concat = function(a, b) return a end}) while true do local s = t ..
        'x' .. t end
        """,
        """
        local t = setmetatable({}, {__eq = function() return false end}) local u = setmetatable({},
        getmetatable(t)) while true do local b = t == u end
        """,
        """
        local t = setmetatable({}, {__lt = function(a, b) return a < b end}) while true do pcall(function()
        return t < t end) end
        """,
        "local t = setmetatable({}, {__call = function(t) return t() end}) t()",
        """
        local t = setmetatable({}, {__tostring = function(t) return tostring(t) end}) while true do
        pcall(tostring, t) end
        """,
        """
        local t = setmetatable({}, {__len = function(t) return #t end}) while true do pcall(function()
        return #t end) end
        """,
        """
        local t = setmetatable({}, {__newindex = function(t, k, v) t[k] = v end}) while true do
        pcall(function() t.x = 1 end) end
        """,
    ]

    /// Steps that are few for Lua and many for the machine.
    static let steps = [
        "local t = {} for i = 1, 1e9 do t[1] = i end",
        "for i = 1, 1e9 do local s = 'x' .. i end",
    ]

    /// Patterns, sets, captures, replacements.
    static let patterns = [
        "('x'):rep(200):find(('.*'):rep(12) .. 'y')",
        "('a'):rep(1000):match(('a?'):rep(150) .. ('a'):rep(150) .. 'b')",
        "('a'):rep(100000):find('.-.-.-b')",
        "('a'):rep(100000):find('(.-)(.-)(.-)b')",
        """
        local text = string.rep('a', 200000) local set = '[' .. string.rep('b', 100000) .. ']' return
        {status = text:find(set) and 'Degraded' or 'Healthy'}
        """,
        "('a'):rep(200000):find('[^' .. ('%a'):rep(50000) .. ']')",
        "('a'):rep(200000):find('%f[' .. ('b'):rep(100000) .. ']')",
        "('a'):rep(200000):gsub('[' .. ('b-c'):rep(50000) .. ']', '')",
        "for _ in ('a'):rep(200000):gmatch('[' .. ('b'):rep(100000) .. ']') do end",
        "('a'):rep(200000):match('[' .. ('b'):rep(100000) .. ']*c')",
        "('a'):rep(200000):find('[' .. ('b'):rep(100000) .. ']?c')",
        "('('):rep(200000):find('%b()')",
        "while true do ('('):rep(100000):find('%b()') end",
        "('a'):rep(100000):find('(a*)%1b')",
        "('a'):rep(100000):find('(.-)%1%1b')",
        "while true do ('a'):rep(60000):find('((((((((((.*))))))))))') end",
        "local s = ('a'):rep(200000) while true do s:find('b', 1, true) end",
        "local s, p = ('a'):rep(260000), ('a'):rep(200000) .. 'b' while true do s:find(p, 1, true) end",
        "local s, p = ('a'):rep(260000), ('a'):rep(200) .. 'b' while true do s:find(p, 1, true) end",
        "local s, p = ('a'):rep(260000), ('a'):rep(200000) .. 'b' while true do s:find(p) end",
        "local s = ('a'):rep(200000) while true do s:gsub('a', 'b') end",
        "('x'):rep(50000):gsub('', function() while true do end end)",
        "('x'):rep(200000):gsub('x', ('%0'):rep(1000))",
        "('x'):rep(200000):gsub('x', {x = ('y'):rep(1000)})",
        "('x'):rep(200000):gsub('x', setmetatable({}, {__index = function() while true do end end}))",
        "while true do ('x'):rep(200000):gsub('(x)(x)(x)(x)', '%4%3%2%1') end",
        "local s = ('x'):rep(200000) while true do s:gsub('^y', '') s:gsub('$', '') end",
    ]

    /// Functions of `string` over long texts and many arguments.
    static let strings = [
        "while true do ('x'):rep(200000) end",
        "while true do local a, b, c = (''):rep(1e308), ('x'):rep(0), ('x'):rep(-1e9) end",
        "local s = ('x'):rep(260000) while true do s:upper() end",
        "local s = ('x'):rep(260000) while true do s:lower() end",
        "local s = ('x'):rep(260000) while true do s:reverse() end",
        "local s = ('x'):rep(260000) while true do s:sub(2) end",
        "local s = ('x'):rep(30000) while true do s:byte(1, -1) end",
        "local s = ('x'):rep(260000) while true do pcall(s.byte, s, 1, -1) end",
        "local s = ('x'):rep(30000) while true do select('#', s:byte(1, 30000)) end",
        "local s = ('x'):rep(8000) while true do string.char(s:byte(1, -1)) end",
        """
        local s = (' '):rep(260000) .. '65' local t = {} for i = 1, 7000 do t[i] = s end while true do
        string.char(unpack(t)) end
        """,
        """
        local s = (' '):rep(260000) .. '65' local t = {} for i = 1, 7000 do t[i] = s end while true do
        math.max(unpack(t)) end
        """,
        """
        local s = (' '):rep(260000) .. '65' local t = {} for i = 1, 7000 do t[i] = s end while true do
        string.format(('%d'):rep(7000), unpack(t)) end
        """,
        """
        local f, t = ('%.0s'):rep(7000), {} for i = 1, 7000 do t[i] = '' end while true do
        f:format(unpack(t)) end
        """,
        """
        local f, t = ('%99.99f'):rep(600), {} for i = 1, 600 do t[i] = 1e308 end while true do
        f:format(unpack(t)) end
        """,
        #"local s = ('"'):rep(100000) while true do ('%q'):format(s) end"#,
        "local f = ('%%'):rep(100000) while true do f:format() end",
        "local s = ('x'):rep(200000) while true do ('%s'):format(s) end",
        "local s = ('x'):rep(200000) while true do ('%.1s'):format(s) end",
    ]

    /// Texts that are read as numbers, by functions and by arithmetic.
    static let numbers = [
        "local s = ('1'):rep(260000) while true do tonumber(s) end",
        "local s = (' '):rep(260000) while true do tonumber(s) end",
        "local s = '0x' .. ('f'):rep(260000) while true do tonumber(s) end",
        "local s = ('z'):rep(260000) while true do tonumber(s, 36) end",
        "local s = (' '):rep(260000) while true do tonumber(s, 10) end",
        "local s = ('1'):rep(260000) while true do local n = s + 0 end",
        "local s = (' '):rep(260000) .. '1' while true do local n = -s end",
        "local s = '0x' .. ('f'):rep(260000) .. 'p-4' while true do local n = s * 1 end",
        "local s = ('1'):rep(250000) .. 'e-250000' while true do local n = s / 1 end",
        "local s = (' '):rep(260000) .. '1' while true do math.floor(s) end",
        "local s = (' '):rep(260000) .. '1' while true do ('abc'):sub(s, s) end",
        "local s = (' '):rep(260000) .. 'x' while true do pcall(math.floor, s) end",
        "local s = (' '):rep(260000) .. '1' while true do pcall(function() for i = s, s do end end) end",
    ]

    /// Comparisons of long strings, which are one instruction.
    static let comparisons = [
        "local a, b = ('x'):rep(260000) .. 'a', ('x'):rep(260000) .. 'b' while true do local c = a == b end",
        "local a, b = ('x'):rep(260000) .. 'a', ('x'):rep(260000) .. 'a' while true do local c = a ~= b end",
        "local a, b = ('x'):rep(260000) .. 'a', ('x'):rep(260000) .. 'b' while true do local c = a < b end",
        "local a = ('x'):rep(260000) while true do local c = a <= a end",
        #"local a, b = ('\0'):rep(260000) .. 'a', ('\0'):rep(260000) .. 'b' while true do local c = a < b end"#,
        "local z = string.char(0) local a = z:rep(260000) while true do local c = a < a end",
        "local z = ('%c'):format(0) local a = z:rep(260000) while true do local c = a < a end",
        #"local z = loadstring('return "\\' .. '0"')() local a = z:rep(260000) while true do local c = a < a end"#,
        "local a, b = ('x'):rep(260000) .. 'a', ('x'):rep(260000) .. 'b' while true do rawequal(a, b) end",
        "local a, t = ('x'):rep(260000), {} t[a .. 'a'] = 1 while true do local c = t[a .. 'a'] end",
        """
        local a, t = ('x'):rep(260000), {} for i = 65, 90 do t[a:sub(1, 100001) .. string.char(i) ..
        a:sub(1, 100000)] = i end local k = a:sub(1, 100001) .. '#' .. a:sub(1, 100000) while true do local
        c = t[k] end
        """,
        """
        local t = {} local a = ('x'):rep(4000) for i = 1, 300 do t[a:sub(1, 2001) .. string.char(i % 200 +
        50, i / 200 + 50) .. a] = i end local k = a:sub(1, 2001) .. '##' .. a while true do local c = t[k]
        end
        """,
    ]
}
