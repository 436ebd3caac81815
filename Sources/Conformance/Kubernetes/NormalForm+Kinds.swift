import ClusterSimulation

extension NormalForm {
    /// The few fields of each kind that the recordings have.
    func addKindFields(_ form: inout Value, _ kind: Symbol, _ document: Value) {
        let spec = document["spec"] ?? nil
        let status = document["status"] ?? nil
        switch kind {
        case "ConfigMap", "Secret": addData(&form, document)
        case "Namespace": addNamespace(&form, spec, status)
        case "Pod": form["phase"] = status["phase"]
        case "Deployment", "ReplicaSet", "StatefulSet": addWorkload(&form, spec, status)
        case "Job": form["active"] = status["active"]
        case "Service": addService(&form, spec)
        case "EndpointSlice": addEndpoints(&form, document)
        case "PersistentVolumeClaim":
            form["phase"] = status["phase"]
            form["volumeName"] = spec["volumeName"]
        case "PersistentVolume":
            form["phase"] = status["phase"]
            if let claim = spec["claimRef"] {
                form["claim"] = .string("\(claim["namespace"]?.text ?? "")/\(claim["name"]?.text ?? "")")
            }
        case "ResourceQuota": form["used"] = status["used"]
        case "RoleBinding", "ClusterRoleBinding":
            if isDetailed, let subjects = document["subjects"], !subjects.elements.isEmpty {
                form["subjects"] = subjects
            }
        default: break
        }
    }

    private func addData(_ form: inout Value, _ document: Value) {
        let data = (document["data"]?.fields ?? []) + (document["binaryData"]?.fields ?? [])
        guard !data.isEmpty else { return }
        form["data"] = Value(.array(data.map(\.key.text).sorted().map { .string($0) }))
        if isDetailed { form["values"] = document["data"] }
    }

    private func addNamespace(_ form: inout Value, _ spec: Value, _ status: Value) {
        form["phase"] = status["phase"]
        if let finalizers = spec["finalizers"], !finalizers.elements.isEmpty { form["specFinalizers"] = finalizers }
        var conditions: [(Symbol, Value?)] = []
        for condition in status["conditions"]?.elements ?? [] {
            guard let type = condition["type"]?.symbol else { continue }
            conditions.append(
                (type, [condition["status"] ?? nil, condition["reason"] ?? "", condition["message"] ?? ""]))
        }
        if !conditions.isEmpty { form["conditions"] = .object(of: conditions) }
    }

    private func addWorkload(_ form: inout Value, _ spec: Value, _ status: Value) {
        form["replicas"] = [
            spec["replicas"] ?? 0, status["replicas"] ?? 0, status["readyReplicas"] ?? 0,
        ]
        guard isDetailed else { return }
        form["annotations"] = nonEmpty(spec.at("template", "metadata", "annotations"))
        let template = spec.at("template", "spec") ?? nil
        form["containers"] = Value(
            .array(
                (template["containers"]?.elements ?? []).map { container in
                    .object([
                        "name": container["name"], "image": container["image"], "env": container["env"],
                        "ports": container["ports"],
                    ])
                }))
        if let volumes = template["volumes"]?.elements, !volumes.isEmpty {
            form["volumes"] = Value(.array(volumes.map { $0["name"] ?? nil }))
        }
    }

    private func addService(_ form: inout Value, _ spec: Value) {
        form["headless"] = Value(.boolean(spec["clusterIP"]?.symbol == "None"))
        form["type"] = spec["type"]
        guard isDetailed else { return }
        form["externalName"] = spec["externalName"]
        form["selector"] = spec["selector"]
        if let ports = spec["ports"]?.elements, !ports.isEmpty {
            form["ports"] = Value(.array(ports.map { [$0["name"] ?? nil, $0["port"] ?? nil] }))
        }
    }

    private func addEndpoints(_ form: inout Value, _ document: Value) {
        form["addressType"] = document["addressType"]
        let endpoints = (document["endpoints"]?.elements ?? []).map { endpoint -> Value in
            [endpoint["addresses"] ?? nil, endpoint.at("conditions", "ready") ?? nil]
        }
        if !endpoints.isEmpty { form["endpoints"] = Value(.array(endpoints)) }
        let ports = (document["ports"]?.elements ?? []).map { port -> Value in
            [port["name"] ?? nil, port["port"] ?? nil, port["protocol"] ?? nil]
        }
        if !ports.isEmpty { form["ports"] = Value(.array(ports)) }
    }
}
