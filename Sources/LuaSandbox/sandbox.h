#pragma once

#include "lua_sandbox.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

/// The limits of one state and what was used of them: the user data of its allocator.
typedef struct sandbox {
    int64_t steps_left;
    size_t memory_used;
    size_t memory_max;
    size_t block_max;
    /// Once true no protected call of the script catches an error any more.
    bool is_over;
    bool reads_clock;
    int64_t now;
    /// State of `math.random`.
    uint64_t random;
} sandbox;

sandbox *sandbox_of(lua_State *L);

/// Counts work of a library function. Raises an error where the script has used up its steps.
void charge(lua_State *L, int64_t steps);

void remove_global(lua_State *L, const char *name);

/// `next` and `pairs`.
int next_entry(lua_State *L);
int all_pairs(lua_State *L);

/// `tostring`.
int to_text(lua_State *L);

/// In place of the function of Lua in the first upvalue: does what that does, as if it had been called itself.
int call_original(lua_State *L);

void open_base(lua_State *L);
void open_tables(lua_State *L);
void open_strings(lua_State *L);
void open_mathematics(lua_State *L);
/// `require`, which knows `os` and what is open; and `os` itself, where the libraries are open.
void open_clock(lua_State *L, bool is_global);

/// `find`, `match`, `gmatch` and `gsub` in the table on top of the stack.
void set_pattern_functions(lua_State *L);

/// Pushes the table that a document describes.
void push_document(lua_State *L, const uint8_t *bytes, size_t count);

/// Reads what a script returned, which is on top of the stack.
void read_result(lua_State *L, lua_outcome *outcome);

/// A copy of bytes on the heap.
lua_bytes bytes_copy(const char *bytes, size_t count);
