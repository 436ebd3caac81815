/// The floors of the engine, and who names what lies above him.
///
/// A name lies above where every visible declaration of it does: of a type, of a function at the top, or of a member that
/// an upper floor gives to a type of a lower one. What else an upper floor declares is reached through one of these. A
/// name that is declared on the own floor or below it too is taken for that one.
struct Floors {
    /// From the ground up.
    let order: [String]
    private(set) var sources: [Source] = []
    /// By name: the floors of what can be named without more than a value of a lower floor.
    private var types: [String: Set<Int>] = [:]
    private var members: [String: Set<Int>] = [:]
    /// By name: the floors of everything of that name.
    private var all: [String: Set<Int>] = [:]
    /// By `Type(label:`: the floors of initialisers that are declared outside of the type's own floor.
    private var initialisers: [String: Set<Int>] = [:]

    struct Source {
        var path: String
        var floor: Int
        var tokens: [SwiftTokens.Token]
        var declarations: SwiftDeclarations
    }

    /// - Parameters:
    ///   - order: folders, from the ground up.
    ///   - files: texts by path, below the folder of the engine.
    init(order: [String], _ files: [(path: String, text: String)]) {
        self.order = order
        for (path, text) in files {
            guard let floor = floor(of: path) else { continue }
            let tokens = SwiftTokens(text).tokens
            sources.append(
                Source(path: path, floor: floor, tokens: tokens, declarations: SwiftDeclarations(tokens)))
        }
        index()
    }

    /// The number of the floor on which a file lies; nil: on none.
    func floor(of path: String) -> Int? { order.firstIndex { path.hasPrefix($0 + "/") } }

    private mutating func index() {
        var home: [String: Set<Int>] = [:]
        for source in sources {
            for declaration in source.declarations.declarations where declaration.isAtTop && declaration.isType {
                home[declaration.name, default: []].insert(source.floor)
            }
        }
        for source in sources {
            for declaration in source.declarations.declarations {
                if let label = declaration.firstLabel {
                    guard let type = declaration.extended, declaration.isVisible else { continue }
                    initialisers["\(type)(\(label)", default: []].insert(source.floor)
                    continue
                }
                all[declaration.name, default: []].insert(source.floor)
                let isForeign = declaration.extended.map { !(home[$0] ?? []).contains(source.floor) } ?? false
                guard declaration.isVisible, declaration.isAtTop || isForeign else { continue }
                if declaration.isType {
                    types[declaration.name, default: []].insert(source.floor)
                } else {
                    members[declaration.name, default: []].insert(source.floor)
                }
            }
        }
    }

    /// Each name that a file uses although it is declared above it only, as `API/Store.swift: notePod of Controllers`.
    func upwardUses(except others: Set<String>) -> [String] {
        var found: Set<String> = []
        for source in sources {
            for (place, token) in source.tokens.enumerated() where token.isWord && !others.contains(token.text) {
                guard !source.declarations.places.contains(place), let floors = floors(place, source),
                    let lowest = floors.min(), lowest > source.floor
                else { continue }
                found.insert("\(source.path): \(token.text) of \(order[lowest])")
            }
        }
        return found.sorted()
    }

    /// The floors on which the word at a place is declared; nil where it is no name that tells.
    private func floors(_ place: Int, _ source: Source) -> Set<Int>? {
        let name = source.tokens[place].text
        let before = place > 0 ? source.tokens[place - 1].text : ""
        let after = place + 1 < source.tokens.count ? source.tokens[place + 1].text : ""
        if before != "." {
            if after == "(", let initialiser = initialisers["\(name)(\(firstLabel(place + 1, source))"],
                !(types[name] ?? []).isEmpty, initialiser.isDisjoint(with: 0...source.floor),
                (types[name] ?? []).contains(where: { $0 <= source.floor })
            {
                return initialiser
            }
            if let floors = types[name] { return isBelow(name, source) ? nil : floors }
        }
        guard before == "." || after == "(" || name.first?.isLowercase == true, let floors = members[name] else {
            return nil
        }
        // A word without a dot or a bracket may be a variable or a label.
        guard before == "." || after == "(" else { return nil }
        return isBelow(name, source) ? nil : floors
    }

    private func isBelow(_ name: String, _ source: Source) -> Bool {
        (all[name] ?? []).contains { $0 <= source.floor }
    }

    private func firstLabel(_ open: Int, _ source: Source) -> String {
        let tokens = source.tokens
        guard open + 2 < tokens.count else { return "" }
        if tokens[open + 1].text == ")" { return "" }
        return tokens[open + 2].text == ":" ? tokens[open + 1].text : "_"
    }
}
