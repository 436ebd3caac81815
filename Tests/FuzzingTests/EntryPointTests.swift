import Foundation
import FuzzEntryPoints
import FuzzMutators
import Testing

/// The readers that fuzzers call: with what fuzzers found, and with a little of what they make.
@Suite struct EntryPointTests {
    private static let finds = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("FuzzFinds/bytes")

    /// A find ends the process where it is not mended.
    @Test(arguments: FuzzEntryPoint.all.map(\.name)) func `what was found is read`(name: String) throws {
        let entry = try #require(FuzzEntryPoint.named(name))
        let folder = Self.finds.appendingPathComponent(name)
        for file in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
            entry([UInt8](try Data(contentsOf: folder.appendingPathComponent(file))))
        }
    }

    @Test func `every folder of finds is that of an entry point`() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: Self.finds.path)) ?? [] {
            #expect(FuzzEntryPoint.named(name) != nil, "\(name)")
        }
    }

    @Test(arguments: FuzzEntryPoint.all.map(\.name)) func `samples and changed samples are read`(name: String) throws {
        let entry = try #require(FuzzEntryPoint.named(name))
        #expect(!entry.samples.isEmpty)
        var random = FuzzRandom(seed: 7)
        for sample in entry.samples {
            entry(sample)
            for _ in 0..<200 {
                entry(ByteMutator.mutated(sample, donors: entry.samples, sizeMax: 4096, &random))
            }
        }
    }
}
