import ClusterSimulation

/// The names of the report files of one command, each another one.
///
/// A scenario's name is the name of its file, where a file can be called so. Where it cannot (it has a slash or a control
/// character, begins with a dot or a hyphen, or is longer than 200 bytes), what is wrong is replaced or cut, and eight
/// digits of the whole name's hash are added: the file of a scenario is the same in every command. Where this command has
/// written a file of that name already, upper and lower case taken for equal, `-2`, `-3` and so on is added.
package struct ReportFileNames {
    /// The most bytes of a name before the hash and the number; file systems allow 255 in all.
    private static let lengthMax = 200

    private let ending: String
    private var taken: Set<String> = []

    /// - Parameter fileExtension: of the files, without the dot.
    package init(fileExtension: String) { ending = "." + fileExtension }

    /// The name of the file of the next outcome.
    package mutating func next(for scenario: String) -> String {
        let stem = Self.stem(of: scenario)
        var name = stem
        var number = 1
        while !taken.insert(name.lowercased()).inserted {
            number += 1
            name = "\(stem)-\(number)"
        }
        return name + ending
    }

    private static func stem(of scenario: String) -> String {
        var stem = String.UnicodeScalarView()
        var length = 0
        for scalar in scenario.unicodeScalars {
            length += String(scalar).utf8.count
            guard length <= lengthMax else { break }
            stem.append(isUsable(scalar, isFirst: stem.isEmpty) ? scalar : scalar == "/" ? "-" : "_")
        }
        let text = String(stem)
        if text == scenario, !text.isEmpty { return text }
        return "\(text.isEmpty ? "scenario" : text)-\(hash(scenario))"
    }

    private static func isUsable(_ scalar: Unicode.Scalar, isFirst: Bool) -> Bool {
        if PrintableText.isObeyed(scalar) || scalar == "/" || scalar == "\\" { return false }
        // Runners of CI read `##[` wherever a name is listed, and refuse files with a colon.
        if scalar == "#" || scalar == ":" { return false }
        // A dot would hide the file, a hyphen makes an option of it where a shell expands `*`.
        return !(isFirst && (scalar == "." || scalar == "-"))
    }

    private static func hash(_ text: String) -> String {
        var hash = StableHash()
        hash.combine(text)
        let digits = String(hash.value & 0xFFFF_FFFF, radix: 16)
        return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
}
