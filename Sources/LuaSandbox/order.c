// `next` and `pairs` in an order that hangs on nothing but the keys: numbers, then texts by their bytes, then booleans.
//
// Lua's own order hangs on a seed that is another in each process, and gopher-lua's on the order in which keys came,
// which for an object of Argo CD is chance.

#include "sandbox.h"

#include <stdlib.h>
#include <string.h>

typedef struct entry_key {
    /// `LUA_TNUMBER`, `LUA_TSTRING` or `LUA_TBOOLEAN`.
    int type;
    lua_Number number;
    const char *text;
    size_t count;
} entry_key;

static int rank(int type) { return type == LUA_TNUMBER ? 0 : type == LUA_TSTRING ? 1 : 2; }

static int compare(const void *left_key, const void *right_key) {
    const entry_key *left = left_key, *right = right_key;
    if (left->type != right->type) return rank(left->type) - rank(right->type);
    if (left->type != LUA_TSTRING) return left->number < right->number ? -1 : left->number > right->number;
    size_t common = left->count < right->count ? left->count : right->count;
    int order = memcmp(left->text, right->text, common);
    if (order != 0) return order;
    return left->count < right->count ? -1 : left->count > right->count;
}

/// The key at an index. Raises an error where nothing but its address could order it.
static entry_key key_at(lua_State *L, int index) {
    entry_key key = {.type = lua_type(L, index)};
    switch (key.type) {
    case LUA_TNUMBER: key.number = lua_tonumber(L, index); break;
    case LUA_TBOOLEAN: key.number = lua_toboolean(L, index); break;
    case LUA_TSTRING:
        key.text = lua_tolstring(L, index, &key.count);
        charge(L, (int64_t)(key.count / 1024));
        break;
    default: luaL_error(L, "keys that are tables or functions have no order");
    }
    return key;
}

static void push_key(lua_State *L, const entry_key *key) {
    switch (key->type) {
    case LUA_TNUMBER: lua_pushnumber(L, key->number); break;
    case LUA_TBOOLEAN: lua_pushboolean(L, key->number != 0); break;
    default: lua_pushlstring(L, key->text, key->count);
    }
}

/// `next`: the least key beyond the one that is given. Looks at all of them, and pays for it.
int next_entry(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    bool is_first = lua_isnil(L, 2);
    entry_key last = {.type = LUA_TNIL}, best = {.type = LUA_TNIL};
    if (!is_first) last = key_at(L, 2);
    int64_t count = 0;
    for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1), count++) {
        entry_key key = key_at(L, -2);
        if (!is_first && compare(&key, &last) <= 0) continue;
        if (best.type == LUA_TNIL || compare(&key, &best) < 0) best = key;
    }
    charge(L, count / 8);
    if (best.type == LUA_TNIL) {
        lua_pushnil(L);
        return 1;
    }
    charge(L, price(sandbox_of(L)));
    push_key(L, &best);
    lua_pushvalue(L, -1);
    lua_rawget(L, 1);
    return 2;
}

/// The upvalues are the keys in their order and how many of them were passed.
static int next_of_keys(lua_State *L) {
    lua_Integer place = lua_tointeger(L, lua_upvalueindex(2));
    for (;;) {
        lua_rawgeti(L, lua_upvalueindex(1), (int)++place);
        if (lua_isnil(L, -1)) return 1;
        lua_pushvalue(L, -1);
        charge(L, price(sandbox_of(L)));
        lua_rawget(L, 1);
        // An entry that was taken out since is passed over.
        if (!lua_isnil(L, -1)) break;
        lua_pop(L, 2);
    }
    lua_pushinteger(L, place);
    lua_replace(L, lua_upvalueindex(2));
    return 2;
}

/// `pairs`: the keys that are there now.
int all_pairs(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    int count = 0;
    for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1)) count++;
    charge(L, (int64_t)count * 2);
    entry_key *keys = lua_newuserdata(L, (size_t)(count > 0 ? count : 1) * sizeof *keys);
    int index = 0;
    for (lua_pushnil(L); lua_next(L, 1) != 0 && index < count; lua_pop(L, 1)) keys[index++] = key_at(L, -2);
    qsort(keys, (size_t)count, sizeof *keys, compare);
    lua_createtable(L, count, 0);
    for (index = 0; index < count; index++) {
        push_key(L, &keys[index]);
        lua_rawseti(L, -2, index + 1);
    }
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_of_keys, 2);
    lua_pushvalue(L, 1);
    return 2;
}
