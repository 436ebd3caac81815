// The basic functions: those of Lua that do no harm, and others in place of those that would read files, run code that
// was not checked, catch the end of the script, or show addresses of memory.
//
// gopher-lua, which Argo CD uses, has no coroutines without its open libraries; here they are missing altogether. What
// Lua 5.1 has and 5.2 has not (`unpack`, `loadstring`, `table.getn`) is there.

#include "sandbox.h"

#include <string.h>

/// `pcall`, which does not catch the end of the script.
static int protected_call(lua_State *L) {
    luaL_checkany(L, 1);
    int status = lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0);
    if (status == LUA_ERRMEM) sandbox_of(L)->is_over = true;
    if (sandbox_of(L)->is_over) return lua_error(L);
    lua_pushboolean(L, status == 0);
    lua_insert(L, 1);
    return lua_gettop(L);
}

/// `xpcall`. The handler is called after the failure and not within it, where no instruction would be counted.
static int protected_call_with_handler(lua_State *L) {
    luaL_checkany(L, 2);
    lua_settop(L, 2);
    lua_insert(L, 1);
    int status = lua_pcall(L, 0, LUA_MULTRET, 0);
    if (status == LUA_ERRMEM) sandbox_of(L)->is_over = true;
    if (sandbox_of(L)->is_over) return lua_error(L);
    if (status != 0) {
        lua_call(L, 1, 1);
        lua_pushboolean(L, 0);
        lua_insert(L, 1);
    } else {
        lua_pushboolean(L, 1);
        lua_replace(L, 1);
    }
    return lua_gettop(L);
}

/// `tostring`. What has no text of its own is named by its type: its address would be another in every run.
int to_text(lua_State *L) {
    luaL_checkany(L, 1);
    if (luaL_callmeta(L, 1, "__tostring")) return 1;
    switch (lua_type(L, 1)) {
    case LUA_TNUMBER: lua_pushstring(L, lua_tostring(L, 1)); break;
    case LUA_TSTRING: lua_pushvalue(L, 1); break;
    case LUA_TBOOLEAN: lua_pushstring(L, lua_toboolean(L, 1) ? "true" : "false"); break;
    case LUA_TNIL: lua_pushliteral(L, "nil"); break;
    default: lua_pushfstring(L, "%s: 0x0", luaL_typename(L, 1));
    }
    return 1;
}

static int do_nothing(lua_State *L) {
    (void)L;
    return 0;
}

/// `loadstring` of text: compiled code is never loaded from a script.
static int load_text(lua_State *L) {
    size_t count;
    const char *text = luaL_checklstring(L, 1, &count);
    charge(L, 64 + (int64_t)count);
    if (may_write_zero(text, count)) sandbox_of(L)->has_zero = true;
    if (luaL_loadbufferx(L, text, count, "=<string>", "t") == LUA_OK) return 1;
    lua_pushnil(L);
    lua_insert(L, -2);
    return 2;
}

/// `setmetatable`, without the finalizer that a table may have since Lua 5.2: no instruction of it would be counted.
static int set_metatable(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argcheck(L, lua_isnoneornil(L, 2) || lua_istable(L, 2), 2, "nil or table expected");
    lua_settop(L, 2);
    if (luaL_getmetafield(L, 1, "__metatable")) return luaL_error(L, "cannot change a protected metatable");
    if (lua_istable(L, 2)) {
        lua_pushliteral(L, "__gc");
        lua_pushnil(L);
        lua_rawset(L, 2);
    }
    lua_setmetatable(L, 1);
    return 1;
}

/// `tonumber`, which reads the whole of a text.
static int to_number(lua_State *L) {
    charge(L, lua_type(L, 1) == LUA_TSTRING ? (int64_t)lua_rawlen(L, 1) / 16 : 0);
    return call_original(L);
}

/// `select`, which hands on what it is given.
static int choose(lua_State *L) {
    charge(L, lua_gettop(L) / 16);
    return call_original(L);
}

static const luaL_Reg BASE_FUNCTIONS[] = {
    {"pcall", protected_call}, {"xpcall", protected_call_with_handler}, {"tostring", to_text}, {"print", do_nothing},
    {"collectgarbage", do_nothing}, {"loadstring", load_text}, {"setmetatable", set_metatable}, {"next", next_entry},
    {"pairs", all_pairs}, {NULL, NULL},
};

void open_base(lua_State *L) {
    luaL_requiref(L, "_G", luaopen_base, 1);
    static const char *const removed[] = {"dofile", "loadfile", "load", "rawlen"};
    for (size_t index = 0; index < sizeof removed / sizeof *removed; index++) remove_global(L, removed[index]);
    luaL_setfuncs(L, BASE_FUNCTIONS, 0);
    wrap(L, "tonumber", to_number);
    wrap(L, "select", choose);
    lua_pop(L, 1);
}
