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
    /// While the document becomes tables, whose texts are known.
    bool reads_document;
    /// Whether a string may hold a zero byte: Lua compares such strings piece by piece.
    bool has_zero;
    /// Bytes of all strings of more than 40 bytes that were made.
    size_t long_bytes;
    /// Bytes of the longest string, but for those of the document that show early that they are no number.
    size_t longest;
    /// Strings of 32 to 40 bytes that were made: Lua's hash passes over every other byte of theirs.
    size_t similar;
    /// Bytes of the largest block of table entries.
    size_t largest_table;
    /// Bytes of the largest block that has grown: stack, list, table of strings.
    size_t largest_list;
    int64_t now;
    /// State of `math.random`.
    uint64_t random;
} sandbox;

sandbox *sandbox_of(lua_State *L);

/// Counts work of a library function. Raises an error where the script has used up its steps.
void charge(lua_State *L, int64_t steps);

/// Steps that one instruction, or one look into a table by a library function, may be worth now. `sandbox.c` says why.
int64_t price(const sandbox *limits);

/// Puts a function of C in the place of one of Lua's in the table on top of the stack; it finds that in its first upvalue.
void wrap(lua_State *L, const char *name, lua_CFunction wrapper);

/// Whether the text of a script may make a zero byte.
bool may_write_zero(const char *text, size_t count);

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
