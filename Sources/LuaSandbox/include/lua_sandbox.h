#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What a script may use up. Everything is counted, nothing is measured by a clock, so that a script ends in the same
/// way on every machine.
typedef struct lua_limits {
    /// Instructions, and work of library functions in units of about one instruction. Where there are long strings or
    /// large tables an instruction counts for as many as it may cost.
    int64_t steps_max;
    /// Bytes beyond those of the document.
    size_t memory_max;
    /// Bytes of one string or one growth of a table.
    size_t block_max;
} lua_limits;

/// Bytes that the caller frees with `lua_bytes_free`.
typedef struct lua_bytes {
    uint8_t *bytes;
    size_t count;
} lua_bytes;

/// What running a script came to.
typedef enum __attribute__((enum_extensibility(closed))) lua_outcome_kind : uint8_t {
    /// It returned nothing, or a table that says nothing of health.
    LUA_OUTCOME_NOTHING = 0,
    /// It returned `status`, which may be any text, and `message`.
    LUA_OUTCOME_HEALTH = 1,
    /// It failed: `message` says why.
    LUA_OUTCOME_ERROR = 2,
} lua_outcome_kind;

typedef struct lua_outcome {
    lua_outcome_kind kind;
    /// Whether it asked for the time, so that another time may have another outcome.
    bool reads_clock;
    lua_bytes status;
    lua_bytes message;
    /// What it used of `steps_max`.
    int64_t steps;
} lua_outcome;

/// What a run is given.
typedef struct lua_input {
    /// Of `lua_compile`, and of nothing else: bytes made otherwise can break the process.
    const uint8_t *code;
    size_t code_count;
    /// The global `obj`, as `document.c` says.
    const uint8_t *document;
    size_t document_count;
    /// Whether `string`, `math` and `os` are there.
    bool has_open_libraries;
    /// What the clock shows, in seconds since 1970.
    int64_t now;
} lua_input;

/// Compiles the text of a script. True: `code` is the code; false: `problem` is the message, which starts with
/// `<string>:LINE: `.
bool lua_compile(const uint8_t *text, size_t count, const lua_limits *limits, lua_bytes *code, lua_bytes *problem);

/// Runs a script in a state of its own that is gone afterwards.
void lua_run(const lua_input *input, const lua_limits *limits, lua_outcome *outcome);

void lua_bytes_free(lua_bytes *bytes);
