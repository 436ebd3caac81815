// One state for each run: allocator with a limit, a hook that counts instructions, and everything within a protected
// call, so that no error of Lua ever leaves C.
//
// What an instruction costs hangs on what is there. `a == b`, `a < b` and `a + 1` read whole strings, `t[k]` all entries
// whose keys have one hash, `f(...)` the whole stack, and no hook sees how much. So an instruction is worth what it could
// cost at most, as far as the allocator tells: `price`. Scripts without long strings and large tables pay 1.
//
// Nothing is collected while a script runs: what it may allocate in all its steps fits into its memory. So no time goes
// into collecting, which weak tables could make long, and none of it hangs on when.

#include "sandbox.h"

#include <stdlib.h>
#include <string.h>

/// Instructions between two looks at the limit.
enum { HOOK_PERIOD = 100 };
/// Bytes that count as one step where they are allocated.
enum { BYTES_PER_STEP = 64 };
/// Bytes of a string of Lua 5.2 beside its own.
enum { STRING_OVERHEAD = 25 };
/// Strings up to here are there once; of those from 32 on the hash passes over bytes.
enum { SHORT_STRING_MAX = 40, SIMILAR_STRING_MIN = 32 };
static const char TIMEOUT[] = "context deadline exceeded";

sandbox *sandbox_of(lua_State *L) {
    void *limits;
    lua_getallocf(L, &limits);
    return limits;
}

/// Keeps what `price` needs of a block that was allocated. `tag` is the type of what is new, and 0 for a plain block.
static void note_block(sandbox *limits, bool is_new, size_t tag, size_t size) {
    if (is_new && tag == LUA_TSTRING) {
        size_t length = size > STRING_OVERHEAD ? size - STRING_OVERHEAD : 0;
        if (length > SHORT_STRING_MAX) {
            limits->long_bytes += length;
            if (!limits->reads_document && length > limits->longest) limits->longest = length;
        } else if (length >= SIMILAR_STRING_MIN) {
            limits->similar++;
        }
    } else if (is_new && tag == 0) {
        if (size > limits->largest_table) limits->largest_table = size;
    } else if (!is_new && size > limits->largest_list) {
        limits->largest_list = size;
    }
}

int64_t price(const sandbox *limits) {
    // Some 0.1 ns a byte to compare strings, 1 to read a number, 10 to compare zero bytes; 3 ns for an entry of 40 bytes,
    // of which one look may visit a hundred tables; 1 ns for a value of 16 bytes; 15 ns for a string of the same hash.
    return 1 + (int64_t)(
        limits->long_bytes / 4096 + limits->longest / (limits->has_zero ? 16 : 128) + limits->largest_table / 4096
        + limits->largest_list / 65536 + limits->similar / 32);
}

static void *allocate(void *user, void *block, size_t old_size, size_t new_size) {
    sandbox *limits = user;
    if (new_size == 0) {
        limits->memory_used -= old_size;
        free(block);
        return NULL;
    }
    if (block == NULL || new_size > old_size) {
        size_t growth = block == NULL ? new_size : new_size - old_size;
        if (growth > limits->block_max || growth > limits->memory_max - limits->memory_used) return NULL;
        limits->steps_left -= (int64_t)(growth / BYTES_PER_STEP);
    }
    void *result = realloc(block, new_size);
    if (result == NULL) return NULL;
    // Of what is new, the old size is its type.
    limits->memory_used = limits->memory_used - (block == NULL ? 0 : old_size) + new_size;
    note_block(limits, block == NULL, old_size, new_size);
    return result;
}

static void count_steps(lua_State *L, lua_Debug *activation) {
    sandbox *limits = sandbox_of(L);
    if (!limits->is_over) limits->steps_left -= HOOK_PERIOD * price(limits);
    if (limits->steps_left > 0) return;
    limits->is_over = true;
    lua_sethook(L, count_steps, LUA_MASKCOUNT, 1);
    lua_getinfo(L, "Sl", activation);
    lua_pushfstring(L, "%s:%d: %s", activation->short_src, activation->currentline, TIMEOUT);
    lua_error(L);
}

void charge(lua_State *L, int64_t steps) {
    sandbox *limits = sandbox_of(L);
    limits->steps_left -= steps;
    if (limits->steps_left > 0) return;
    limits->is_over = true;
    luaL_error(L, TIMEOUT);
}

void remove_global(lua_State *L, const char *name) {
    lua_pushnil(L);
    lua_setglobal(L, name);
}

bool may_write_zero(const char *text, size_t count) {
    for (size_t index = 0; index < count; index++) {
        if (text[index] == 0) return true;
        if (text[index] != '\\' || ++index == count) continue;
        if (text[index] == 'x' || (text[index] >= '0' && text[index] <= '9')) return true;
    }
    return false;
}

void wrap(lua_State *L, const char *name, lua_CFunction wrapper) {
    lua_getfield(L, -1, name);
    if (lua_iscfunction(L, -1)) {
        lua_pushcclosure(L, wrapper, 1);
        lua_setfield(L, -2, name);
    } else {
        lua_pop(L, 1);
    }
}

int call_original(lua_State *L) { return lua_tocfunction(L, lua_upvalueindex(1))(L); }

lua_bytes bytes_copy(const char *bytes, size_t count) {
    lua_bytes copy = {malloc(count > 0 ? count : 1), count};
    if (copy.bytes == NULL) {
        copy.count = 0;
    } else if (count > 0) {
        memcpy(copy.bytes, bytes, count);
    }
    return copy;
}

void lua_bytes_free(lua_bytes *bytes) {
    free(bytes->bytes);
    *bytes = (lua_bytes){NULL, 0};
}

/// The text of the error on top of the stack.
static lua_bytes error_text(lua_State *L) {
    if (lua_type(L, -1) == LUA_TSTRING) {
        size_t count;
        const char *text = lua_tolstring(L, -1, &count);
        return bytes_copy(text, count);
    }
    const char *type = luaL_typename(L, -1);
    return bytes_copy(type, strlen(type));
}

static sandbox limited(const lua_limits *limits) {
    // What is made before the script starts, the document above all, does not count.
    return (sandbox){
        .steps_left = INT64_MAX, .memory_max = SIZE_MAX / 2, .block_max = limits->block_max, .random = 1,
    };
}

/// Whether a function ended without an error; else the error is on top of the stack. Neither push can fail.
static bool call_protected(lua_State *L, lua_CFunction function, void *work) {
    lua_pushcfunction(L, function);
    lua_pushlightuserdata(L, work);
    return lua_pcall(L, 1, 0, 0) == LUA_OK;
}

// MARK: Compiling

typedef struct compilation {
    const uint8_t *text;
    size_t count;
    lua_bytes code;
} compilation;

static int append_code(lua_State *L, const void *part, size_t count, void *user) {
    (void)L;
    lua_bytes *code = user;
    uint8_t *longer = realloc(code->bytes, code->count + count);
    if (longer == NULL) return 1;
    memcpy(longer + code->count, part, count);
    *code = (lua_bytes){longer, code->count + count};
    return 0;
}

static int compile_protected(lua_State *L) {
    compilation *work = lua_touserdata(L, 1);
    if (luaL_loadbufferx(L, (const char *)work->text, work->count, "=<string>", "t") != LUA_OK) return lua_error(L);
    // The first byte says whether the script may make zero bytes.
    uint8_t has_zero = may_write_zero((const char *)work->text, work->count);
    if (append_code(L, &has_zero, 1, &work->code) != 0 || lua_dump(L, append_code, &work->code) != 0) {
        return luaL_error(L, "not enough memory");
    }
    return 0;
}

bool lua_compile(const uint8_t *text, size_t count, const lua_limits *limits, lua_bytes *code, lua_bytes *problem) {
    sandbox counted = limited(limits);
    counted.memory_max = limits->memory_max;
    lua_State *L = lua_newstate(allocate, &counted);
    if (L == NULL) {
        *problem = bytes_copy("not enough memory", strlen("not enough memory"));
        return false;
    }
    compilation work = {text, count, {NULL, 0}};
    bool is_compiled = call_protected(L, compile_protected, &work);
    if (is_compiled) {
        *code = work.code;
    } else {
        *problem = error_text(L);
        free(work.code.bytes);
    }
    lua_close(L);
    return is_compiled;
}

// MARK: Running

typedef struct execution {
    const lua_input *input;
    const lua_limits *limits;
    lua_outcome *outcome;
} execution;

static void open_libraries(lua_State *L, bool all) {
    open_base(L);
    open_tables(L);
    if (all) {
        open_strings(L);
        open_mathematics(L);
    }
    open_clock(L, all);
    lua_settop(L, 0);
}

static int run_protected(lua_State *L) {
    execution *work = lua_touserdata(L, 1);
    sandbox *counted = sandbox_of(L);
    lua_gc(L, LUA_GCSTOP, 0);
    open_libraries(L, work->input->has_open_libraries);
    counted->reads_document = true;
    push_document(L, work->input->document, work->input->document_count);
    counted->reads_document = false;
    lua_setglobal(L, "obj");
    if (work->input->code_count == 0) return luaL_error(L, "no code");
    const char *code = (const char *)work->input->code;
    if (code[0] != 0) counted->has_zero = true;
    if (luaL_loadbufferx(L, code + 1, work->input->code_count - 1, "=<string>", "b") != LUA_OK) return lua_error(L);
    counted->memory_max = counted->memory_used + work->limits->memory_max;
    counted->block_max = work->limits->block_max;
    counted->steps_left = work->limits->steps_max;
    lua_sethook(L, count_steps, LUA_MASKCOUNT, HOOK_PERIOD);
    lua_call(L, 0, LUA_MULTRET);
    lua_sethook(L, NULL, 0, 0);
    if (lua_gettop(L) == 0) {
        work->outcome->kind = LUA_OUTCOME_NOTHING;
    } else {
        read_result(L, work->outcome);
    }
    return 0;
}

void lua_run(const lua_input *input, const lua_limits *limits, lua_outcome *outcome) {
    *outcome = (lua_outcome){.kind = LUA_OUTCOME_ERROR};
    sandbox counted = limited(limits);
    counted.block_max = SIZE_MAX / 2;
    counted.now = input->now;
    lua_State *L = lua_newstate(allocate, &counted);
    if (L == NULL) {
        outcome->message = bytes_copy("not enough memory", strlen("not enough memory"));
        return;
    }
    execution work = {input, limits, outcome};
    if (!call_protected(L, run_protected, &work)) {
        lua_bytes_free(&outcome->status);
        lua_bytes_free(&outcome->message);
        outcome->kind = LUA_OUTCOME_ERROR;
        outcome->message = error_text(L);
    }
    outcome->reads_clock = counted.reads_clock;
    outcome->steps = counted.steps_left < limits->steps_max ? limits->steps_max - counted.steps_left : 0;
    lua_close(L);
}
