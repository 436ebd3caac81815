/// What a Swift source declares outside of functions, and where it does.
struct SwiftDeclarations {
    struct Declaration: Equatable {
        var name: String
        var isType: Bool
        /// Whether other files can name it.
        var isVisible: Bool
        /// The type whose extension it stands in; nil: at the top, or in the declaration of a type.
        var extended: String?
        /// Whether it stands in no type.
        var isAtTop: Bool
        /// Of an initialiser: its first label, `_` for none, empty where it takes nothing. nil: it is none.
        var firstLabel: String?
    }

    private(set) var declarations: [Declaration] = []
    /// Places of the words that are declared there.
    private(set) var places: Set<Int> = []

    private enum Scope {
        case type(isVisible: Bool)
        case `extension`(of: String, isVisible: Bool)
        case other
    }

    private static let types: Set = ["struct", "class", "enum", "protocol", "actor", "typealias", "associatedtype"]
    private static let modifiers: Set = [
        "package", "public", "internal", "private", "fileprivate", "static", "class", "mutating", "nonmutating",
        "final",
        "override", "indirect", "lazy", "weak", "unowned", "nonisolated", "convenience", "required", "borrowing",
        "consuming",
    ]

    private let tokens: [SwiftTokens.Token]
    private var scopes: [Scope] = []
    /// What the next brace opens.
    private var pending = Scope.other

    init(_ tokens: [SwiftTokens.Token]) {
        self.tokens = tokens
        for index in tokens.indices { read(index) }
    }

    private func text(_ index: Int) -> String { tokens.indices.contains(index) ? tokens[index].text : "" }

    private var isInFunction: Bool {
        if case .other? = scopes.last { return true }
        return false
    }

    private mutating func read(_ index: Int) {
        switch text(index) {
        case "{":
            scopes.append(pending)
            pending = .other
        case "}": if !scopes.isEmpty { scopes.removeLast() }
        case "extension" where !isInFunction && tokens[index].isWord:
            var name = index + 1
            // The outermost type counts: whose `A.B` is, is told by `A`.
            places.insert(name)
            while text(name + 1) == "." {
                name += 2
                places.insert(name)
            }
            pending = .extension(of: text(index + 1), isVisible: !isPrivate(index))
        case "func", "var", "let": if !isInFunction { add(index + 1, isType: false, keyword: index) }
        case "init" where !isInFunction && isDeclaration(ofInitialiser: index):
            add(index, isType: false, keyword: index, firstLabel: firstLabel(of: index))
        case "case": if !isInFunction, !scopes.isEmpty { addCases(index) }
        case let word where Self.types.contains(word) && tokens[index].isWord:
            guard !isInFunction, text(index - 1) != ".", !["func", "var", "let", "init"].contains(text(index + 1)),
                tokens.indices.contains(index + 1), tokens[index + 1].isWord
            else { return }
            add(index + 1, isType: true, keyword: index)
            if word != "typealias", word != "associatedtype" { pending = .type(isVisible: !isPrivate(index)) }
        default: break
        }
    }

    private mutating func add(_ place: Int, isType: Bool, keyword: Int, firstLabel: String? = nil) {
        guard tokens.indices.contains(place), tokens[place].isWord else { return }
        var extended: String?
        var isVisible = !isPrivate(keyword)
        switch scopes.last {
        case .extension(let name, let isOpen)?:
            extended = name
            isVisible = isVisible && isOpen
        case .type(let isOpen)?: isVisible = isVisible && isOpen
        default: break
        }
        declarations.append(
            Declaration(
                name: text(place), isType: isType, isVisible: isVisible, extended: extended, isAtTop: scopes.isEmpty,
                firstLabel: firstLabel))
        places.insert(place)
    }

    /// `case a, b(Int), c = 1`.
    private mutating func addCases(_ keyword: Int) {
        var place = keyword + 1
        while tokens.indices.contains(place), tokens[place].isWord {
            add(place, isType: false, keyword: keyword)
            place += 1
            if text(place) == "(" { place = end(of: place) }
            if text(place) == "=" {
                place += 1
                while tokens.indices.contains(place), text(place) != ",", tokens[place].line == tokens[place - 1].line {
                    place += 1
                }
            }
            guard text(place) == "," else { return }
            place += 1
        }
    }

    /// The place behind the bracket that closes the one at a place.
    private func end(of open: Int) -> Int {
        var depth = 0
        var place = open
        while tokens.indices.contains(place) {
            if text(place) == "(" { depth += 1 }
            if text(place) == ")" { depth -= 1 }
            place += 1
            if depth == 0 { break }
        }
        return place
    }

    private func isDeclaration(ofInitialiser index: Int) -> Bool {
        text(index - 1) != "." && (text(index + 1) == "(" || text(index + 2) == "(" || text(index + 1) == "<")
    }

    private func firstLabel(of index: Int) -> String {
        var place = index + 1
        while tokens.indices.contains(place), text(place) != "(" { place += 1 }
        return text(place + 1) == ")" ? "" : text(place + 1)
    }

    /// Whether one of the modifiers before a keyword keeps the declaration within its file; `private(set)` does not.
    private func isPrivate(_ keyword: Int) -> Bool {
        var place = keyword - 1
        while place >= 0 {
            if text(place) == ")" {
                while place >= 0, text(place) != "(" { place -= 1 }
                place -= 1
                guard place >= 0, Self.modifiers.contains(text(place)) || text(place - 1) == "@" else { return false }
                place -= text(place - 1) == "@" ? 2 : 1
                continue
            }
            if text(place - 1) == "@" {
                place -= 2
                continue
            }
            guard Self.modifiers.contains(text(place)) else { return false }
            if text(place) == "private" || text(place) == "fileprivate" { return true }
            place -= 1
        }
        return false
    }
}
