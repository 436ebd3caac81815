/// How lists of built-in kinds are merged: by the key that names an element, or not at all.
///
/// Source: `x-kubernetes-patch-merge-key` and `x-kubernetes-list-map-keys` of the Kubernetes 1.36 OpenAPI document.
enum ListMerge {
    /// The field that names an element of the list `field`; nil where the list is replaced as a whole.
    ///
    /// - Parameter parent: the field (or list) that holds the object with this list.
    static func key(of field: Symbol, in parent: Symbol, _ kind: KindID) -> Symbol? {
        switch field {
        case "containers", "initContainers", "ephemeralContainers", "volumes", "env", "imagePullSecrets", "webhooks",
            "resourceClaims", "schedulingGates":
            return "name"
        case "volumeMounts": return "mountPath"
        case "volumeDevices": return "devicePath"
        case "hostAliases": return "ip"
        case "topologySpreadConstraints": return "topologyKey"
        case "conditions": return "type"
        case "ownerReferences": return "uid"
        case "secrets": return kind == .serviceAccount ? "name" : nil
        case "taints": return kind == .node ? "key" : nil
        case "ports": return portKey(in: parent, kind)
        default: return nil
        }
    }

    private static func portKey(in parent: Symbol, _ kind: KindID) -> Symbol? {
        switch parent {
        case "containers", "initContainers", "ephemeralContainers": return "containerPort"
        case "spec": return kind == .service ? "port" : nil
        default: return nil
        }
    }

    /// The order of a merged list: what the patch names in its order, and what only the server has where it was.
    ///
    /// - Parameters:
    ///   - order: the elements (or their keys) in the order of the patch.
    ///   - server: the list before the patch.
    static func ordered(_ elements: [Value], by order: [Value], server: [Value], _ key: Symbol?) -> [Value] {
        let orderPlaces = ElementIndex(order, key)
        let serverPlaces = ElementIndex(server, key)
        func sorted(_ list: [Value], _ places: ElementIndex) -> [Value] {
            list.enumerated().map { (places.first(like: $1) ?? .max, $0, $1) }
                .sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
        }
        let named = sorted(elements.filter { orderPlaces.first(like: $0) != nil }, orderPlaces)
        let others = sorted(elements.filter { orderPlaces.first(like: $0) == nil }, serverPlaces)
        var result: [Value] = []
        var left = 0
        var right = 0
        while left < others.count, right < named.count {
            if let first = serverPlaces.first(like: others[left]), let second = serverPlaces.first(like: named[right]),
                first < second
            {
                result.append(others[left])
                left += 1
            } else {
                result.append(named[right])
                right += 1
            }
        }
        return result + named[right...] + others[left...]
    }

    /// Lists of plain values that are sets.
    static func isSet(_ field: Symbol) -> Bool { field == "finalizers" }
}
