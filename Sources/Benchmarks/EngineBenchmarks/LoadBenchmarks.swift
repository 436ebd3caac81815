import Benchmark
import BenchmarkSupport
import ClusterSimulation
import Manifests

/// Text to analysed documents: parsed, located, Secrets hidden, read as objects, stored once with their facts.
func loadBenchmarks() {
    var configuration = Benchmark.defaultConfiguration
    configuration.metrics += [.bytesPerSecond]
    let texts: [(String, DocumentReader.Format, @Sendable () -> [UInt8])] = [
        ("1 MB of YAML", .yaml, { ManifestText.yaml(bytes: 1_000_000) }),
        ("10 MB of JSON", .json, { ManifestText.json(bytes: 10_000_000) }),
    ]
    for (name, format, text) in texts {
        Benchmark("\(name) to values", configuration: configuration) { benchmark, bytes in
            let seconds = seconds {
                blackHole(
                    DocumentReader(diagnostics: DiagnosticCollector()).read(
                        bytes: bytes, path: "bench", format: format))
            }
            benchmark.measurement(.bytesPerSecond, Int(Double(bytes.count) / seconds))
        } setup: {
            text()
        }
        Benchmark("\(name) to analysed documents", configuration: configuration) { benchmark, bytes in
            let seconds = seconds { blackHole(analysed(bytes, format)) }
            benchmark.measurement(.bytesPerSecond, Int(Double(bytes.count) / seconds))
        } setup: {
            text()
        }
    }
}

private func analysed(_ bytes: [UInt8], _ format: DocumentReader.Format) -> ClusterTables {
    let tables = ClusterTables()
    let reader = ManifestReader(diagnostics: DiagnosticCollector())
    let documents = reader.documents.read(bytes: bytes, path: "bench", format: format)
    for manifest in reader.manifests(in: documents) {
        blackHole(ObjectDraft(manifest: manifest.value, tables: tables, kinds: ServedKinds()))
    }
    return tables
}
