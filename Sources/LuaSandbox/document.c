// The document of an object in a flat form, and the tables that it becomes.
//
// A value is a byte that says what follows: 0 null, 1 false, 2 true, 3 eight bytes of a double, 4 a string, 5 a count
// and that many values, 6 a count and that many pairs of string and value. A count has four bytes, a string a count of
// bytes and those. All in the machine's byte order: the bytes never leave the process.
//
// Numbers are doubles, a null field is absent and a null element left out. Source: argo-cd `util/lua/lua.go`,
// `decodeValue`.

#include "sandbox.h"

#include <string.h>

typedef struct reader {
    const uint8_t *next;
    const uint8_t *end;
} reader;

static void take(lua_State *L, reader *source, void *target, size_t count) {
    if ((size_t)(source->end - source->next) < count) luaL_error(L, "the document is cut off");
    memcpy(target, source->next, count);
    source->next += count;
}

static uint32_t take_count(lua_State *L, reader *source) {
    uint32_t count;
    take(L, source, &count, sizeof count);
    return count;
}

/// Keeps what `price` needs of a text. Lua takes none for a number that has an `n` in it, as `nan` and `inf` have.
static void note_text(sandbox *limits, const char *text, size_t count) {
    if (memchr(text, 0, count) != NULL) limits->has_zero = true;
    size_t early = count < 1024 ? count : 1024;
    bool is_no_number = memchr(text, 'n', early) != NULL || memchr(text, 'N', early) != NULL;
    if (!is_no_number && count > limits->longest) limits->longest = count;
}

static void push_string(lua_State *L, reader *source) {
    uint32_t count = take_count(L, source);
    if ((size_t)(source->end - source->next) < count) luaL_error(L, "the document is cut off");
    const char *text = (const char *)source->next;
    note_text(sandbox_of(L), text, count);
    lua_pushlstring(L, text, count);
    source->next += count;
}

/// Pushes the next value. The depth of documents is limited where they are parsed.
static void push_value(lua_State *L, reader *source) {
    luaL_checkstack(L, 4, "the document is too deep");
    uint8_t kind;
    take(L, source, &kind, 1);
    switch (kind) {
    case 1:
    case 2: lua_pushboolean(L, kind == 2); break;
    case 3: {
        double number;
        take(L, source, &number, sizeof number);
        lua_pushnumber(L, number);
        break;
    }
    case 4: push_string(L, source); break;
    case 5: {
        uint32_t count = take_count(L, source);
        lua_createtable(L, (int)(count & 0xFFFFFF), 0);
        for (int place = 1; count > 0; count--) {
            push_value(L, source);
            if (lua_isnil(L, -1)) {
                lua_pop(L, 1);
            } else {
                lua_rawseti(L, -2, place++);
            }
        }
        break;
    }
    case 6: {
        uint32_t count = take_count(L, source);
        lua_createtable(L, 0, (int)(count & 0xFFFFFF));
        for (; count > 0; count--) {
            push_string(L, source);
            push_value(L, source);
            lua_rawset(L, -3);
        }
        break;
    }
    default: lua_pushnil(L);
    }
}

void push_document(lua_State *L, const uint8_t *bytes, size_t count) {
    reader source = {bytes, bytes + count};
    push_value(L, &source);
}
