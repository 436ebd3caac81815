import Foundation

@testable import ClusterSimulation

extension Value {
    /// The value of a JSON text that a test wrote.
    init(json text: String) throws {
        let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])
        self = Value.from(parsed)
    }

    private static func from(_ parsed: Any) -> Value {
        switch parsed {
        case let fields as [String: Any]:
            Value(.object(fields.keys.sorted().map { Field(Symbol($0), from(fields[$0] ?? NSNull())) }))
        case let elements as [Any]: Value(.array(elements.map(from)))
        case let text as String: .string(text)
        case let flag as Bool where "\(type(of: parsed))".contains("Bool"): Value(.boolean(flag))
        case let number as NSNumber:
            if "\(type(of: parsed))".contains("Bool") || String(cString: number.objCType) == "c" {
                Value(.boolean(number.boolValue))
            } else if number.doubleValue == number.doubleValue.rounded() {
                Value(.integer(number.int64Value))
            } else {
                Value(.double(number.doubleValue))
            }
        default: Value(.null)
        }
    }
}
