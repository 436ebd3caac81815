/// The texts of one field of the status that decide the health of a kind.
struct StateTable: Sendable {
    /// What is said of a state.
    enum Message: Sendable, ExpressibleByStringLiteral {
        /// The state itself.
        case own
        case text(String)
        /// Another field of the status, this text where it has none.
        case field(Symbol, or: String)

        init(stringLiteral value: String) { self = .text(value) }
    }

    /// Any of these states gives this health.
    struct Row: Sendable {
        let states: [String]
        let code: HealthCode
        let message: Message

        static func when(_ states: String..., is code: HealthCode, _ message: Message = .own) -> Row {
            Row(states: states, code: code, message: message)
        }
    }

    let field: Symbol
    let rows: [Row]
    /// Where the field says nothing, or something else.
    let otherwise: ResourceHealth

    init(_ field: Symbol, _ rows: [Row], otherwise: ResourceHealth) {
        self.field = field
        self.rows = rows
        self.otherwise = otherwise
    }

    /// Progressing with this message until a state decides.
    init(_ field: Symbol, _ rows: [Row], waiting message: String) {
        self.init(field, rows, otherwise: ResourceHealth(.progressing, message))
    }

    func health(_ input: HealthInput) -> ResourceHealth {
        guard let state = input.statusText(field), let row = rows.first(where: { $0.states.contains(state) }) else {
            return otherwise
        }
        switch row.message {
        case .own: return ResourceHealth(row.code, state)
        case .text(let text): return ResourceHealth(row.code, text)
        case .field(let field, let text): return ResourceHealth(row.code, input.statusText(field) ?? text)
        }
    }
}
