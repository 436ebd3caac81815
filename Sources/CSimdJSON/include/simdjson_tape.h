#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a token is. A document is a run of tokens in source order: a container is followed by its children, an
/// object's children are key, value, key, value.
typedef enum __attribute__((enum_extensibility(closed))) document_token_kind : uint8_t {
    DOCUMENT_TOKEN_NULL = 0,
    DOCUMENT_TOKEN_FALSE = 1,
    DOCUMENT_TOKEN_TRUE = 2,
    DOCUMENT_TOKEN_INTEGER = 3,
    DOCUMENT_TOKEN_DOUBLE = 4,
    DOCUMENT_TOKEN_STRING = 5,
    DOCUMENT_TOKEN_ARRAY = 6,
    DOCUMENT_TOKEN_OBJECT = 7,
    /// YAML only: stands for the subtree at the token whose index is `payload`.
    DOCUMENT_TOKEN_ALIAS = 8,
} document_token_kind;

/// One token with the bytes of the source that it was read from.
///
/// `payload` is the integer, the bits of the double, the number of children of a container (fields of an object),
/// or for a string its first byte in the upper and its length in the lower 32 bits; `text_is_decoded` tells
/// whether those count in the buffer of decoded text or in the source.
typedef struct document_token {
    document_token_kind kind;
    /// For a string: 1 where `payload` counts in the buffer of decoded text.
    uint8_t text_is_decoded;
    /// Bits owned by the reader; the tokenizers leave 0.
    uint16_t marks;
    /// First byte of the source text.
    uint32_t start;
    /// Byte after the source text.
    uint32_t end;
    /// Index of the token after this one's subtree.
    uint32_t next;
    uint64_t payload;
} document_token;

/// Why a JSON document was refused.
typedef enum __attribute__((enum_extensibility(closed))) json_problem_kind : uint8_t {
    JSON_PROBLEM_INVALID_UTF8 = 0,
    JSON_PROBLEM_UNCLOSED_STRING = 1,
    JSON_PROBLEM_CONTROL_CHARACTER = 2,
    JSON_PROBLEM_ESCAPE = 3,
    JSON_PROBLEM_NUMBER = 4,
    JSON_PROBLEM_NUMBER_RANGE = 5,
    JSON_PROBLEM_LITERAL = 6,
    JSON_PROBLEM_EXPECTED_VALUE = 7,
    JSON_PROBLEM_EXPECTED_KEY = 8,
    JSON_PROBLEM_EXPECTED_COLON = 9,
    JSON_PROBLEM_EXPECTED_COMMA = 10,
    JSON_PROBLEM_TRUNCATED = 11,
    JSON_PROBLEM_DEPTH = 12,
    JSON_PROBLEM_TOKEN_COUNT = 13,
    JSON_PROBLEM_STRING_SIZE = 14,
    JSON_PROBLEM_MEMORY = 15,
} json_problem_kind;

/// A refused document: what is wrong, where, and the bytes that belong to the document.
typedef struct json_problem {
    json_problem_kind kind;
    /// Byte at which the problem was noticed.
    uint32_t offset;
    /// For truncation and missing commas: the bracket that is open; else equal to `offset`.
    uint32_t opened;
    uint32_t document_start;
    uint32_t document_end;
} json_problem;

typedef struct json_tape json_tape;

/// Reads every JSON document of a buffer of at most 4 GiB - 64. Documents may follow each other with or without
/// white space. A refused document leaves a problem and no tokens; reading goes on at the next line that starts
/// with `{`. Returns NULL where memory is short.
json_tape *json_tape_parse(const uint8_t *bytes, size_t count, uint32_t depth_max, size_t token_count_max,
                           size_t string_size_max);
void json_tape_free(json_tape *tape);

const document_token *json_tape_tokens(const json_tape *tape, size_t *count);
const uint8_t *json_tape_text(const json_tape *tape, size_t *count);
const json_problem *json_tape_problems(const json_tape *tape, size_t *count);

#ifdef __cplusplus
}
#endif
