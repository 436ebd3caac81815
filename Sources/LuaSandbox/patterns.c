// Lua's patterns. Lua's own matcher can take a time that grows with any power of the text's length, and looks at no
// limit; this one counts each comparison. Source: Lua 5.1 reference manual, 5.4.1.

// memmem
#define _GNU_SOURCE

#include "sandbox.h"

#include <string.h>

enum { CAPTURES_MAX = 32, DEPTH_MAX = 200 };
enum { OPEN = -1, POSITION = -2 };
static const char ESCAPE = '%';

typedef struct matcher {
    lua_State *L;
    const char *text;
    const char *text_end;
    const char *pattern_end;
    int depth;
    int captures;
    struct {
        const char *start;
        /// Its bytes, `OPEN` or `POSITION`.
        ptrdiff_t count;
    } capture[CAPTURES_MAX];
} matcher;

// MARK: Single characters

static bool is_lower(int byte) { return byte >= 'a' && byte <= 'z'; }
static bool is_upper(int byte) { return byte >= 'A' && byte <= 'Z'; }
static bool is_digit(int byte) { return byte >= '0' && byte <= '9'; }
static bool is_visible(int byte) { return byte > 32 && byte < 127; }

static bool is_word(int byte) { return is_lower(byte) || is_upper(byte) || is_digit(byte); }

/// Whether a byte is of the class that a letter after `%` names; a capital names the others; else it is itself.
static bool is_in_class(int byte, int name) {
    bool result;
    switch (name | 32) {
    case 'a': result = is_lower(byte) || is_upper(byte); break;
    case 'c': result = byte < 32 || byte == 127; break;
    case 'd': result = is_digit(byte); break;
    case 'l': result = is_lower(byte); break;
    case 'p': result = is_visible(byte) && !is_word(byte); break;
    case 's': result = byte == ' ' || (byte >= 9 && byte <= 13); break;
    case 'u': result = is_upper(byte); break;
    case 'w': result = is_word(byte); break;
    case 'x': result = is_digit(byte) || ((byte | 32) >= 'a' && (byte | 32) <= 'f'); break;
    case 'z': result = byte == 0; break;
    default: return name == byte;
    }
    return is_upper(name) ? !result : result;
}

/// The end of the item that starts at `item`.
static const char *item_end(matcher *state, const char *item) {
    const char *start = item;
    char first = *item++;
    if (first == ESCAPE) {
        if (item == state->pattern_end) luaL_error(state->L, "malformed pattern (ends with '%%')");
        return item + 1;
    }
    if (first != '[') return item;
    if (item < state->pattern_end && *item == '^') item++;
    bool is_first = true;
    for (;; is_first = false) {
        if (item >= state->pattern_end) luaL_error(state->L, "malformed pattern (missing ']')");
        if (*item == ']' && !is_first) {
            charge(state->L, (item - start) / 8);
            return item + 1;
        }
        if (*item == ESCAPE) item++;
        item++;
    }
}

/// Whether a byte is of the set from `[` at `set` to `]` before `end`. Reads all of it where it is not.
static bool is_in_set(matcher *state, int byte, const char *set, const char *end) {
    charge(state->L, (end - set) / 8);
    bool wanted = true;
    set++;
    end--;
    if (*set == '^') {
        wanted = false;
        set++;
    }
    while (set < end) {
        if (*set == ESCAPE) {
            if (is_in_class(byte, (unsigned char)set[1])) return wanted;
            set += 2;
        } else if (set + 2 < end && set[1] == '-') {
            if ((unsigned char)set[0] <= byte && byte <= (unsigned char)set[2]) return wanted;
            set += 3;
        } else {
            if ((unsigned char)*set == byte) return wanted;
            set++;
        }
    }
    return !wanted;
}

static bool is_match(matcher *state, const char *text, const char *item, const char *end) {
    charge(state->L, 1);
    if (text >= state->text_end) return false;
    int byte = (unsigned char)*text;
    switch (*item) {
    case '.': return true;
    case '%': return is_in_class(byte, (unsigned char)item[1]);
    case '[': return is_in_set(state, byte, item, end);
    default: return (unsigned char)*item == byte;
    }
}

// MARK: Items

static const char *match(matcher *state, const char *text, const char *item);

static const char *match_balanced(matcher *state, const char *text, const char *marks) {
    if (marks + 1 >= state->pattern_end) luaL_error(state->L, "unbalanced pattern");
    if (text >= state->text_end || *text != marks[0]) return NULL;
    int open = 1;
    for (const char *next = text + 1; next < state->text_end; next++) {
        charge(state->L, 1);
        if (*next == marks[1]) {
            if (--open == 0) return next + 1;
        } else if (*next == marks[0]) {
            open++;
        }
    }
    return NULL;
}

static const char *match_many(matcher *state, const char *text, const char *item, const char *end, bool is_greedy) {
    if (!is_greedy) {
        for (;; text++) {
            const char *result = match(state, text, end + 1);
            if (result != NULL) return result;
            if (!is_match(state, text, item, end)) return NULL;
        }
    }
    ptrdiff_t count = 0;
    while (is_match(state, text + count, item, end)) count++;
    for (; count >= 0; count--) {
        const char *result = match(state, text + count, end + 1);
        if (result != NULL) return result;
    }
    return NULL;
}

static const char *start_capture(matcher *state, const char *text, const char *item, ptrdiff_t kind) {
    if (state->captures >= CAPTURES_MAX) luaL_error(state->L, "too many captures");
    state->capture[state->captures].start = text;
    state->capture[state->captures].count = kind;
    state->captures++;
    const char *result = match(state, text, item);
    if (result == NULL) state->captures--;
    return result;
}

static const char *end_capture(matcher *state, const char *text, const char *item) {
    int open = state->captures - 1;
    while (open >= 0 && state->capture[open].count != OPEN) open--;
    if (open < 0) luaL_error(state->L, "invalid pattern capture");
    state->capture[open].count = text - state->capture[open].start;
    const char *result = match(state, text, item);
    if (result == NULL) state->capture[open].count = OPEN;
    return result;
}

static const char *match_again(matcher *state, const char *text, int digit) {
    int index = digit - '1';
    if (index < 0 || index >= state->captures || state->capture[index].count == OPEN) {
        luaL_error(state->L, "invalid capture index");
    }
    if (state->capture[index].count == POSITION) return NULL;
    size_t count = (size_t)state->capture[index].count;
    charge(state->L, (int64_t)count);
    if ((size_t)(state->text_end - text) < count || memcmp(state->capture[index].start, text, count) != 0) return NULL;
    return text + count;
}

/// Whether the border that `%f` stands for lies before `text`.
static bool is_frontier(matcher *state, const char *text, const char *set, const char *end) {
    int before = text == state->text ? 0 : (unsigned char)text[-1];
    int after = text < state->text_end ? (unsigned char)*text : 0;
    return !is_in_set(state, before, set, end) && is_in_set(state, after, set, end);
}

static const char *match_items(matcher *state, const char *text, const char *item) {
    for (;;) {
        charge(state->L, 1);
        if (item == state->pattern_end) return text;
        if (*item == '(') {
            if (item + 1 < state->pattern_end && item[1] == ')') return start_capture(state, text, item + 2, POSITION);
            return start_capture(state, text, item + 1, OPEN);
        }
        if (*item == ')') return end_capture(state, text, item + 1);
        if (*item == '$' && item + 1 == state->pattern_end) return text == state->text_end ? text : NULL;
        if (*item == ESCAPE && item + 1 < state->pattern_end) {
            if (item[1] == 'b') {
                text = match_balanced(state, text, item + 2);
                if (text == NULL) return NULL;
                item += 4;
                continue;
            }
            if (item[1] == 'f') {
                item += 2;
                if (item >= state->pattern_end || *item != '[') {
                    luaL_error(state->L, "missing '[' after '%%f' in pattern");
                }
                const char *end = item_end(state, item);
                if (!is_frontier(state, text, item, end)) return NULL;
                item = end;
                continue;
            }
            if (is_digit((unsigned char)item[1])) {
                text = match_again(state, text, (unsigned char)item[1]);
                if (text == NULL) return NULL;
                item += 2;
                continue;
            }
        }
        const char *end = item_end(state, item);
        char suffix = end < state->pattern_end ? *end : 0;
        if (suffix == '*') return match_many(state, text, item, end, true);
        if (suffix == '-') return match_many(state, text, item, end, false);
        bool matches = is_match(state, text, item, end);
        if (suffix == '+') return matches ? match_many(state, text + 1, item, end, true) : NULL;
        if (suffix == '?') {
            const char *result = matches ? match(state, text + 1, end + 1) : NULL;
            if (result != NULL) return result;
            item = end + 1;
            continue;
        }
        if (!matches) return NULL;
        text++;
        item = end;
    }
}

/// The end of what the pattern from `item` on matches at `text`; NULL where it does not match there.
static const char *match(matcher *state, const char *text, const char *item) {
    if (++state->depth > DEPTH_MAX) luaL_error(state->L, "pattern too complex");
    const char *result = match_items(state, text, item);
    state->depth--;
    return result;
}

// MARK: Captures

static void push_capture(matcher *state, int index, const char *start, const char *end) {
    if (index >= state->captures) {
        if (index != 0) luaL_error(state->L, "invalid capture index");
        lua_pushlstring(state->L, start, (size_t)(end - start));
    } else if (state->capture[index].count == POSITION) {
        lua_pushinteger(state->L, state->capture[index].start - state->text + 1);
    } else {
        if (state->capture[index].count == OPEN) luaL_error(state->L, "unfinished capture");
        lua_pushlstring(state->L, state->capture[index].start, (size_t)state->capture[index].count);
    }
}

/// Pushes every capture; the whole match where there is none and `start` is given.
static int push_captures(matcher *state, const char *start, const char *end) {
    int count = state->captures == 0 && start != NULL ? 1 : state->captures;
    luaL_checkstack(state->L, count, "too many captures");
    for (int index = 0; index < count; index++) push_capture(state, index, start, end);
    return count;
}

static const char *match_at(matcher *state, const char *text, const char *pattern) {
    state->captures = 0;
    state->depth = 0;
    return match(state, text, pattern);
}

// MARK: Functions

static size_t first_place(lua_Integer place, size_t count) {
    if (place < 0) place += (lua_Integer)count + 1;
    if (place < 1) return 0;
    return (size_t)place - 1;
}

/// The first place of a text in another from `start` on, as in `find(…, true)`.
static int find_plain(lua_State *L, const char *text, size_t count, size_t start, const char *sought, size_t length) {
    const char *place = memmem(text + start, count - start, sought, length);
    size_t passed = place == NULL ? count - start : (size_t)(place - text) - start;
    charge(L, (int64_t)(passed + length) / 8 + 1);
    if (place == NULL) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, place - text + 1);
    lua_pushinteger(L, place - text + (lua_Integer)length);
    return 2;
}

/// Whether a text means itself as a pattern.
static bool is_plain(const char *pattern, size_t length) {
    for (size_t index = 0; index < length; index++) {
        if (pattern[index] != 0 && strchr("^$*+?.([%-", pattern[index]) != NULL) return false;
    }
    return true;
}

static int search(lua_State *L, bool is_find) {
    size_t count, length;
    const char *text = luaL_checklstring(L, 1, &count);
    const char *pattern = luaL_checklstring(L, 2, &length);
    size_t start = first_place(luaL_optinteger(L, 3, 1), count);
    if (start > count) start = count;
    charge(L, (int64_t)length / 8);
    if (is_find && (lua_toboolean(L, 4) || is_plain(pattern, length))) {
        return find_plain(L, text, count, start, pattern, length);
    }
    matcher state = {.L = L, .text = text, .text_end = text + count, .pattern_end = pattern + length};
    bool is_anchored = length > 0 && *pattern == '^';
    for (const char *place = text + start; place <= state.text_end; place++) {
        const char *end = match_at(&state, place, pattern + (is_anchored ? 1 : 0));
        if (end != NULL) {
            if (!is_find) return push_captures(&state, place, end);
            lua_pushinteger(L, place - text + 1);
            lua_pushinteger(L, end - text);
            return push_captures(&state, NULL, NULL) + 2;
        }
        if (is_anchored) break;
    }
    lua_pushnil(L);
    return 1;
}

static int find(lua_State *L) { return search(L, true); }
static int match_first(lua_State *L) { return search(L, false); }

static int next_match(lua_State *L) {
    size_t count, length;
    const char *text = lua_tolstring(L, lua_upvalueindex(1), &count);
    const char *pattern = lua_tolstring(L, lua_upvalueindex(2), &length);
    matcher state = {.L = L, .text = text, .text_end = text + count, .pattern_end = pattern + length};
    const char *place = text + (size_t)lua_tointeger(L, lua_upvalueindex(3));
    for (; place <= state.text_end; place++) {
        const char *end = match_at(&state, place, pattern);
        if (end == NULL) continue;
        lua_pushinteger(L, end - text + (end == place ? 1 : 0));
        lua_replace(L, lua_upvalueindex(3));
        return push_captures(&state, place, end);
    }
    return 0;
}

static int match_all(lua_State *L) {
    luaL_checkstring(L, 1);
    luaL_checkstring(L, 2);
    lua_settop(L, 2);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_match, 3);
    return 1;
}

/// Adds a replacement text, in which `%1` to `%9` stand for captures and `%0` for the whole match.
static void add_text(matcher *state, luaL_Buffer *result, const char *start, const char *end) {
    size_t count;
    const char *text = lua_tolstring(state->L, 3, &count);
    charge(state->L, (int64_t)count / 4);
    for (size_t index = 0; index < count; index++) {
        if (text[index] != ESCAPE) {
            luaL_addchar(result, text[index]);
            continue;
        }
        if (++index == count) break;
        if (!is_digit((unsigned char)text[index])) {
            luaL_addchar(result, text[index]);
        } else if (text[index] == '0') {
            luaL_addlstring(result, start, (size_t)(end - start));
        } else {
            push_capture(state, text[index] - '1', start, end);
            luaL_addvalue(result);
        }
    }
}

static void add_replacement(matcher *state, luaL_Buffer *result, const char *start, const char *end) {
    lua_State *L = state->L;
    switch (lua_type(L, 3)) {
    case LUA_TFUNCTION:
        lua_pushvalue(L, 3);
        lua_call(L, push_captures(state, start, end), 1);
        break;
    case LUA_TTABLE:
        push_capture(state, 0, start, end);
        charge(L, price(sandbox_of(L)));
        lua_gettable(L, 3);
        break;
    default: add_text(state, result, start, end); return;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        lua_pushlstring(L, start, (size_t)(end - start));
    } else if (!lua_isstring(L, -1)) {
        luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    }
    luaL_addvalue(result);
}

static int substitute(lua_State *L) {
    size_t count, length;
    const char *text = luaL_checklstring(L, 1, &count);
    const char *pattern = luaL_checklstring(L, 2, &length);
    int type = lua_type(L, 3);
    luaL_argcheck(
        L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE, 3,
        "string/function/table expected");
    lua_Integer limit = luaL_optinteger(L, 4, (lua_Integer)count + 1);
    bool is_anchored = length > 0 && *pattern == '^';
    matcher state = {.L = L, .text = text, .text_end = text + count, .pattern_end = pattern + length};
    luaL_Buffer result;
    luaL_buffinit(L, &result);
    lua_Integer found = 0;
    const char *place = text;
    while (found < limit) {
        const char *end = match_at(&state, place, pattern + (is_anchored ? 1 : 0));
        if (end != NULL) {
            found++;
            add_replacement(&state, &result, place, end);
        }
        if (end != NULL && end > place) {
            place = end;
        } else if (place < state.text_end) {
            luaL_addchar(&result, *place++);
        } else {
            break;
        }
        if (is_anchored) break;
    }
    luaL_addlstring(&result, place, (size_t)(state.text_end - place));
    luaL_pushresult(&result);
    lua_pushinteger(L, found);
    return 2;
}

void set_pattern_functions(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"find", find}, {"match", match_first}, {"gmatch", match_all}, {"gfind", match_all}, {"gsub", substitute},
        {NULL, NULL},
    };
    luaL_setfuncs(L, functions, 0);
}
