package import ClusterSimulation

/// Writes JSON text (RFC 8259) in exactly the order it is told: two spaces per level, one line for small objects.
///
/// The order of members is part of what a reader of `--format json` may rely on, so nothing here sorts or hashes.
/// Keys must be unique within an object; the writer does not check.
package struct JSONWriter: Sendable {
    private var bytes: [UInt8] = []
    private var depth = 0
    /// Containers that are open on the current line; above 0 nothing breaks the line.
    private var inlineDepth = 0
    private var isFirst = true
    private var isAfterKey = false

    package init() {}

    /// The text written so far, with a final line break.
    package var text: String { String(decoding: bytes, as: UTF8.self) + "\n" }

    // MARK: Containers

    /// Writes `{…}`; `body` writes its members. `inline` keeps it on one line.
    package mutating func object(inline: Bool = false, _ body: (inout JSONWriter) -> Void) {
        container(open: UInt8(ascii: "{"), close: UInt8(ascii: "}"), inline: inline, body)
    }

    /// Writes `[…]`; `body` writes its elements. `inline` keeps it on one line.
    package mutating func array(inline: Bool = false, _ body: (inout JSONWriter) -> Void) {
        container(open: UInt8(ascii: "["), close: UInt8(ascii: "]"), inline: inline, body)
    }

    /// Writes `[…]` with one element per item.
    package mutating func array<Element>(
        _ elements: [Element], inline: Bool = false, _ body: (inout JSONWriter, Element) -> Void
    ) {
        array(inline: inline) { json in
            for element in elements { body(&json, element) }
        }
    }

    private mutating func container(open: UInt8, close: UInt8, inline: Bool, _ body: (inout JSONWriter) -> Void) {
        startValue()
        bytes.append(open)
        let isInline = inline || inlineDepth > 0
        if isInline { inlineDepth += 1 }
        depth += 1
        isFirst = true
        body(&self)
        depth -= 1
        if !isFirst, !isInline { breakLine() }
        if isInline { inlineDepth -= 1 }
        bytes.append(close)
        isFirst = false
    }

    /// Writes the key of the next value.
    package mutating func key(_ name: String) {
        startElement()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(UInt8(ascii: " "))
        isAfterKey = true
    }

    // MARK: Values

    /// A text, or `null`.
    package mutating func value(_ text: String?) {
        startValue()
        if let text { quote(text) } else { append("null") }
    }

    package mutating func value(_ number: some FixedWidthInteger) {
        startValue()
        append(String(number))
    }

    /// A number with at most three decimals; `null` where it is not finite, or too large to be rounded.
    package mutating func value(_ number: Double) {
        startValue()
        let rounded = (number * 1000).rounded() / 1000
        append(rounded.isFinite ? rounded.description : "null")
    }

    package mutating func value(_ flag: Bool) {
        startValue()
        append(flag ? "true" : "false")
    }

    /// A moment as RFC 3339 in whole seconds, or `null`.
    package mutating func value(_ time: SimulationTime?) {
        value(time?.rfc3339)
    }

    package mutating func member(_ name: String, _ text: String?) {
        key(name)
        value(text)
    }

    package mutating func member(_ name: String, _ number: some FixedWidthInteger) {
        key(name)
        value(number)
    }

    package mutating func member(_ name: String, _ number: Int?) {
        key(name)
        if let number { value(number) } else { value(nil as String?) }
    }

    /// A member.
    package mutating func member(_ name: String, _ number: Double) {
        key(name)
        value(number)
    }

    package mutating func member(_ name: String, _ flag: Bool) {
        key(name)
        value(flag)
    }

    package mutating func member(_ name: String, _ time: SimulationTime?) {
        key(name)
        value(time)
    }

    /// A member that is an array with one element per item.
    package mutating func member<Element>(
        _ name: String, _ elements: [Element], inline: Bool = false, _ body: (inout JSONWriter, Element) -> Void
    ) {
        key(name)
        array(elements, inline: inline, body)
    }

    // MARK: Bytes

    private mutating func startValue() {
        if isAfterKey { isAfterKey = false } else { startElement() }
    }

    private mutating func startElement() {
        guard depth > 0 else { return }
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        if inlineDepth == 0 { breakLine() } else if !isFirst { bytes.append(UInt8(ascii: " ")) }
        isFirst = false
    }

    private mutating func breakLine() {
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<depth {
            bytes.append(UInt8(ascii: " "))
            bytes.append(UInt8(ascii: " "))
        }
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case 0..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                append("\\u00" + (digits.utf8.count == 1 ? "0" : "") + digits)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
