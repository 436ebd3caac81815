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

/// Lua's quicksort takes n * n comparisons where somebody wants it to, of strings that may be long.
static int sort(lua_State *L) {
    int64_t count = length(L);
    charge(L, count);
    size_t longest = 0;
    for (int64_t place = 1; place <= count; place++) {
        lua_rawgeti(L, 1, (int)place);
        if (lua_type(L, -1) == LUA_TSTRING && lua_rawlen(L, -1) > longest) longest = lua_rawlen(L, -1);
        lua_pop(L, 1);
    }
    charge(L, count * count / 64 * (int64_t)(1 + longest / (sandbox_of(L)->has_zero ? 2 : 256)));
    return call_original(L);
}

/// Elements from the argument at `first` to that after it, where they are given; else all.
static int64_t range(lua_State *L, int first) {
    lua_Number from = luaL_optnumber(L, first, 1);
    lua_Number to = lua_isnoneornil(L, first + 1) ? (lua_Number)length(L) : luaL_checknumber(L, first + 1);
    lua_Number count = to - from + 1;
    if (!(count > 0)) return 0;
    return count < 1e9 ? (int64_t)count : 1000000000;
}

/// Stops at the first element that is missing, so that no more than all is paid.
static int concatenate(lua_State *L) {
    int64_t count = range(L, 3), all = (int64_t)(sandbox_of(L)->largest_table + sandbox_of(L)->largest_list) / 16;
    charge(L, (count < all ? count : all) / 4);
    return call_original(L);
}

/// `unpack`, which refuses more than the stack holds.
static int unpack(lua_State *L) {
    int64_t count = range(L, 2);
    charge(L, count < LUAI_MAXSTACK ? count / 4 : 64);
    return call_original(L);
}

/// `table.maxn`, which goes through all entries.
static int largest_key(lua_State *L) {
    charge(L, (int64_t)(sandbox_of(L)->largest_table + sandbox_of(L)->largest_list) / 512);
    return call_original(L);
}

/// `table.getn`, which Lua 5.1 has.
static int get_length(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 1));
    return 1;
}

void open_tables(lua_State *L) {
    luaL_requiref(L, LUA_TABLIBNAME, luaopen_table, 1);
    wrap(L, "insert", insert);
    wrap(L, "remove", take_out);
    wrap(L, "sort", sort);
    wrap(L, "concat", concatenate);
    wrap(L, "unpack", unpack);
    wrap(L, "maxn", largest_key);
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
