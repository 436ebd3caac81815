// RE2 behind a C header: no exception leaves, and nothing is logged.

#include "re2_pattern.h"

#include <cstdlib>
#include <cstring>
#include <new>
#include <re2/re2.h>

struct re2_pattern {
    RE2 program;
    re2_pattern(const re2::StringPiece &text, const RE2::Options &options) : program(text, options) {}
};

static RE2::Options options(int64_t memory_max) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_never_capture(true);
    options.set_max_mem(memory_max);
    return options;
}

static void set_part(re2_problem *problem, const std::string &part) {
    problem->part = static_cast<char *>(std::malloc(part.size() + 1));
    if (problem->part == nullptr) return;
    std::memcpy(problem->part, part.data(), part.size());
    problem->part_count = part.size();
}

re2_pattern *re2_pattern_compile(const char *text, size_t count, int64_t memory_max, re2_problem *problem) {
    *problem = {RE2_PROBLEM_NONE, nullptr, 0};
    try {
        auto *pattern = new re2_pattern(re2::StringPiece(text, count), options(memory_max));
        if (pattern->program.ok()) return pattern;
        problem->kind = static_cast<re2_problem_kind>(pattern->program.error_code());
        set_part(problem, pattern->program.error_arg());
        delete pattern;
    } catch (const std::bad_alloc &) {
        problem->kind = RE2_PROBLEM_SIZE;
    }
    return nullptr;
}

void re2_pattern_free(re2_pattern *pattern) { delete pattern; }

void re2_problem_free(re2_problem *problem) {
    std::free(problem->part);
    *problem = {RE2_PROBLEM_NONE, nullptr, 0};
}

size_t re2_pattern_size(const re2_pattern *pattern) {
    int size = pattern->program.ProgramSize();
    return size > 0 ? static_cast<size_t>(size) : 0;
}

bool re2_pattern_matches(const re2_pattern *pattern, const char *text, size_t count) {
    return pattern->program.Match(re2::StringPiece(text, count), 0, count, RE2::UNANCHORED, nullptr, 0);
}
