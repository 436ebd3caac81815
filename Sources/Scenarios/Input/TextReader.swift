import ClusterSimulation
import Manifests

/// Reads documents during a rehearsal: files of a tree, rendered templates, values written inside manifests.
enum TextReader {
    /// Why a text is no YAML: the first error, with its place.
    struct Failure: Error {
        var message: String
    }

    typealias Documents = (documents: [Value], failure: Failure?)

    /// The documents of a file.
    static func documents(_ file: FileTree.File) -> Documents { file.text.documents }

    /// The documents of a file's bytes.
    static func read(_ bytes: [UInt8], shownAs path: String) -> Documents {
        let collector = DiagnosticCollector()
        let documents = DocumentReader(diagnostics: collector).read(bytes: bytes, path: path)
        return (documents, failure(collector))
    }

    /// The documents of a text whose lines came from elsewhere.
    static func documents(
        _ text: String, shownAs path: String, lines: [RenderedLine]
    ) -> Documents {
        let collector = DiagnosticCollector()
        let map = LineMap(lines: lines.map { LineMap.Line(origin: $0.origin, isVerbatim: $0.isVerbatim) })
        let documents = DocumentReader(diagnostics: collector).read(
            text: text, path: path, format: .yaml, lineMap: map)
        return (documents, failure(collector))
    }

    /// The one document that a string of a manifest holds (`helm.values`), its values placed in the manifest's file.
    static func document(of string: Value) -> (document: Value?, failure: Failure?) {
        guard let text = string.text else { return (nil, nil) }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let origins = BlockScalar.lineOrigins(of: string.origin, lines: text.hasSuffix("\n") ? lines.dropLast() : lines)
        let path = string.origin.location?.path ?? "values"
        let (documents, failure) = documents(
            text, shownAs: path, lines: origins.map { RenderedLine(origin: $0, isVerbatim: $0 != string.origin) })
        return (documents.first, failure)
    }

    /// The first error. A key written twice is none: Argo CD's reader takes the last.
    private static func failure(_ collector: DiagnosticCollector) -> Failure? {
        let first = collector.diagnostics.first { $0.severity == .error && $0.code != "duplicate-key" }
        guard let first else { return nil }
        let place = first.location.map { "line \($0.line): " } ?? ""
        return Failure(message: "error converting YAML to JSON: yaml: \(place)\(first.message)")
    }
}
