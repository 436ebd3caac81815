#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Why a text is no pattern. The first of each kind of fault that RE2 meets, as RE2 numbers them.
typedef enum __attribute__((enum_extensibility(closed))) re2_problem_kind : uint8_t {
    RE2_PROBLEM_NONE = 0,
    RE2_PROBLEM_INTERNAL = 1,
    RE2_PROBLEM_ESCAPE = 2,
    RE2_PROBLEM_CLASS = 3,
    RE2_PROBLEM_CLASS_RANGE = 4,
    RE2_PROBLEM_MISSING_BRACKET = 5,
    RE2_PROBLEM_MISSING_PARENTHESIS = 6,
    RE2_PROBLEM_UNEXPECTED_PARENTHESIS = 7,
    RE2_PROBLEM_TRAILING_BACKSLASH = 8,
    RE2_PROBLEM_REPEAT_ARGUMENT = 9,
    RE2_PROBLEM_REPEAT_SIZE = 10,
    RE2_PROBLEM_REPEAT_OPERATOR = 11,
    RE2_PROBLEM_PERL_OPERATOR = 12,
    RE2_PROBLEM_UTF8 = 13,
    RE2_PROBLEM_NAMED_CAPTURE = 14,
    RE2_PROBLEM_SIZE = 15,
} re2_problem_kind;

/// What is wrong with a text that is no pattern.
typedef struct re2_problem {
    re2_problem_kind kind;
    /// The part of the pattern that is wrong; the caller frees it with `re2_problem_free`.
    char *part;
    size_t part_count;
} re2_problem;

typedef struct re2_pattern re2_pattern;

/// Compiles a pattern of UTF-8. NULL: `problem` says why.
///
/// - memory_max: bytes of the program and of what matching keeps; beyond it the problem is `RE2_PROBLEM_SIZE`.
re2_pattern *re2_pattern_compile(const char *text, size_t count, int64_t memory_max, re2_problem *problem);
void re2_pattern_free(re2_pattern *pattern);
void re2_problem_free(re2_problem *problem);

/// Instructions of the program: a match takes at most that many steps for each byte of the text.
size_t re2_pattern_size(const re2_pattern *pattern);

/// Whether a text of UTF-8 has a match anywhere.
bool re2_pattern_matches(const re2_pattern *pattern, const char *text, size_t count);

#ifdef __cplusplus
}
#endif
