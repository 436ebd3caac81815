import ClusterSimulation
import LuaHealth
import Manifests
@_exported import RehearseTestSupport
import Testing

/// Scripts and the objects that they look at.
enum Toys {
    static let widget: Value = [
        "apiVersion": "example.dev/v1", "kind": "Widget",
        "metadata": [
            "name": "one", "namespace": "shop", "generation": 3, "labels": ["team": "a", "tier": "b"],
            "annotations": ["note": "x"],
        ],
        "spec": [
            "size": 4, "ratio": Value(.double(0.5)), "paused": false, "tags": ["red", nil, "green"], "nothing": nil,
        ],
        "status": [
            "phase": "Ready", "observedGeneration": 3,
            "conditions": [["type": "Ready", "status": "True", "message": "fine"]],
        ],
    ]

    static let now = SimulationTime(rfc3339: "2026-01-12T09:05:07Z") ?? .epoch

    static func answer(
        _ text: String, _ document: Value = widget, open: Bool = true,
        runner: LuaHealthRunner = .shared
    ) -> HealthScriptAnswer {
        runner.run(HealthScript(Symbol(text), hasOpenLibraries: open), document, now: now)
    }

    static func finding(_ text: String, _ document: Value = widget, open: Bool = true) -> HealthFinding {
        answer(text, document, open: open).finding
    }

    /// The message of a health that is made of an expression.
    static func value(_ expression: String, open: Bool = true) -> String {
        let finding = finding("return {status = 'Healthy', message = tostring(\(expression))}", open: open)
        switch finding {
        case .found(let health): return health.message
        case .failed(let message): return "failed: \(message)"
        case .none, .empty: return "nothing"
        }
    }
}
