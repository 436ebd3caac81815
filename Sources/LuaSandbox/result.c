// What a script returned, read as Argo CD reads it: the table becomes JSON, and the JSON a health status. So a table
// that JSON cannot say is an error wherever in it that is, and one whose fields have other types says nothing.
//
// Source: argo-cd `util/lua/lua.go`, `ExecuteHealthLua`; layeh.com/gopher-json; Go's `encoding/json`.

#include "sandbox.h"

#include <math.h>
#include <string.h>
#include <strings.h>

enum { DEPTH_MAX = 150 };

static void check(lua_State *L, int index, int visited, int depth);

/// A list has the keys from 1 to its length and no other.
static void check_list(lua_State *L, int index, int visited, int depth) {
    size_t length = lua_rawlen(L, index);
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, index) != 0; count++) {
        if (lua_type(L, -2) != LUA_TNUMBER) luaL_error(L, "cannot encode mixed or invalid key types");
        lua_Number key = lua_tonumber(L, -2);
        if (key < 1 || key > (lua_Number)length || key != floor(key)) luaL_error(L, "cannot encode sparse array");
        check(L, lua_gettop(L), visited, depth + 1);
        lua_pop(L, 1);
    }
    if (count != length) luaL_error(L, "cannot encode sparse array");
}

static void check_fields(lua_State *L, int index, int visited, int depth) {
    for (lua_pushnil(L); lua_next(L, index) != 0;) {
        if (lua_type(L, -2) != LUA_TSTRING) luaL_error(L, "cannot encode mixed or invalid key types");
        check(L, lua_gettop(L), visited, depth + 1);
        lua_pop(L, 1);
    }
}

/// Raises an error where JSON cannot say the value. A table may be there once only.
static void check(lua_State *L, int index, int visited, int depth) {
    charge(L, 4);
    luaL_checkstack(L, 8, "the result is too deep");
    switch (lua_type(L, index)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TSTRING: return;
    case LUA_TNUMBER: {
        lua_Number number = lua_tonumber(L, index);
        if (isnan(number)) luaL_error(L, "json: unsupported value: NaN");
        if (isinf(number)) luaL_error(L, "json: unsupported value: %s", number > 0 ? "+Inf" : "-Inf");
        return;
    }
    case LUA_TTABLE: break;
    default: luaL_error(L, "cannot encode %s to JSON", luaL_typename(L, index));
    }
    if (depth > DEPTH_MAX) luaL_error(L, "the result is too deep");
    lua_pushvalue(L, index);
    lua_rawget(L, visited);
    bool is_known = lua_toboolean(L, -1);
    lua_pop(L, 1);
    if (is_known) luaL_error(L, "cannot encode recursively nested tables to JSON");
    lua_pushvalue(L, index);
    lua_pushboolean(L, 1);
    lua_rawset(L, visited);
    lua_pushnil(L);
    if (lua_next(L, index) == 0) return;
    int first = lua_type(L, -2);
    lua_pop(L, 2);
    if (first == LUA_TNUMBER) {
        check_list(L, index, visited, depth);
    } else {
        check_fields(L, index, visited, depth);
    }
}

/// Pushes the field of that name in any case: of several, the last in the order of JSON. Pushes nil where none is.
static void push_field(lua_State *L, int index, const char *name) {
    lua_pushnil(L);
    int best = lua_gettop(L);
    const char *best_key = NULL;
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        const char *key = lua_tostring(L, -2);
        if (strcasecmp(key, name) != 0 || (best_key != NULL && strcmp(key, best_key) < 0)) continue;
        best_key = key;
        lua_pushvalue(L, -1);
        lua_replace(L, best);
    }
}

static lua_bytes text_at(lua_State *L, int index) {
    size_t count = 0;
    const char *text = lua_isnil(L, index) ? "" : lua_tolstring(L, index, &count);
    return bytes_copy(text, count);
}

static bool is_text(lua_State *L, int index) {
    return lua_isnil(L, index) || lua_type(L, index) == LUA_TSTRING;
}

void read_result(lua_State *L, lua_outcome *outcome) {
    int result = lua_gettop(L);
    if (lua_isnil(L, result)) {
        outcome->kind = LUA_OUTCOME_NOTHING;
        return;
    }
    if (!lua_istable(L, result)) luaL_error(L, "expect table output from Lua script, not %s", luaL_typename(L, result));
    luaL_checkstack(L, 8, "the result is too deep");
    lua_newtable(L);
    check(L, result, result + 1, 0);
    lua_pushnil(L);
    bool is_object = lua_next(L, result) != 0 && lua_type(L, -2) == LUA_TSTRING;
    lua_settop(L, result);
    outcome->kind = LUA_OUTCOME_NOTHING;
    if (!is_object) return;
    push_field(L, result, "status");
    push_field(L, result, "message");
    if (!is_text(L, result + 1) || !is_text(L, result + 2)) return;
    outcome->status = text_at(L, result + 1);
    outcome->message = text_at(L, result + 2);
    outcome->kind = LUA_OUTCOME_HEALTH;
}
