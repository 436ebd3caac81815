// `table`: Lua's own, but what could run long without an instruction pays in advance.

#include "sandbox.h"

static int64_t length(lua_State *L) {
    return lua_istable(L, 1) ? (int64_t)lua_rawlen(L, 1) : 0;
}

/// `insert` and `remove` move every element after the place, where one is given.
static int insert(lua_State *L) {
    charge(L, lua_gettop(L) > 2 ? length(L) / 8 : 0);
    return call_original(L);
}

static int take_out(lua_State *L) {
    charge(L, lua_gettop(L) > 1 ? length(L) / 8 : 0);
    return call_original(L);
}

/// Lua's quicksort takes n * n comparisons where somebody wants it to.
static int sort(lua_State *L) {
    int64_t count = length(L);
    charge(L, count + count * count / 64);
    return call_original(L);
}

static int concatenate(lua_State *L) {
    charge(L, length(L) / 4);
    return call_original(L);
}

/// `table.getn`, which Lua 5.1 has.
static int get_length(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 1));
    return 1;
}

static void wrap(lua_State *L, const char *name, lua_CFunction wrapper) {
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, wrapper, 1);
    lua_setfield(L, -2, name);
}

void open_tables(lua_State *L) {
    luaL_requiref(L, LUA_TABLIBNAME, luaopen_table, 1);
    wrap(L, "insert", insert);
    wrap(L, "remove", take_out);
    wrap(L, "sort", sort);
    wrap(L, "concat", concatenate);
    lua_getfield(L, -1, "unpack");
    lua_setglobal(L, "unpack");
    lua_pushcfunction(L, get_length);
    lua_setfield(L, -2, "getn");
    static const char *const removed[] = {"pack", "unpack"};
    for (size_t index = 0; index < sizeof removed / sizeof *removed; index++) {
        lua_pushnil(L);
        lua_setfield(L, -2, removed[index]);
    }
    lua_pop(L, 1);
}
