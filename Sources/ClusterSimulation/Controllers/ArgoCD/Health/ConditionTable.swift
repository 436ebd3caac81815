/// The conditions of a kind that decide its health: the shape of most of Argo CD's scripts.
struct ConditionTable: Sendable {
    /// What is said of a condition that decides.
    enum Message: Sendable, ExpressibleByStringLiteral {
        /// The condition's own message.
        case own
        /// The condition's own message, its reason where it has none.
        case ownOrReason
        case reason
        case text(String)

        init(stringLiteral value: String) { self = .text(value) }
    }

    /// A condition of this type and status gives this health.
    struct Row: Sendable {
        let type: Symbol
        let status: Symbol
        /// Only with this reason.
        let reason: Symbol?
        let code: HealthCode
        let message: Message

        static func when(
            _ type: Symbol, _ status: Symbol, _ code: HealthCode, _ message: Message = .own, reason: Symbol? = nil
        ) -> Row {
            Row(type: type, status: status, reason: reason, code: code, message: message)
        }

        func matches(_ condition: HealthCondition) -> Bool {
            condition.says(type, status) && (reason == nil || condition.reason == reason)
        }

        func health(_ condition: HealthCondition) -> ResourceHealth {
            switch message {
            case .own: ResourceHealth(code, condition.message ?? "")
            case .ownOrReason: ResourceHealth(code, condition.message ?? condition.reason?.text ?? "")
            case .reason: ResourceHealth(code, condition.reason?.text ?? "")
            case .text(let text): ResourceHealth(code, text)
            }
        }
    }

    /// What decides where several rows and several conditions meet.
    enum Precedence {
        /// The first condition of the object that a row is about.
        case conditions
        /// The first row that a condition of the object meets.
        case rows
    }

    let rows: [Row]
    let precedence: Precedence
    /// Where no condition decides.
    let otherwise: ResourceHealth

    init(_ rows: [Row], first precedence: Precedence = .conditions, otherwise: ResourceHealth) {
        self.rows = rows
        self.precedence = precedence
        self.otherwise = otherwise
    }

    /// Progressing with this message until a condition decides.
    init(_ rows: [Row], first precedence: Precedence = .conditions, waiting message: String) {
        self.init(rows, first: precedence, otherwise: ResourceHealth(.progressing, message))
    }

    /// Healthy where a condition is True, Degraded where it is False.
    static func trueIsHealthy(_ type: Symbol, waiting message: String) -> ConditionTable {
        ConditionTable([.when(type, "True", .healthy), .when(type, "False", .degraded)], waiting: message)
    }

    func health(_ input: HealthInput) -> ResourceHealth { decided(input.reported) ?? otherwise }

    /// What a list of conditions decides.
    func decided(_ conditions: [HealthCondition]) -> ResourceHealth? {
        switch precedence {
        case .conditions:
            for condition in conditions {
                if let row = rows.first(where: { $0.matches(condition) }) { return row.health(condition) }
            }
        case .rows:
            for row in rows {
                if let condition = conditions.first(where: row.matches) { return row.health(condition) }
            }
        }
        return nil
    }
}
