/// The elements of a list by what names them, a field or themselves: each look costs the same however many there are.
struct ElementIndex {
    private enum Name: Hashable {
        case text(Symbol)
        case number(Int64)
    }

    private let elements: [Value]
    private let key: Symbol?
    /// By name: the place of the first element; looked up only.
    private var places: [Name: Int] = [:]
    /// Places of elements whose name is neither a text nor a whole number: few, in order.
    private var others: [Int] = []

    /// - Parameter key: the field that names an element; nil: elements are compared as a whole.
    init(_ elements: [Value], _ key: Symbol?) {
        self.elements = elements
        self.key = key
        for (place, element) in elements.enumerated() {
            if let name = Self.name(key.map { element[$0] } ?? element) {
                if places[name] == nil { places[name] = place }
            } else {
                others.append(place)
            }
        }
    }

    private static func name(_ value: Value?) -> Name? {
        switch value?.content {
        case .string(let text): .text(text)
        case .integer(let number): .number(number)
        default: nil
        }
    }

    /// The place of the first element with the name of another element.
    func first(like element: Value) -> Int? {
        let wanted = key.map { element[$0] } ?? element
        let named = Self.name(wanted).flatMap { places[$0] }
        // A number with a fraction can equal a whole one.
        let isPlain: Bool
        if case .string = wanted?.content { isPlain = true } else { isPlain = false }
        if isPlain { return named }
        func isNamedSo(_ place: Int) -> Bool { (key.map { elements[place][$0] } ?? elements[place]) == wanted }
        let other = Self.name(wanted) == nil ? elements.indices.first(where: isNamedSo) : others.first(where: isNamedSo)
        return [named, other].compactMap { $0 }.min()
    }
}
