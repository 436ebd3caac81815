// Turns JSON into a flat run of tokens that know their bytes.
//
// simdjson finds the structural characters and validates UTF-8 (its first stage, the part that is fast because it
// uses vector instructions). Its own second stages give no positions, so the walk over the structural characters
// is done here: iteratively, with limits, and with an exact place for every complaint.

#include "include/simdjson_tape.h"
#include "json_text.h"

#include <charconv>
#include <cstring>
#include <memory>
#include <new>
#include <simdjson.h>
#include <vector>

struct json_tape {
    std::vector<document_token> tokens;
    std::vector<uint8_t> text;
    std::vector<json_problem> problems;
};

namespace {

using json_text::ends_scalar;
using simdjson::internal::dom_parser_implementation;

/// Problems after which reading stops: a file with more is no JSON at all.
constexpr size_t problem_count_max = 100;

enum class state : uint8_t { value, value_or_end, key, key_or_end, colon, comma, done };

struct frame {
    size_t token;
    bool is_object;
};

class reader {
public:
    reader(json_tape &tape, const uint8_t *bytes, size_t count, uint32_t depth_max, size_t token_count_max,
           size_t string_size_max)
        : tape(tape), bytes(bytes), count(count), depth_max(depth_max), token_count_max(token_count_max),
          string_size_max(string_size_max) {}

    bool read() {
        if (simdjson::get_active_implementation()->create_dom_parser_implementation(count, depth_max, parser)) {
            return false;
        }
        size_t start = 0;
        while (start < count && tape.problems.size() < problem_count_max) {
            auto error = parser->stage1(bytes + start, count - start, simdjson::stage1_mode::regular);
            if (error == simdjson::EMPTY) { break; }
            if (!error) {
                read_documents(start, count);
                break;
            }
            start = read_around_broken_text(start);
        }
        return true;
    }

private:
    json_tape &tape;
    const uint8_t *bytes;
    size_t count;
    uint32_t depth_max;
    size_t token_count_max;
    size_t string_size_max;
    std::unique_ptr<dom_parser_implementation> parser;
    std::vector<frame> frames;

    // The first stage refuses a buffer as a whole. Reads the documents before the one at fault, complains about
    // that one, and returns where to go on.
    size_t read_around_broken_text(size_t start) {
        json_problem_kind kind;
        size_t at = find_broken_text(start, kind);
        size_t broken = start;
        for (size_t index = at; index > start; index--) {
            if (bytes[index - 1] == '\n' && bytes[index] == '{') {
                broken = index;
                break;
            }
        }
        if (broken > start &&
            !parser->stage1(bytes + start, broken - start, simdjson::stage1_mode::regular)) {
            read_documents(start, broken);
        }
        size_t next = next_document(at + 1);
        problem(kind, at, at, broken, next);
        return next;
    }

    size_t find_broken_text(size_t start, json_problem_kind &kind) const {
        bool in_string = false;
        size_t opened = start;
        for (size_t index = start; index < count;) {
            uint8_t byte = bytes[index];
            if (byte >= 0x80) {
                size_t width = json_text::utf8_width(bytes, index, count);
                if (width == 0) {
                    kind = JSON_PROBLEM_INVALID_UTF8;
                    return index;
                }
                index += width;
                continue;
            }
            if (in_string && byte < 0x20) {
                kind = JSON_PROBLEM_CONTROL_CHARACTER;
                return index;
            }
            if (byte == '"') {
                in_string = !in_string;
                opened = index;
            }
            index += in_string && byte == '\\' && index + 1 < count && bytes[index + 1] >= 0x20 &&
                             bytes[index + 1] < 0x80
                         ? 2
                         : 1;
        }
        kind = in_string ? JSON_PROBLEM_UNCLOSED_STRING : JSON_PROBLEM_EXPECTED_VALUE;
        return opened;
    }

    // The next line that starts with `{`, where a document of a stream starts.
    size_t next_document(size_t from) const {
        for (size_t index = from; index < count; index++) {
            if (bytes[index] == '{' && index > 0 && bytes[index - 1] == '\n') { return index; }
        }
        return count;
    }

    void problem(json_problem_kind kind, size_t offset, size_t opened, size_t start, size_t end) {
        tape.problems.push_back({kind, uint32_t(offset), uint32_t(opened), uint32_t(start), uint32_t(end)});
    }

    // Reads the documents between two offsets, whose structural characters the parser holds.
    void read_documents(size_t start, size_t end) {
        size_t index = 0;
        const size_t index_count = parser->n_structural_indexes;
        while (index < index_count && tape.problems.size() < problem_count_max) {
            size_t document = start + parser->structural_indexes[index];
            size_t token_count = tape.tokens.size(), text_count = tape.text.size();
            json_problem_kind kind;
            size_t at = 0, opened = 0;
            if (read_document(start, end, index, index_count, kind, at, opened)) { continue; }
            tape.tokens.resize(token_count);
            tape.text.resize(text_count);
            size_t next = next_document(at + 1);
            problem(kind, at, opened, document, next < end ? next : end);
            while (index < index_count && start + parser->structural_indexes[index] < next) { index++; }
        }
    }

    bool read_document(size_t start, size_t end, size_t &index, size_t index_count, json_problem_kind &kind,
                       size_t &at, size_t &opened) {
        frames.clear();
        state now = state::value;
        while (now != state::done) {
            if (index == index_count) {
                kind = JSON_PROBLEM_TRUNCATED;
                at = end > start ? end - 1 : end;
                opened = frames.empty() ? at : tape.tokens[frames.back().token].start;
                return false;
            }
            at = start + parser->structural_indexes[index++];
            opened = at;
            if (tape.tokens.size() >= token_count_max) { return fail(kind, JSON_PROBLEM_TOKEN_COUNT); }
            uint8_t byte = bytes[at];
            switch (now) {
            case state::colon:
                if (byte != ':') { return fail(kind, JSON_PROBLEM_EXPECTED_COLON); }
                now = state::value;
                continue;
            case state::comma:
                if (byte == ',') {
                    now = frames.back().is_object ? state::key : state::value;
                    continue;
                }
                if (byte == (frames.back().is_object ? '}' : ']')) {
                    now = close(at);
                    continue;
                }
                opened = tape.tokens[frames.back().token].start;
                return fail(kind, JSON_PROBLEM_EXPECTED_COMMA);
            case state::key_or_end:
                if (byte == '}') {
                    now = close(at);
                    continue;
                }
                [[fallthrough]];
            case state::key:
                if (byte != '"') { return fail(kind, JSON_PROBLEM_EXPECTED_KEY); }
                if (!read_string(at, end, kind, at)) { return false; }
                now = state::colon;
                continue;
            case state::value_or_end:
                if (byte == ']') {
                    now = close(at);
                    continue;
                }
                [[fallthrough]];
            default:
                if (!read_value(byte, end, kind, at, now)) { return false; }
            }
        }
        return true;
    }

    bool fail(json_problem_kind &kind, json_problem_kind what) const {
        kind = what;
        return false;
    }

    state after_value() {
        if (frames.empty()) { return state::done; }
        tape.tokens[frames.back().token].payload++;
        return state::comma;
    }

    state close(size_t at) {
        document_token &token = tape.tokens[frames.back().token];
        token.end = uint32_t(at + 1);
        token.next = uint32_t(tape.tokens.size());
        frames.pop_back();
        return after_value();
    }

    void push(document_token_kind kind, size_t start, size_t end, uint64_t payload, bool decoded = false) {
        tape.tokens.push_back({kind, uint8_t(decoded), 0, uint32_t(start), uint32_t(end),
                               uint32_t(tape.tokens.size() + 1), payload});
    }

    bool read_value(uint8_t byte, size_t end, json_problem_kind &kind, size_t &at, state &now) {
        switch (byte) {
        case '{':
        case '[':
            if (frames.size() >= depth_max) { return fail(kind, JSON_PROBLEM_DEPTH); }
            frames.push_back({tape.tokens.size(), byte == '{'});
            push(byte == '{' ? DOCUMENT_TOKEN_OBJECT : DOCUMENT_TOKEN_ARRAY, at, at + 1, 0);
            now = byte == '{' ? state::key_or_end : state::value_or_end;
            return true;
        case '"':
            if (!read_string(at, end, kind, at)) { return false; }
            break;
        case 't':
            if (!read_literal("true", DOCUMENT_TOKEN_TRUE, at, end)) { return fail(kind, JSON_PROBLEM_LITERAL); }
            break;
        case 'f':
            if (!read_literal("false", DOCUMENT_TOKEN_FALSE, at, end)) { return fail(kind, JSON_PROBLEM_LITERAL); }
            break;
        case 'n':
            if (!read_literal("null", DOCUMENT_TOKEN_NULL, at, end)) { return fail(kind, JSON_PROBLEM_LITERAL); }
            break;
        default:
            if (byte == '-' || (byte >= '0' && byte <= '9')) {
                if (!read_number(at, end, kind)) { return false; }
                break;
            }
            return fail(kind, ends_scalar(byte) ? JSON_PROBLEM_EXPECTED_VALUE : JSON_PROBLEM_LITERAL);
        }
        now = after_value();
        return true;
    }

    bool read_literal(const char *word, document_token_kind kind, size_t at, size_t end) {
        size_t length = std::strlen(word);
        if (end - at < length || std::memcmp(bytes + at, word, length) != 0) { return false; }
        if (at + length < end && !ends_scalar(bytes[at + length])) { return false; }
        push(kind, at, at + length, 0);
        return true;
    }

    bool read_number(size_t at, size_t end, json_problem_kind &kind) {
        size_t index = at;
        auto digit = [&] { return index < end && bytes[index] >= '0' && bytes[index] <= '9'; };
        bool negative = bytes[index] == '-', whole = true, fits = true;
        if (negative) { index++; }
        if (!digit()) { return fail(kind, JSON_PROBLEM_NUMBER); }
        uint64_t magnitude = 0;
        size_t first = index;
        while (digit()) {
            fits = fits && !__builtin_mul_overflow(magnitude, uint64_t(10), &magnitude) &&
                   !__builtin_add_overflow(magnitude, uint64_t(bytes[index] - '0'), &magnitude);
            index++;
        }
        if (bytes[first] == '0' && index - first > 1) { return fail(kind, JSON_PROBLEM_NUMBER); }
        if (index < end && bytes[index] == '.') {
            whole = false;
            index++;
            if (!digit()) { return fail(kind, JSON_PROBLEM_NUMBER); }
            while (digit()) { index++; }
        }
        bool small = false;
        if (index < end && (bytes[index] | 0x20) == 'e') {
            whole = false;
            index++;
            if (index < end && (bytes[index] == '+' || bytes[index] == '-')) { small = bytes[index++] == '-'; }
            if (!digit()) { return fail(kind, JSON_PROBLEM_NUMBER); }
            while (digit()) { index++; }
        }
        if (index < end && !ends_scalar(bytes[index])) { return fail(kind, JSON_PROBLEM_NUMBER); }
        const uint64_t limit = uint64_t(INT64_MAX) + (negative ? 1 : 0);
        if (whole && fits && magnitude <= limit) {
            push(DOCUMENT_TOKEN_INTEGER, at, index, negative ? 0 - magnitude : magnitude);
            return true;
        }
        return push_double(at, index, small, kind);
    }

    bool push_double(size_t at, size_t end, bool small, json_problem_kind &kind) {
        double number = 0;
        auto text = reinterpret_cast<const char *>(bytes);
        auto result = std::from_chars(text + at, text + end, number);
        // A number too small for a double is 0, as in Go; one too large is refused, as in Go.
        if (result.ec == std::errc::result_out_of_range) {
            if (!small) { return fail(kind, JSON_PROBLEM_NUMBER_RANGE); }
            number = 0;
        }
        uint64_t bits;
        std::memcpy(&bits, &number, sizeof bits);
        push(DOCUMENT_TOKEN_DOUBLE, at, end, bits);
        return true;
    }

    bool read_string(size_t start, size_t end, json_problem_kind &kind, size_t &at) {
        size_t index = start + 1;
        while (index < end && bytes[index] != '"' && bytes[index] != '\\') { index++; }
        if (index < end && bytes[index] == '"') {
            if (index - start - 1 > string_size_max) { return fail(kind, JSON_PROBLEM_STRING_SIZE); }
            push(DOCUMENT_TOKEN_STRING, start, index + 1, uint64_t(start + 1) << 32 | (index - start - 1));
            return true;
        }
        size_t text_start = tape.text.size();
        tape.text.insert(tape.text.end(), bytes + start + 1, bytes + index);
        while (index < end && bytes[index] != '"') {
            if (bytes[index] == '\\') {
                at = index;
                if (!json_text::read_escape(bytes, index, end, tape.text)) { return fail(kind, JSON_PROBLEM_ESCAPE); }
                continue;
            }
            size_t run = index;
            while (index < end && bytes[index] != '"' && bytes[index] != '\\') { index++; }
            tape.text.insert(tape.text.end(), bytes + run, bytes + index);
        }
        at = start;
        if (index >= end) { return fail(kind, JSON_PROBLEM_UNCLOSED_STRING); }
        size_t size = tape.text.size() - text_start;
        if (size > string_size_max) { return fail(kind, JSON_PROBLEM_STRING_SIZE); }
        push(DOCUMENT_TOKEN_STRING, start, index + 1, uint64_t(text_start) << 32 | size, true);
        return true;
    }
};

} // namespace

json_tape *json_tape_parse(const uint8_t *bytes, size_t count, uint32_t depth_max, size_t token_count_max,
                           size_t string_size_max) {
    try {
        auto tape = std::make_unique<json_tape>();
        if (count > 0) {
            reader reader(*tape, bytes, count, depth_max, token_count_max, string_size_max);
            if (!reader.read()) { return nullptr; }
        }
        return tape.release();
    } catch (const std::bad_alloc &) {
        return nullptr;
    }
}

void json_tape_free(json_tape *tape) { delete tape; }

const document_token *json_tape_tokens(const json_tape *tape, size_t *count) {
    *count = tape->tokens.size();
    return tape->tokens.data();
}

const uint8_t *json_tape_text(const json_tape *tape, size_t *count) {
    *count = tape->text.size();
    return tape->text.data();
}

const json_problem *json_tape_problems(const json_tape *tape, size_t *count) {
    *count = tape->problems.size();
    return tape->problems.data();
}
