package import ClusterSimulation

/// Reads YAML and JSON documents of any kind: manifests, scenario files, values of charts, event streams.
///
/// Every value keeps its place, values of Secrets are replaced, certificates get facts beside them. What is
/// wrong is reported to the collector; a document that is wrong is left out, the others are returned.
package struct DocumentReader: Sendable {
    /// How to read a text.
    package enum Format: Sendable {
        /// By the path's ending; a text that starts with `{` is tried as JSON first.
        case detected
        case yaml
        case json
    }

    package let diagnostics: DiagnosticCollector
    package var limits = ParseLimits()
    /// Whether a list in place of a Secret's `data` names its keys, as in recordings of an API server's answers.
    package var allowsSecretKeyLists = false

    package init(diagnostics: DiagnosticCollector) {
        self.diagnostics = diagnostics
    }

    /// The documents of a file. Origins name it by `name`, which is `path` unless given.
    package func read(path: String, as name: String? = nil, format: Format = .detected) -> [Value] {
        do {
            let bytes = try InputFiles.read(path, sizeMax: limits.inputSizeMax)
            return read(bytes: bytes, path: name ?? path, format: format)
        } catch {
            diagnostics.error("unreadable-file", "cannot read the file: \(error.reason)", path: name ?? path)
            return []
        }
    }

    /// The documents of a text that no file holds, such as a rendered chart template. With a line map, values keep
    /// the places that their lines came from; lines without one are shown as lines of `path`.
    package func read(
        text: String, path: String, format: Format = .detected, lineMap: LineMap? = nil
    ) -> [Value] {
        read(bytes: Array(text.utf8), path: path, format: format, lineMap: lineMap)
    }

    /// The documents of the bytes of a file.
    package func read(
        bytes: [UInt8], path: String, format: Format = .detected, lineMap: LineMap? = nil
    ) -> [Value] {
        guard bytes.count <= limits.inputSizeMax else {
            diagnostics.error(
                "input-too-large", "a file may have at most \(limits.inputSizeMax) bytes", path: path)
            return []
        }
        let source = SourceText.normalized(bytes)
        var tape = tokenize(source, path: path, format: format)
        var kept = SecretMask.masked(source, hiding: SecretMarker.mark(&tape, allowsKeyLists: allowsSecretKeyLists))
        for range in tape.brokenRanges { SecretMask.maskUnparsed(&kept, in: range) }
        guard let base = SourceMap.register(path: path, bytes: kept) else {
            diagnostics.error("input-too-large", "all files together may have at most 4 GiB", path: path)
            return []
        }
        let origins = OriginMap(base: base, lineMap: lineMap, source: source)
        let (values, problems) = ValueBuilder.build(tape, origins: origins)
        report(tape.problems + problems, origins: origins)
        return values
    }

    func tokenize(_ source: [UInt8], path: String, format: Format) -> TokenTape {
        switch format {
        case .yaml: return YAMLTokenizer.tokenize(source, limits: limits)
        case .json: return JSONTokenizer.tokenize(source, limits: limits)
        case .detected:
            if path.hasSuffix(".json") || path.hasSuffix(".jsonl") {
                return JSONTokenizer.tokenize(source, limits: limits)
            }
            if SourceText.firstByte(source) == UInt8(ascii: "{") {
                let tape = JSONTokenizer.tokenize(source, limits: limits)
                if tape.problems.isEmpty { return tape }
            }
            return YAMLTokenizer.tokenize(source, limits: limits)
        }
    }

    private func report(_ problems: [ParseProblem], origins: OriginMap) {
        let sorted = problems.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
        for (_, problem) in sorted {
            if diagnostics.countedOnly(problem.severity) { continue }
            diagnostics.report(
                Diagnostic(
                    problem.severity, code: problem.code, problem.message, at: origins.origin(at: problem.offset),
                    notes: problem.notes.map { Diagnostic.Note($0.message, origin: origins.origin(at: $0.offset)) }))
        }
    }
}
