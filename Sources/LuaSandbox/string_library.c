// `string` and `math`, where a script has them: Lua's own, but for what could run long without an instruction, and for
// what chance or the process decides.

#include "sandbox.h"

#include <math.h>
#include <string.h>

/// `string.rep`, with the work it is.
static int repeat(lua_State *L) {
    size_t count;
    const char *text = luaL_checklstring(L, 1, &count);
    lua_Number times = luaL_checknumber(L, 2);
    if (!(times > 0) || count == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if (times * (lua_Number)count > (lua_Number)sandbox_of(L)->block_max) {
        return luaL_error(L, "resulting string too large");
    }
    charge(L, (int64_t)(times * (lua_Number)count / 16) + (int64_t)times / 4);
    luaL_Buffer result;
    luaL_buffinit(L, &result);
    for (int64_t left = (int64_t)times; left > 0; left--) luaL_addlstring(&result, text, count);
    luaL_pushresult(&result);
    return 1;
}

/// What reading all arguments from `first` on may take: texts stand for numbers, too.
static void charge_arguments(lua_State *L, int first) {
    int count = lua_gettop(L);
    charge(L, (int64_t)count);
    for (int index = first; index <= count; index++) {
        if (lua_type(L, index) == LUA_TSTRING) charge(L, (int64_t)(lua_rawlen(L, index) / 16));
    }
}

/// Notes whether a string that was made of numbers has a zero byte.
static int noting_zero(lua_State *L, int results) {
    size_t count;
    const char *text = results > 0 ? lua_tolstring(L, -1, &count) : NULL;
    if (text != NULL && memchr(text, 0, count) != NULL) sandbox_of(L)->has_zero = true;
    return results;
}

/// `string.format`, in which tables and functions have the texts of `tostring`.
static int format(lua_State *L) {
    if (lua_type(L, 1) == LUA_TSTRING) charge(L, (int64_t)lua_rawlen(L, 1));
    charge_arguments(L, 2);
    charge(L, 8 * (int64_t)lua_gettop(L));
    for (int index = 2; index <= lua_gettop(L); index++) {
        int type = lua_type(L, index);
        if (type == LUA_TNIL || type == LUA_TBOOLEAN || type == LUA_TNUMBER || type == LUA_TSTRING) continue;
        lua_pushcfunction(L, to_text);
        lua_pushvalue(L, index);
        lua_call(L, 1, 1);
        lua_replace(L, index);
    }
    return noting_zero(L, call_original(L));
}

static int characters(lua_State *L) {
    charge_arguments(L, 1);
    return noting_zero(L, call_original(L));
}

/// A place in a text of so many bytes, from its end where it is negative.
static lua_Number place_in(lua_Number place, size_t count) {
    return place < 0 ? place + (lua_Number)count + 1 : place;
}

/// `string.byte`, with a result for each byte.
static int bytes(lua_State *L) {
    size_t count;
    luaL_checklstring(L, 1, &count);
    lua_Number first = place_in(luaL_optnumber(L, 2, 1), count);
    lua_Number last = place_in(luaL_optnumber(L, 3, first), count);
    if (first < 1) first = 1;
    if (last > (lua_Number)count) last = (lua_Number)count;
    charge(L, last > first ? (int64_t)(last - first) / 4 : 0);
    return call_original(L);
}

void open_strings(lua_State *L) {
    luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 1);
    lua_pushcfunction(L, repeat);
    lua_setfield(L, -2, "rep");
    wrap(L, "format", format);
    wrap(L, "char", characters);
    wrap(L, "byte", bytes);
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
    set_pattern_functions(L);
    lua_pop(L, 1);
}

/// `math.random`: xorshift with a state of the script's own, so that it draws the same in every run.
static int draw(lua_State *L) {
    uint64_t state = sandbox_of(L)->random;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    sandbox_of(L)->random = state;
    lua_Number drawn = (lua_Number)(state >> 11) / 9007199254740992.0;
    if (lua_gettop(L) == 0) {
        lua_pushnumber(L, drawn);
        return 1;
    }
    lua_Number low = lua_gettop(L) > 1 ? luaL_checknumber(L, 1) : 1;
    lua_Number high = luaL_checknumber(L, lua_gettop(L) > 1 ? 2 : 1);
    luaL_argcheck(L, low <= high, lua_gettop(L) > 1 ? 2 : 1, "interval is empty");
    lua_pushnumber(L, floor(drawn * (high - low + 1)) + low);
    return 1;
}

static int seed(lua_State *L) {
    uint64_t number = (uint64_t)(int64_t)luaL_checknumber(L, 1);
    sandbox_of(L)->random = number == 0 ? 1 : number;
    return 0;
}

/// `math.max` and `math.min`.
static int extreme(lua_State *L) {
    charge_arguments(L, 1);
    return call_original(L);
}

/// `math.fmod`, which takes a step for each bit between its arguments.
static int remainder_of(lua_State *L) {
    charge(L, 16);
    return call_original(L);
}

void open_mathematics(lua_State *L) {
    luaL_requiref(L, LUA_MATHLIBNAME, luaopen_math, 1);
    static const luaL_Reg functions[] = {{"random", draw}, {"randomseed", seed}, {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
    wrap(L, "max", extreme);
    wrap(L, "min", extreme);
    wrap(L, "fmod", remainder_of);
    wrap(L, "mod", remainder_of);
    lua_pop(L, 1);
}
