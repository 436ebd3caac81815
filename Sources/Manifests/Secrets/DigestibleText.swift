import CSimdJSON

/// What of a file may go into a digest of the input. A digest over values of Secrets would give them away to whoever
/// has the rest of the input: a PIN of six digits is found by a million tries.
///
/// In place of the values stand characters of the same lengths, as in what messages show; which of the values are
/// equal is told beside.
package struct DigestibleText {
    /// The file's bytes, values of Secrets blanked.
    package let bytes: [UInt8]
    /// For each value of a Secret, in the order of the file, what is the same for equal values in this process only.
    /// To be numbered in the order of first sight, never to be hashed.
    package let secrets: [String]

    /// - Parameter path: tells which files are read as YAML or JSON; of others nothing is blanked.
    package init(_ file: [UInt8], path: String) {
        guard Self.isRead(path), Self.mayHoldSecrets(file) else {
            bytes = file
            secrets = []
            return
        }
        let source = SourceText.normalized(file)
        let reader = DocumentReader(diagnostics: DiagnosticCollector())
        var tape = reader.tokenize(source, path: path, format: .detected)
        let hidden = SecretMarker.mark(&tape)
        guard !hidden.isEmpty || !tape.brokenRanges.isEmpty else {
            bytes = file
            secrets = []
            return
        }
        var kept = SecretMask.masked(source, hiding: hidden)
        for range in tape.brokenRanges { SecretMask.maskUnparsed(&kept, in: range) }
        bytes = kept
        secrets = tape.tokens.indices.compactMap { index in
            let token = tape.tokens[index]
            guard !token.tokenMarks.isDisjoint(with: [.secretText, .secretBase64]),
                token.kind == .DOCUMENT_TOKEN_STRING
            else { return nil }
            let text = tape.text(index)
            let decoded = token.tokenMarks.contains(.secretBase64) ? Base64.decode(text) : nil
            return SecretFingerprint.text(of: decoded ?? Array(text))
        }
    }

    private static func isRead(_ path: String) -> Bool {
        [".yaml", ".yml", ".json", ".tpl", "Kustomization", "<stdin>"].contains(where: path.hasSuffix)
    }

    /// Whether a file has to be taken apart to know. Escapes can write any word.
    private static func mayHoldSecrets(_ file: [UInt8]) -> Bool {
        for (index, byte) in file.enumerated() {
            switch byte {
            case UInt8(ascii: "\\"), 0, 0xFE, 0xFF: return true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                // The kind in any case.
                if file[index...].prefix(5).elementsEqual("ecret".utf8, by: { $0 | 0x20 == $1 }) { return true }
            case UInt8(ascii: "d"): if file[index...].starts(with: "data".utf8) { return true }
            case UInt8(ascii: "D"): if file[index...].starts(with: "Data".utf8) { return true }
            default: break
            }
        }
        return false
    }
}
