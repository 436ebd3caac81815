import ClusterSimulation
import Foundation

/// Reads the cells of one row of `content` in order. Throws where it is not what the writer wrote.
struct ContentReader {
    struct Malformed: Error {}

    private var cells: ArraySlice<Any>

    init(_ value: Any) throws {
        guard let cells = value as? [Any] else { throw Malformed() }
        self.cells = cells[...]
    }

    /// The rows of a whole body.
    static func rows(_ body: String) throws -> [Any] {
        guard let rows = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [Any] else { throw Malformed() }
        return rows
    }

    private mutating func next() throws -> Any {
        guard let cell = cells.popFirst() else { throw Malformed() }
        return cell
    }

    mutating func text() throws -> String {
        guard let text = try optionalText() else { throw Malformed() }
        return text
    }

    mutating func optionalText() throws -> String? {
        let cell = try next()
        if cell is NSNull { return nil }
        guard let text = cell as? String else { throw Malformed() }
        return text
    }

    mutating func time() throws -> SimulationTime {
        guard let time = try optionalTime() else { throw Malformed() }
        return time
    }

    mutating func optionalTime() throws -> SimulationTime? {
        let cell = try next()
        if cell is NSNull { return nil }
        guard let number = cell as? NSNumber else { throw Malformed() }
        return SimulationTime(milliseconds: number.int64Value)
    }

    /// A list of texts; empty where the row ends before it, as rows did before they had the list.
    mutating func texts() throws -> [String] {
        if cells.isEmpty { return [] }
        guard let texts = try next() as? [String] else { throw Malformed() }
        return texts
    }

    mutating func array() throws -> [Any] {
        guard let array = try next() as? [Any] else { throw Malformed() }
        return array
    }
}
