#pragma once

// Small readers of JSON text: UTF-8, escape sequences. All bounds are checked against `end`.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace json_text {

inline bool is_space(uint8_t byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

inline bool ends_scalar(uint8_t byte) {
    return is_space(byte) || byte == ',' || byte == ']' || byte == '}' || byte == ':' || byte == '{' ||
           byte == '[' || byte == '"';
}

// The width of the multi-byte sequence at `index`, or 0 where it is not valid UTF-8 (RFC 3629).
inline size_t utf8_width(const uint8_t *bytes, size_t index, size_t end) {
    auto continuation = [&](size_t at) { return at < end && (bytes[at] & 0xC0) == 0x80; };
    uint8_t lead = bytes[index];
    if (lead >= 0xC2 && lead <= 0xDF) { return continuation(index + 1) ? 2 : 0; }
    if (lead >= 0xE0 && lead <= 0xEF) {
        if (!continuation(index + 1) || !continuation(index + 2)) { return 0; }
        if (lead == 0xE0 && bytes[index + 1] < 0xA0) { return 0; }
        if (lead == 0xED && bytes[index + 1] > 0x9F) { return 0; }
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        if (!continuation(index + 1) || !continuation(index + 2) || !continuation(index + 3)) { return 0; }
        if (lead == 0xF0 && bytes[index + 1] < 0x90) { return 0; }
        if (lead == 0xF4 && bytes[index + 1] > 0x8F) { return 0; }
        return 4;
    }
    return 0;
}

inline bool read_hexadecimal(const uint8_t *bytes, size_t index, size_t end, uint32_t &value) {
    if (end < index + 4) { return false; }
    value = 0;
    for (size_t offset = 0; offset < 4; offset++) {
        uint8_t byte = bytes[index + offset], lower = byte | 0x20;
        if (byte >= '0' && byte <= '9') {
            value = value << 4 | uint32_t(byte - '0');
        } else if (lower >= 'a' && lower <= 'f') {
            value = value << 4 | uint32_t(lower - 'a' + 10);
        } else {
            return false;
        }
    }
    return true;
}

inline void append_scalar(std::vector<uint8_t> &text, uint32_t scalar) {
    auto byte = [&](uint32_t value) { text.push_back(uint8_t(value)); };
    if (scalar < 0x80) {
        byte(scalar);
    } else if (scalar < 0x800) {
        byte(0xC0 | scalar >> 6);
        byte(0x80 | (scalar & 0x3F));
    } else if (scalar < 0x10000) {
        byte(0xE0 | scalar >> 12);
        byte(0x80 | (scalar >> 6 & 0x3F));
        byte(0x80 | (scalar & 0x3F));
    } else {
        byte(0xF0 | scalar >> 18);
        byte(0x80 | (scalar >> 12 & 0x3F));
        byte(0x80 | (scalar >> 6 & 0x3F));
        byte(0x80 | (scalar & 0x3F));
    }
}

// Decodes the escape sequence at `index` and steps over it; false where there is no such sequence.
inline bool read_escape(const uint8_t *bytes, size_t &index, size_t end, std::vector<uint8_t> &text) {
    if (index + 1 >= end) { return false; }
    uint8_t escaped = bytes[index + 1];
    static constexpr char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (escaped != 'u') {
        const char *found = escaped ? std::strchr(from, escaped) : nullptr;
        if (!found) { return false; }
        text.push_back(uint8_t(to[found - from]));
        index += 2;
        return true;
    }
    uint32_t scalar, low;
    if (!read_hexadecimal(bytes, index + 2, end, scalar)) { return false; }
    index += 6;
    if (scalar >= 0xD800 && scalar <= 0xDBFF && index + 1 < end && bytes[index] == '\\' &&
        bytes[index + 1] == 'u' && read_hexadecimal(bytes, index + 2, end, low) && low >= 0xDC00 &&
        low <= 0xDFFF) {
        scalar = 0x10000 + ((scalar - 0xD800) << 10) + (low - 0xDC00);
        index += 6;
    } else if (scalar >= 0xD800 && scalar <= 0xDFFF) {
        // Half of a surrogate pair becomes the replacement character, as in Go.
        scalar = 0xFFFD;
    }
    append_scalar(text, scalar);
    return true;
}

} // namespace json_text
