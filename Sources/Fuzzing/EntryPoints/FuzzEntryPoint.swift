/// A reader of bytes that come from outside, as a fuzzer calls it: any bytes, and it has to return. What it must keep
/// to besides is checked by preconditions, which end the process as a crash does.
package struct FuzzEntryPoint: Sendable {
    /// The name on the command line, and of its folder of finds.
    package let name: String
    /// Endings of the files of scenarios that are worth starting from.
    package let endings: [String]
    /// More to start from: what no file of a scenario holds.
    package let samples: [[UInt8]]
    private let read: @Sendable ([UInt8]) -> Void

    init(
        _ name: String, endings: [String] = [], samples: [String], _ read: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.init(name, endings: endings, binary: samples.map { Array($0.utf8) }, read)
    }

    init(
        _ name: String, endings: [String] = [], binary samples: [[UInt8]],
        _ read: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.name = name
        self.endings = endings
        self.samples = samples
        self.read = read
    }

    /// Reads some bytes.
    package func callAsFunction(_ bytes: [UInt8]) { read(bytes) }

    /// All of them, by name.
    package static let all: [FuzzEntryPoint] = [
        certificates, cron, dns, glob, goDuration, goQuantity, json, jsonText, lua, nats, pathPattern, pem, quantity,
        schemaPattern, template, time, writers, yaml,
    ]

    /// The entry point of a name.
    package static func named(_ name: String) -> FuzzEntryPoint? { all.first { $0.name == name } }
}

extension [UInt8] {
    /// These bytes as text; what is no UTF-8 becomes U+FFFD.
    var text: String { String(decoding: self, as: UTF8.self) }

    /// The parts before and after the first NUL: two texts of one input. Without a NUL the second is empty.
    var pair: (String, String) {
        guard let cut = firstIndex(of: 0) else { return (text, "") }
        return (Array(self[..<cut]).text, Array(self[(cut + 1)...]).text)
    }
}
