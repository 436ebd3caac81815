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

    /// Lists of plain values that are sets.
    static func isSet(_ field: Symbol) -> Bool { field == "finalizers" }
}
