package import ClusterSimulation
package import Manifests

/// A folder of health scripts in Argo CD's own layout: `GROUP/KIND/health.lua`, `KIND/health.lua` for the core group;
/// `_` in a name stands for any text. Source: argo-cd `resource_customizations/` and `util/lua/lua.go`,
/// `getPredefinedLuaScripts` and `getGlobHealthScriptPaths`.
package enum ScriptFolder {
    private static let fileName = "health.lua"
    /// The largest script that is read.
    private static let bytesMax = 1 << 20

    /// The scripts below a folder. What is no Lua, what cannot be read, and what lies outside of it, is told as an
    /// error.
    ///
    /// - Parameter read: the bytes of a file, or why there are none.
    package static func read(
        _ folder: String, _ diagnostics: DiagnosticCollector,
        read: (String) -> Result<[UInt8], InputFiles.Failure> = ScriptFolder.bytes
    ) -> HealthScripts {
        let folder = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        guard InputFiles.kind(folder) == .folder else {
            diagnostics.error("missing-folder", "no folder '\(folder)'", at: .none)
            return .none
        }
        var entries: [HealthScripts.Entry] = []
        let root = InputFiles.realPath(folder) ?? folder
        do {
            for path in try InputFiles.files(in: folder, endings: ["/" + fileName]) {
                let names = path.dropFirst(folder.count + 1).split(separator: "/").dropLast()
                guard (1...2).contains(names.count) else { continue }
                guard let real = InputFiles.realPath(path), real.hasPrefix(root == "/" ? "/" : root + "/") else {
                    diagnostics.error("outside-path", "the script leads out of folder '\(folder)'", path: path)
                    continue
                }
                switch read(path) {
                case .success(let bytes): entries.append(entry(names.map(String.init), bytes, path, diagnostics))
                case .failure(let failure):
                    diagnostics.error("unreadable-file", "cannot read the script: \(failure.reason)", path: path)
                }
            }
        } catch {
            diagnostics.error("unreadable-file", "cannot read the folder: \(error.reason)", path: folder)
        }
        if entries.isEmpty, !diagnostics.hasErrors {
            diagnostics.error("empty-folder", "no GROUP/KIND/\(fileName) in folder '\(folder)'", at: .none)
        }
        return HealthScripts(entries)
    }

    /// Reads one file.
    package static func bytes(_ path: String) -> Result<[UInt8], InputFiles.Failure> {
        do {
            return .success(try InputFiles.read(path, sizeMax: bytesMax))
        } catch {
            return .failure(error)
        }
    }

    private static func entry(
        _ names: [String], _ bytes: [UInt8], _ path: String, _ diagnostics: DiagnosticCollector
    ) -> HealthScripts.Entry {
        let text = String(decoding: bytes, as: UTF8.self)
        let pattern = Symbol(String(names.joined(separator: "/").map { $0 == "_" ? "*" : $0 }))
        let base = SourceMap.register(path: path, bytes: bytes)
        var origins: [Origin] = []
        var start = base ?? 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            origins.append(base == nil ? .none : Origin(position: start))
            start += UInt32(line.utf8.count) + 1
        }
        ScriptProblems.report(Symbol(text), for: pattern, lines: origins, diagnostics, severity: .error)
        return HealthScripts.Entry(pattern, HealthScript(Symbol(text), hasOpenLibraries: true))
    }
}
