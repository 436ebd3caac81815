/// How a property quantifies over time (DESIGN section 6).
package enum PropertyKind: String, Sendable, CaseIterable {
    case always, eventually, stays, sometimes
}
