/// What the model reads of a pod spec: of a Pod, or of the template of a workload.
///
/// Source of every field's meaning: the Kubernetes API reference, core/v1 PodSpec.
package final class PodTemplateFacts {
    /// In order; each runs to its end before the next.
    package let initContainers: [ContainerFacts]
    package let containers: [ContainerFacts]
    package let volumes: [VolumeFacts]
    /// `default` where the spec names none.
    package let serviceAccountName: Symbol
    package let imagePullSecrets: [Symbol]
    package let nodeSelector: [(key: Symbol, value: Symbol)]
    /// `spec.nodeName`; empty: the scheduler chooses.
    package let nodeName: Symbol
    package let hostNetwork: Bool
    /// 30 where the spec does not say.
    package let terminationGracePeriodSeconds: Int32
    package let restartPolicy: RestartPolicy
    /// `spec.hostname` and `spec.subdomain`; empty where not set.
    package let hostname: Symbol
    package let subdomain: Symbol
    package let dnsPolicy: DNSPolicy
    /// `dnsConfig.searches`, and the number in its option `ndots`.
    package let dnsSearches: [Symbol]
    package let dnsDots: Int?
    /// Names that `hostAliases` gives to addresses.
    package let hostAliases: [Symbol]
    package let tolerations: [TolerationFacts]
    /// The only node that `affinity` allows by `metadata.name`, as the Pods of a DaemonSet have it; empty: any.
    package let requiredNode: Symbol
    package let origin: Origin

    package enum RestartPolicy: Sendable { case always, onFailure, never }
    /// `node` is the API's `Default`.
    package enum DNSPolicy: Sendable { case clusterFirst, clusterFirstWithHostNet, node, none }

    /// - Parameter spec: a pod spec, `Pod.spec` or `template.spec`.
    package init(spec: Value) {
        initContainers = spec["initContainers"]?.elements.map(ContainerFacts.init) ?? []
        containers = spec["containers"]?.elements.map(ContainerFacts.init) ?? []
        volumes = spec["volumes"]?.elements.compactMap(VolumeFacts.init) ?? []
        let account = spec["serviceAccountName"]?.symbol ?? spec["serviceAccount"]?.symbol ?? .empty
        serviceAccountName = account.isEmpty ? "default" : account
        imagePullSecrets = spec["imagePullSecrets"]?.elements.compactMap { $0["name"]?.symbol } ?? []
        nodeSelector =
            spec["nodeSelector"]?.fields.compactMap { field in
                field.value.symbol.map { (field.key, $0) }
            } ?? []
        nodeName = spec["nodeName"]?.symbol ?? .empty
        hostNetwork = spec["hostNetwork"]?.boolean ?? false
        terminationGracePeriodSeconds = Int32(clamping: spec["terminationGracePeriodSeconds"]?.integer ?? 30)
        switch spec["restartPolicy"]?.symbol {
        case "Never": restartPolicy = .never
        case "OnFailure": restartPolicy = .onFailure
        default: restartPolicy = .always
        }
        hostname = spec["hostname"]?.symbol ?? .empty
        subdomain = spec["subdomain"]?.symbol ?? .empty
        switch spec["dnsPolicy"]?.symbol {
        case "Default": dnsPolicy = .node
        case "ClusterFirstWithHostNet": dnsPolicy = .clusterFirstWithHostNet
        case "None": dnsPolicy = .none
        default: dnsPolicy = .clusterFirst
        }
        dnsSearches = spec.at("dnsConfig", "searches")?.symbols ?? []
        let dots = spec.at("dnsConfig", "options")?.elements.first { $0["name"]?.symbol == "ndots" }?["value"]?.text
        dnsDots = dots.flatMap { Int($0) }
        hostAliases = spec["hostAliases"]?.elements.flatMap { $0["hostnames"]?.symbols ?? [] } ?? []
        tolerations = spec["tolerations"]?.elements.map(TolerationFacts.init) ?? []
        let terms = spec.at(
            "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
        let field = terms?[index: 0]?["matchFields"]?[index: 0]
        requiredNode = field?["key"]?.symbol == "metadata.name" ? field?["values"]?[index: 0]?.symbol ?? .empty : .empty
        origin = spec.origin
    }

    /// Whether the search list of its containers begins with its own namespace.
    package var searchesCluster: Bool {
        dnsPolicy == .clusterFirstWithHostNet || (dnsPolicy == .clusterFirst && !hostNetwork)
    }

    /// Init containers first, then the others: the order of `PodStatus.containers`.
    package var allContainers: [ContainerFacts] { initContainers + containers }

    /// The container of that place in `PodStatus.containers`.
    package func container(at index: Int) -> ContainerFacts {
        index < initContainers.count ? initContainers[index] : containers[index - initContainers.count]
    }

    /// Ports that the pod takes on its node: `hostPort`, and every container port under `hostNetwork`.
    package var hostPorts: [ContainerFacts.Port] {
        containers.flatMap { container in
            container.ports.compactMap { port in
                var port = port
                if port.hostPort == 0, hostNetwork { port.hostPort = port.containerPort }
                return port.hostPort == 0 ? nil : port
            }
        }
    }
}

/// A volume of a pod spec.
package struct VolumeFacts: Sendable {
    package enum Source: Sendable, Hashable { case secret, configMap, persistentVolumeClaim, none }

    package var name: Symbol
    /// What must exist before the volume can be mounted: one entry, or several of a projected volume.
    package var parts: [Part]
    /// Whether it is an `emptyDir`, whose files go with the Pod.
    package var isEmptyDir: Bool

    /// One object a volume shows.
    package struct Part: Sendable {
        package var source: Source
        package var name: Symbol
        package var isOptional: Bool
        /// Keys that must be there; empty: whatever there is.
        package var keys: [Symbol]
        /// The file of each of `keys`, relative to the volume.
        package var paths: [Symbol]
        package var origin: Origin
    }

    init?(_ value: Value) {
        guard let name = value["name"]?.symbol else { return nil }
        self.name = name
        isEmptyDir = value["emptyDir"].map { !$0.isNull } ?? false
        parts = []
        if let secret = value["secret"] { add(.secret, secret, name: secret["secretName"]) }
        if let configMap = value["configMap"] { add(.configMap, configMap, name: configMap["name"]) }
        if let claim = value["persistentVolumeClaim"] { add(.persistentVolumeClaim, claim, name: claim["claimName"]) }
        for source in value.at("projected", "sources")?.elements ?? [] {
            if let secret = source["secret"] { add(.secret, secret, name: secret["name"]) }
            if let configMap = source["configMap"] { add(.configMap, configMap, name: configMap["name"]) }
        }
    }

    private mutating func add(_ source: Source, _ value: Value, name: Value?) {
        guard let text = name?.symbol, !text.isEmpty else { return }
        parts.append(
            Part(
                source: source, name: text, isOptional: value["optional"]?.boolean ?? false,
                keys: value["items"]?.elements.compactMap { $0["key"]?.symbol } ?? [],
                paths: value["items"]?.elements.compactMap { item in
                    item["key"]?.symbol.map { item["path"]?.symbol ?? $0 }
                } ?? [],
                origin: name?.origin ?? value.origin))
    }
}
