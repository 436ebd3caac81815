import Foundation
import RobustnessCases

/// Writes finds as cases: a folder each, which a test runs from then on.
struct FindFolder {
    /// The folder of all cases.
    let path: String

    /// Writes a case, and returns its folder. One of the same name is left as it is, and another name taken.
    func write(_ find: FindMinimizer.Find, index: Int, seed: UInt64) throws -> String {
        let name = Self.name(find.signature)
        var folder = "\(path)/\(name)"
        var number = 2
        while FileManager.default.fileExists(atPath: folder) {
            folder = "\(path)/\(name)-\(number)"
            number += 1
        }
        for file in find.built.files {
            let target = URL(fileURLWithPath: folder + "/" + file.path)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.bytes).write(to: target)
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var want = Want()
        want.runs = find.built.runs
        try want.text.write(toFile: folder + "/want", atomically: true, encoding: .utf8)
        let details = find.fault.details.unicodeScalars.prefix(600).map {
            $0.value < 32 && $0 != "\n" ? "?" : String($0)
        }
        let text = """
            \(find.signature)

            Found by the fuzzer (SEED=\(seed), input \(index): \(find.built.labels.joined(separator: ", "))).
            \(details.joined())

            """
        try text.write(toFile: folder + "/README", atomically: true, encoding: .utf8)
        return folder
    }

    /// Words of a signature, joined by hyphens.
    static func name(_ signature: String) -> String {
        let words = signature.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return String(words.joined(separator: "-").prefix(60))
    }
}
