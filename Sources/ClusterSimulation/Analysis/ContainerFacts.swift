/// What the model reads of a container.
package struct ContainerFacts: Sendable {
    package var name: Symbol
    package var image: Symbol
    /// `imagePullPolicy: Always`, said or meant: whether the registry is asked although the node has the image.
    package var alwaysPulls: Bool
    package var command: [Symbol]
    package var arguments: [Symbol]
    package var environment: [EnvironmentVariable]
    package var environmentSources: [EnvironmentSource]
    package var ports: [Port]
    /// Volumes by name, with the path in the container.
    package var mounts: [(volume: Symbol, path: Symbol)]
    package var hasReadinessProbe: Bool
    /// `restartPolicy: Always` of an init container: a sidecar, started in its turn and left running.
    package var isSidecar: Bool
    package var origin: Origin

    /// One entry of `env`.
    package struct EnvironmentVariable: Sendable {
        package enum Source: Sendable {
            case value(Symbol)
            case secretKey(name: Symbol, key: Symbol, optional: Bool)
            case configMapKey(name: Symbol, key: Symbol, optional: Bool)
            /// `metadata.namespace`, `spec.nodeName`, …
            case field(Symbol)
            case other
        }

        package var name: Symbol
        package var source: Source
        package var origin: Origin
    }

    /// One entry of `envFrom`.
    package struct EnvironmentSource: Sendable {
        /// Else a ConfigMap.
        package var isSecret: Bool
        package var name: Symbol
        package var isOptional: Bool
        package var origin: Origin
    }

    package struct Port: Sendable {
        package var name: Symbol
        package var containerPort: Int
        /// 0: none.
        package var hostPort: Int
        package var hostIP: Symbol
        /// `TCP`, `UDP`, `SCTP`.
        package var transport: Symbol
    }

    init(_ value: Value) {
        name = value["name"]?.symbol ?? .empty
        image = value["image"]?.symbol ?? .empty
        alwaysPulls = Self.alwaysPulls(image.text, policy: value["imagePullPolicy"]?.text ?? "")
        command = value["command"]?.symbols ?? []
        arguments = value["args"]?.symbols ?? []
        environment = value["env"]?.elements.map(EnvironmentVariable.init) ?? []
        environmentSources = value["envFrom"]?.elements.compactMap(EnvironmentSource.init) ?? []
        ports = value["ports"]?.elements.map(Port.init) ?? []
        mounts =
            value["volumeMounts"]?.elements.compactMap { mount in
                guard let volume = mount["name"]?.symbol else { return nil }
                return (volume, mount["mountPath"]?.symbol ?? .empty)
            } ?? []
        hasReadinessProbe = value["readinessProbe"] != nil || value["startupProbe"] != nil
        isSidecar = value["restartPolicy"]?.symbol == "Always"
        origin = value.origin
    }

    /// Source: the Kubernetes documentation, "Images": without a policy, `:latest` and no tag at all mean Always.
    static func alwaysPulls(_ image: String, policy: String) -> Bool {
        if !policy.isEmpty { return policy == "Always" }
        return image.hasSuffix(":latest") || ImageFact.repository(of: image) == image
    }

    /// The variable's literal value; nil where it has none, or comes from elsewhere.
    package func literal(_ variable: Symbol) -> Symbol? {
        for entry in environment where entry.name == variable {
            if case .value(let value) = entry.source { return value }
        }
        return nil
    }
}

extension ContainerFacts.EnvironmentVariable {
    init(_ value: Value) {
        name = value["name"]?.symbol ?? .empty
        origin = value.origin
        if let reference = value.at("valueFrom", "secretKeyRef") {
            source = .secretKey(
                name: reference["name"]?.symbol ?? .empty, key: reference["key"]?.symbol ?? .empty,
                optional: reference["optional"]?.boolean ?? false)
            origin = reference["name"]?.origin ?? origin
        } else if let reference = value.at("valueFrom", "configMapKeyRef") {
            source = .configMapKey(
                name: reference["name"]?.symbol ?? .empty, key: reference["key"]?.symbol ?? .empty,
                optional: reference["optional"]?.boolean ?? false)
            origin = reference["name"]?.origin ?? origin
        } else if let path = value.at("valueFrom", "fieldRef", "fieldPath")?.symbol {
            source = .field(path)
        } else if let text = value["value"]?.symbol {
            source = .value(text)
            origin = value["value"]?.origin ?? origin
        } else {
            source = value["valueFrom"] == nil ? .value(.empty) : .other
        }
    }
}

extension ContainerFacts.EnvironmentSource {
    init?(_ value: Value) {
        let secret = value["secretRef"]
        guard let reference = secret ?? value["configMapRef"], let name = reference["name"]?.symbol else { return nil }
        self.name = name
        isSecret = secret != nil
        isOptional = reference["optional"]?.boolean ?? false
        origin = reference["name"]?.origin ?? .none
    }
}

extension ContainerFacts.Port {
    init(_ value: Value) {
        name = value["name"]?.symbol ?? .empty
        containerPort = value["containerPort"]?.int32 ?? 0
        hostPort = value["hostPort"]?.int32 ?? 0
        hostIP = value["hostIP"]?.symbol ?? .empty
        transport = value["protocol"]?.symbol ?? "TCP"
    }
}
