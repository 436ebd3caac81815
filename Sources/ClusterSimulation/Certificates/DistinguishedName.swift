/// Distinguished names in the notation of RFC 4514: `CN=web,O=Example\, Ltd.`.
enum DistinguishedName {
    /// The values of one attribute type, in the order of the text, which is the reverse of the certificate's.
    static func values(of type: String, in text: String) -> [String] {
        attributes(text).compactMap { $0.type.uppercased() == type ? $0.value : nil }
    }

    private static func attributes(_ text: String) -> [(type: String, value: String)] {
        var found: [(type: String, value: String)] = []
        var type = ""
        var value = ""
        var isValue = false
        func finish() {
            if isValue { found.append((type, value)) }
            type = ""
            value = ""
            isValue = false
        }
        var characters = text.makeIterator()
        while let character = characters.next() {
            switch character {
            case "\\": if let escaped = characters.next() { value.append(escaped) }
            case ",", "+": finish()
            case "=" where !isValue: isValue = true
            case " " where !isValue || value.isEmpty: break
            default: if isValue { value.append(character) } else { type.append(character) }
            }
        }
        finish()
        return found
    }
}
