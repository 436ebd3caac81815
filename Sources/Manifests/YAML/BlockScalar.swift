package import ClusterSimulation

/// The places of the lines of a block scalar (`|`), in the file that holds it: values of a chart are written as one.
package enum BlockScalar {
    /// For each line of a text that was written at `origin` the place of its first column, or `origin` for all of them
    /// where the file does not have these lines there (the text was quoted, folded or made).
    package static func lineOrigins(of origin: Origin, lines: [Substring]) -> [Origin] {
        let fallback = lines.map { _ in origin }
        guard let location = origin.location, let header = SourceMap.line(at: origin) else { return fallback }
        let before = header.unicodeScalars.prefix(location.column - 1).reduce(0) { $0 + UTF8.width($1) }
        var start = Int(origin.position) - before + header.utf8.count + 1
        var origins: [Origin] = []
        for (index, line) in lines.enumerated() {
            let place = Origin(position: UInt32(start))
            guard let here = place.location, here.path == location.path, here.line == location.line + index + 1,
                let source = SourceMap.line(at: place)
            else { return fallback }
            let indent = source.utf8.count - line.utf8.count
            guard line.isEmpty ? source.allSatisfy({ $0 == " " }) : source.hasSuffix(line),
                source.utf8.prefix(max(indent, 0)).allSatisfy({ $0 == 32 })
            else { return fallback }
            origins.append(Origin(position: place.position + UInt32(line.isEmpty ? 0 : indent)))
            start += source.utf8.count + 1
        }
        return origins
    }
}
