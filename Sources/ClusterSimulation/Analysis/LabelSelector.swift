/// `metav1.LabelSelector`: what labels must be for an object to be selected. An empty selector selects everything.
package struct LabelSelector: Hashable, Sendable {
    package enum Operator: Hashable, Sendable { case isIn, notIn, exists, doesNotExist, greaterThan, lessThan }

    package struct Requirement: Hashable, Sendable {
        package var key: Symbol
        package var operation: Operator
        package var values: [Symbol]

        package init(key: Symbol, operation: Operator, values: [Symbol] = []) {
            self.key = key
            self.operation = operation
            self.values = values
        }
    }

    package var requirements: [Requirement]

    package init(requirements: [Requirement] = []) { self.requirements = requirements }

    /// Reads `matchLabels` and `matchExpressions`.
    package init(_ value: Value) {
        var requirements = (value["matchLabels"]?.fields ?? []).map {
            Requirement(key: $0.key, operation: .isIn, values: [$0.value.symbol ?? .empty])
        }
        for expression in value["matchExpressions"]?.elements ?? [] {
            let operation: Operator
            switch expression["operator"]?.symbol {
            case "NotIn": operation = .notIn
            case "Exists": operation = .exists
            case "DoesNotExist": operation = .doesNotExist
            default: operation = .isIn
            }
            requirements.append(
                Requirement(
                    key: expression["key"]?.symbol ?? .empty, operation: operation,
                    values: expression["values"]?.symbols ?? []))
        }
        self.requirements = requirements
    }

    package var isEmpty: Bool { requirements.isEmpty }

    /// Whether the labels meet every requirement.
    package func matches(_ labels: LabelMap) -> Bool {
        for requirement in requirements {
            let value = labels[requirement.key]
            let isMet: Bool
            switch requirement.operation {
            case .isIn: isMet = value.map(requirement.values.contains) ?? false
            case .notIn: isMet = value.map { !requirement.values.contains($0) } ?? true
            case .exists: isMet = value != nil
            case .doesNotExist: isMet = value == nil
            case .greaterThan, .lessThan:
                guard let number = value.flatMap({ Int($0.text) }), let bound = Int(requirement.values[0].text) else {
                    return false
                }
                isMet = requirement.operation == .greaterThan ? number > bound : number < bound
            }
            if !isMet { return false }
        }
        return true
    }
}
