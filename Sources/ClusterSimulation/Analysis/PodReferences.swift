extension ReferenceCollector {
    /// What a pod spec refers to: volumes, environment, ServiceAccount, pull secrets, Services by DNS name.
    mutating func addPodSpec(_ template: PodTemplateFacts, spec: Value) {
        for volume in template.volumes {
            for part in volume.parts {
                switch part.source {
                case .secret: add(.secret, .secret, part.name, optional: part.isOptional, origin: part.origin)
                case .configMap: add(.configMap, .configMap, part.name, optional: part.isOptional, origin: part.origin)
                case .persistentVolumeClaim:
                    add(.persistentVolumeClaim, .persistentVolumeClaim, part.name, origin: part.origin)
                case .none: break
                }
            }
        }
        for container in template.allContainers { addContainer(container) }
        add(
            .serviceAccount, .serviceAccount, template.serviceAccountName,
            origin: spec["serviceAccountName"]?.origin ?? .none)
        for (index, name) in template.imagePullSecrets.enumerated() {
            let origin = spec["imagePullSecrets"]?[index: index]?.origin ?? .none
            add(.imagePullSecret, .secret, name, optional: true, origin: origin)
        }
        for container in (spec["initContainers"]?.elements ?? []) + (spec["containers"]?.elements ?? []) {
            for variable in container["env"]?.elements ?? [] {
                if let value = variable["value"] { addNames(in: value, template) }
            }
            for word in (container["command"]?.elements ?? []) + (container["args"]?.elements ?? []) {
                addNames(in: word, template)
            }
        }
    }

    /// Services by their full names, and by short ones where the Pod's search list completes them.
    private mutating func addNames(in value: Value, _ template: PodTemplateFacts) {
        addDNSNames(in: value)
        guard let text = value.symbol, template.searchesCluster else { return }
        for name in DNSNameScanner.shortNames(in: text) where !template.hostAliases.contains(name.service) {
            add(.dnsName, .service, name.service, in: name.namespace, origin: value.origin)
        }
    }

    private mutating func addContainer(_ container: ContainerFacts) {
        for variable in container.environment {
            switch variable.source {
            case .secretKey(let name, _, let optional):
                add(.secret, .secret, name, optional: optional, origin: variable.origin)
            case .configMapKey(let name, _, let optional):
                add(.configMap, .configMap, name, optional: optional, origin: variable.origin)
            default: break
            }
        }
        for source in container.environmentSources {
            add(
                source.isSecret ? .secret : .configMap, source.isSecret ? .secret : .configMap, source.name,
                optional: source.isOptional, origin: source.origin)
        }
    }
}

extension PodTemplateFacts {
    /// A Pod's body: its facts are those of its spec.
    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let spec = body["spec"] ?? nil
        let facts = PodTemplateFacts(spec: spec)
        var collector = ReferenceCollector()
        collector.addPodSpec(facts, spec: spec)
        return Analysis.Result(facts: facts, references: collector.references)
    }
}
