/// Changes bytes without knowing what they mean.
package enum ByteMutator {
    /// Bytes and words that mean something to some reader, or nothing to any.
    private static let words: [[UInt8]] =
        [
            "{", "}", "[", "]", ":", ",", "-", "- ", "? ", "&a ", "*a", "!!int ", "|\n", ">-\n", "'", "\"",
            "%YAML 1.1\n",
            "---\n", "...\n", "#", "<<: *a", "\t", "\r\n", "\\", "\\u0000", "\\ud800", "{{", "}}", "{{- end }}",
            "::error::x\n",
            "99999999999999999999", "9223372036854775807", "-9223372036854775808", "1e309", "-0", "0x7fffffff", ".nan",
            ".inf",
            "null", "true", "../..", "/dev/zero", "/dev/stdin", "%s%n", "$(X)",
        ].map { Array($0.utf8) } + [
            [0], [0x1B], [0x07], [0x7F], [0x80], [0xC0, 0x80], [0xC2, 0x9B], [0xE2, 0x80, 0xA8], [0xE2, 0x80, 0xAE],
            [0xED, 0xA0, 0x80],
            [0xEF, 0xBB, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xFE, 0xFF], [0xFF, 0xFE], [0xFF], [0, 0, 0, 0],
            [0xFF, 0xFF, 0xFF, 0xFF],
        ]

    /// One change of some bytes.
    ///
    /// - Parameters:
    ///   - donors: what parts are taken from.
    ///   - sizeMax: the most bytes of the result.
    package static func mutated(
        _ bytes: [UInt8], donors: [[UInt8]], sizeMax: Int, _ random: inout FuzzRandom
    ) -> [UInt8] {
        var bytes = bytes
        // Most changes are small ones; a few pile up.
        for _ in 0..<(1 << random.below(3)) { change(&bytes, donors, sizeMax, &random) }
        return bytes.count > sizeMax ? Array(bytes[..<sizeMax]) : bytes
    }

    private static func change(
        _ bytes: inout [UInt8], _ donors: [[UInt8]], _ sizeMax: Int, _ random: inout FuzzRandom
    ) {
        let place = random.below(bytes.count + 1)
        switch random.below(11) {
        case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.below(8))
        case 1 where place < bytes.count: bytes[place] = UInt8(random.below(256))
        case 2: bytes.removeSubrange(place...)
        case 3: bytes.insert(contentsOf: random.pick(words) ?? [], at: place)
        case 4: remove(&bytes, at: place, &random)
        case 5: repeatPart(&bytes, at: place, sizeMax, &random)
        case 6: splice(&bytes, at: place, donors, &random)
        case 7, 8: changeLines(&bytes, &random)
        case 9: changeNumber(&bytes, from: place, &random)
        default: bytes.insert(contentsOf: random.pick(words) ?? [], at: place)
        }
    }

    private static func remove(_ bytes: inout [UInt8], at place: Int, _ random: inout FuzzRandom) {
        let count = min(bytes.count - place, 1 + random.below(random.once(in: 4) ? 400 : 8))
        bytes.removeSubrange(place..<(place + count))
    }

    private static func repeatPart(
        _ bytes: inout [UInt8], at place: Int, _ sizeMax: Int, _ random: inout FuzzRandom
    ) {
        let part = Array(bytes[place..<min(bytes.count, place + 1 + random.below(100))])
        guard !part.isEmpty else { return }
        let room = max(0, sizeMax - bytes.count) / part.count
        let times = min(room, 1 + random.below(random.once(in: 8) ? 20_000 : 8))
        bytes.insert(contentsOf: (0..<times).flatMap { _ in part }, at: place)
    }

    private static func splice(
        _ bytes: inout [UInt8], at place: Int, _ donors: [[UInt8]], _ random: inout FuzzRandom
    ) {
        guard let donor = random.pick(donors), !donor.isEmpty else { return }
        let start = random.below(donor.count)
        let part = donor[start..<min(donor.count, start + 1 + random.below(500))]
        let end = random.once(in: 2) ? place : min(bytes.count, place + random.below(part.count + 1))
        bytes.replaceSubrange(place..<end, with: part)
    }

    private static func changeLines(_ bytes: inout [UInt8], _ random: inout FuzzRandom) {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        let line = random.below(lines.count)
        let other = random.below(lines.count)
        switch random.below(5) {
        case 0: lines.swapAt(line, other)
        case 1: lines.remove(at: line)
        case 2: lines.insert(lines[line], at: other)
        case 3: lines[line].insert(contentsOf: [UInt8](repeating: 0x20, count: 1 + random.below(4)), at: 0)
        default: lines[line] = Array(lines[line].drop { $0 == 0x20 })
        }
        bytes = Array(lines.joined(separator: [0x0A]))
    }

    /// Replaces the next number.
    private static func changeNumber(_ bytes: inout [UInt8], from place: Int, _ random: inout FuzzRandom) {
        func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
        guard let start = bytes[place...].firstIndex(where: isDigit) else { return }
        let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
        let numbers = [
            "0", "-1", "1", "2147483648", "4294967296", "9223372036854775807", "18446744073709551616", "1000000", "0.5",
            "1e99",
        ]
        bytes.replaceSubrange(start..<end, with: Array((random.pick(numbers) ?? "0").utf8))
    }
}
