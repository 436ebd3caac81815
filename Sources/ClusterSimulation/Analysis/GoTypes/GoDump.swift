/// Prints a value the way the controllers print what they hash: every field with its type, maps sorted.
///
/// The value must be in the form that `GoDefaults.filled` gives it. Source: `DeepHashObject` of Kubernetes, which is
/// go-spew's `%#v` with sorted keys, no methods and no pointer addresses.
struct GoDump {
    var bytes: [UInt8] = []

    /// The dump of a struct at the top: with its type.
    static func bytes(_ value: Value, as type: GoStruct) -> [UInt8] {
        var dump = GoDump()
        dump.bytes.reserveCapacity(8192)
        dump.write("(v1.")
        dump.write(type.name)
        dump.write(")")
        dump.writeStructure(type.fields, value.fields)
        return dump.bytes
    }

    /// A value without its type.
    private mutating func write(_ value: Value, _ type: GoType) {
        switch type {
        case .text: if let text = value.symbol { write(text) }
        case .integer: write(value.integer ?? 0)
        case .boolean: write(value.boolean == true ? "true" : "false")
        case .time: writeZero(type)
        case .quantity: write(GoQuantity(value))
        case .intOrString: writeIntOrString(value)
        case .resourceList:
            writeMap(value) { dump, value in dump.write(GoQuantity(value)) }
        case .textMap:
            writeMap(value) { dump, value in if let text = value.symbol { dump.write(text) } }
        case .pointer(let type): write(value, type)
        case .list(let type):
            write("[")
            for (index, element) in value.elements.enumerated() {
                if index > 0 { write(" ") }
                write(element, type)
            }
            write("]")
        case .structure(let type): writeStructure(type.fields, value.fields)
        }
    }

    mutating func writeStructure(_ fields: [GoField], _ values: [Field]) {
        write("{")
        for (index, field) in fields.enumerated() {
            if index > 0 { write(" ") }
            if field.isInline {
                bytes += field.heading
                write(Value(.object(values)), field.type)
            } else if let value = values.first(where: { $0.key == field.key })?.value, !value.isNull {
                bytes += field.heading
                write(value, field.type)
            } else {
                bytes += field.zeroDump
            }
        }
        write("}")
    }

    /// Where nothing is set.
    mutating func writeZero(_ type: GoType) {
        switch type {
        case .text: break
        case .integer: write("0")
        case .boolean: write("false")
        case .time: write("{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}")
        case .quantity: write(GoQuantity("0"))
        case .intOrString: writeIntOrString(0)
        case .resourceList, .textMap, .pointer, .list: write("<nil>")
        case .structure(let type): bytes += type.zeroDump
        }
    }

    private mutating func writeMap(_ value: Value, _ writeValue: (inout GoDump, Value) -> Void) {
        write("map[")
        for (index, field) in value.fields.enumerated() {
            if index > 0 { write(" ") }
            write(field.key)
            write(":")
            writeValue(&self, field.value)
        }
        write("]")
    }

    private mutating func writeIntOrString(_ value: Value) {
        let text = value.symbol
        write(text == nil ? "{Type:(intstr.Type)0 IntVal:(int32)" : "{Type:(intstr.Type)1 IntVal:(int32)")
        write(value.integer ?? 0)
        write(" StrVal:(string)")
        if let text { write(text) }
        write("}")
    }

    private mutating func write(_ quantity: GoQuantity) {
        write("{i:(resource.int64Amount){value:(int64)")
        write(quantity.value)
        write(" scale:(resource.Scale)")
        write(quantity.scale)
        write("} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)")
        if quantity.keepsText { write(quantity.text) }
        write(" Format:(resource.Format)")
        write(quantity.format.rawValue)
        write("}")
    }

    private mutating func write(_ text: StaticString) {
        bytes += UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    private mutating func write(_ text: String) { bytes += text.utf8 }
    private mutating func write(_ text: Symbol) { bytes += text.utf8 }
    private mutating func write(_ number: Int) { bytes += String(number).utf8 }
}
