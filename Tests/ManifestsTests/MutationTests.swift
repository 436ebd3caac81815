import ClusterSimulation
import Foundation
import Testing

@testable import Manifests

/// Every committed file, broken in many ways: it is read, or what is wrong has a place. Never a crash.
@Suite struct MutationTests {
    static let files: [String] = {
        TestFiles.files(below: "scenarios").filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }
            .map { "\(TestFiles.root)/\($0)" }
    }()

    /// Reads some bytes, and says what a diagnostic lacks; empty where all is well.
    static func faults(_ bytes: [UInt8], _ path: String) -> [String] {
        let reading = Reading(bytes: bytes, path: path)
        _ = ManifestReader(diagnostics: reading.collector).manifests(in: reading.values)
        return reading.collector.diagnostics.filter { $0.location == nil || $0.text.isEmpty }.map(\.code)
    }

    @Test func `files cut off anywhere`() throws {
        var random = TestRandom(state: 1)
        for path in Self.files {
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            for _ in 0..<6 {
                let end = Int.random(in: 0...bytes.count, using: &random)
                #expect(Self.faults(Array(bytes[..<end]), path) == [], "\(path) cut off at \(end)")
            }
        }
    }

    @Test func `bytes changed, lines swapped, doubled and taken out`() throws {
        var random = TestRandom(state: 2)
        for path in Self.files {
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            if bytes.isEmpty { continue }
            for round in 0..<8 {
                let mutant = Self.mutant(of: bytes, &random)
                #expect(Self.faults(mutant, path) == [], "\(path) round \(round)")
            }
        }
    }

    /// One to three changes.
    static func mutant(of bytes: [UInt8], _ random: inout TestRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
            let line = Int.random(in: 0..<lines.count, using: &random)
            let other = Int.random(in: 0..<lines.count, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes.insert(Self.hostile[Int.random(in: 0..<Self.hostile.count, using: &random)], at: place)
            case 2: bytes.remove(at: place)
            case 3:
                lines.swapAt(line, other)
                bytes = Array(lines.joined(separator: [0x0A]))
            case 4:
                lines.insert(lines[line], at: other)
                bytes = Array(lines.joined(separator: [0x0A]))
            default:
                lines.remove(at: line)
                bytes = Array(lines.joined(separator: [0x0A]))
            }
        }
        return bytes
    }

    /// Bytes that mean something to YAML or JSON, or nothing to anybody.
    private static let hostile: [UInt8] =
        Array("{}[]:,-&*!|>'\"%@`#?<\t\r\n\\".utf8) + [0, 0x1B, 0x7F, 0x80, 0xC3, 0xFE, 0xFF]
}
