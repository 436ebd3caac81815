import ClusterSimulation

extension Value {
    /// About how many bytes the value has as text; looks no further than `bound`. Aliases share a value that its text
    /// repeats, so the text can be much larger than the file.
    func textSize(upTo bound: Int) -> Int {
        switch content {
        case .null, .boolean, .integer, .double: return 8
        case .string(let symbol): return symbol.utf8.count + 2
        case .array(let elements):
            var size = 2
            for element in elements where size <= bound { size += element.textSize(upTo: bound - size) + 1 }
            return size
        case .object(let fields):
            var size = 2
            for field in fields where size <= bound {
                size += field.key.utf8.count + field.value.textSize(upTo: bound - size) + 4
            }
            return size
        }
    }
}
