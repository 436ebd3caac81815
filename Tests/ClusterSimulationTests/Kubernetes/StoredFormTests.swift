import Testing

@testable import ClusterSimulation

/// Defaults, types and unknown fields, asked through the API as a client sees them.
@Suite struct StoredFormTests {
    /// An API server without nodes.
    struct Server {
        var cluster = KubernetesTestCluster(nodes: [], minor: 36)

        @discardableResult
        mutating func send(
            _ method: String, _ path: String, _ body: Value? = nil, _ contentType: String = "application/json"
        ) -> HTTPResponse {
            cluster.simulation.handle(HTTPRequest(method: method, path: path, body: body, contentType: contentType))
        }

        /// Creates an object in the namespace `apps` and returns it.
        mutating func create(_ plural: String, _ manifest: Value) -> Value {
            let group = manifest["apiVersion"]?.text ?? ""
            let root = group.contains("/") ? "/apis/\(group)" : "/api/\(group)"
            return send("POST", "\(root)/namespaces/apps/\(plural)", manifest).body
        }

        mutating func merge(_ path: String, _ patch: Value) -> HTTPResponse {
            send("PATCH", path, patch, "application/merge-patch+json")
        }
    }

    static func manifest(_ apiVersion: String, _ kind: String, _ fields: Value) -> Value {
        var manifest: Value = [
            "apiVersion": .string(apiVersion), "kind": .string(kind), "metadata": ["name": "x", "namespace": "apps"],
        ]
        for field in fields.fields { manifest[field.key] = field.value }
        return manifest
    }

    // MARK: Defaults

    @Test func `workloads are returned with the defaults of their kind`() {
        var server = Server()
        let deployment = server.create("deployments", KubernetesTestCluster.workload("Deployment", "web"))
        #expect(deployment.at("spec", "progressDeadlineSeconds") == 600)
        #expect(
            deployment.at("spec", "strategy")
                == ["type": "RollingUpdate", "rollingUpdate": ["maxUnavailable": "25%", "maxSurge": "25%"]])
        let container = deployment.at("spec", "template", "spec", "containers")?.elements.first
        #expect(container?["imagePullPolicy"] == "IfNotPresent")
        #expect(container?["resources"] == [:])

        let recreate = KubernetesTestCluster.workload("Deployment", "old", ["strategy": ["type": "Recreate"]])
        #expect(server.create("deployments", recreate).at("spec", "strategy") == ["type": "Recreate"])

        let set = server.create("statefulsets", KubernetesTestCluster.workload("StatefulSet", "db"))
        #expect(set.at("spec", "podManagementPolicy") == "OrderedReady")
        #expect(set.at("spec", "updateStrategy") == ["type": "RollingUpdate", "rollingUpdate": ["partition": 0]])
        let policy: Value = ["whenDeleted": "Retain", "whenScaled": "Retain"]
        #expect(set.at("spec", "persistentVolumeClaimRetentionPolicy") == policy)

        let daemons = server.create("daemonsets", KubernetesTestCluster.workload("DaemonSet", "agent"))
        #expect(daemons.at("spec", "updateStrategy", "rollingUpdate") == ["maxUnavailable": 1, "maxSurge": 0])
    }

    @Test func `a Service is returned with its type, its target ports and its families`() {
        var server = Server()
        let service = server.create("services", KubernetesTestCluster.service("web"))
        #expect(service.at("spec", "type") == "ClusterIP")
        #expect(service.at("spec", "sessionAffinity") == "None")
        #expect(service.at("spec", "ipFamilies") == ["IPv4"])
        #expect(service.at("spec", "internalTrafficPolicy") == "Cluster")
        #expect(service.at("spec", "ports") == [["protocol": "TCP", "port": 80, "targetPort": 80]])

        let patch: Value = [
            "spec": ["clusterIP": nil, "clusterIPs": nil, "type": "ExternalName", "externalName": "a.b"]
        ]
        let external = server.merge("/api/v1/namespaces/apps/services/web", patch).body
        #expect(external.at("spec", "type") == "ExternalName")
        #expect(external.at("spec", "ipFamilies") == nil)
        #expect(external.at("spec", "clusterIP") == nil)
    }

    @Test func `other kinds`() {
        var server = Server()
        let secret = server.create("secrets", Self.manifest("v1", "Secret", ["stringData": ["a": "b"]]))
        #expect(secret["type"] == "Opaque")
        let subjects: Value = [
            ["kind": "User", "name": "ann"], ["kind": "ServiceAccount", "name": "x", "namespace": "a"],
        ]
        let binding = server.create(
            "rolebindings",
            Self.manifest(
                "rbac.authorization.k8s.io/v1", "RoleBinding",
                ["subjects": subjects, "roleRef": ["kind": "Role", "name": "r"]]))
        #expect(binding["subjects"]?.elements.first?["apiGroup"] == "rbac.authorization.k8s.io")
        #expect(binding["subjects"]?.elements.last?["apiGroup"] == nil)
        #expect(binding.at("roleRef", "apiGroup") == "rbac.authorization.k8s.io")
        let job = server.create(
            "jobs",
            Self.manifest(
                "batch/v1", "Job",
                [
                    "spec": [
                        "template": [
                            "spec": KubernetesTestCluster.podSpec(
                                KubernetesTestCluster.container(), ["restartPolicy": "Never"])
                        ]
                    ]
                ]))
        #expect(job.at("spec", "backoffLimit") == 6)
        #expect(job.at("spec", "completions") == 1)
        let policy = server.create(
            "networkpolicies",
            Self.manifest("networking.k8s.io/v1", "NetworkPolicy", ["spec": ["egress": [["ports": [["port": 53]]]]]]))
        #expect(policy.at("spec", "policyTypes") == ["Ingress", "Egress"])
        #expect(policy.at("spec", "podSelector") == [:])
        #expect(policy.at("spec", "egress")?.elements.first == ["ports": [["protocol": "TCP", "port": 53]]])
    }

    // MARK: What defaults are not

    @Test func `a write of what is there by default is no change`() {
        var server = Server()
        _ = server.create("deployments", KubernetesTestCluster.workload("Deployment", "web"))
        server.cluster.settle()
        let path = "/apis/apps/v1/namespaces/apps/deployments/web"
        let before = server.send("GET", path).body
        let patched = server.merge(path, ["spec": ["paused": false, "revisionHistoryLimit": 10]]).body
        #expect(patched.at("metadata", "resourceVersion") == before.at("metadata", "resourceVersion"))
        #expect(server.send("PUT", path, before).body.at("metadata", "generation") == 1)
        #expect(server.merge(path, ["spec": ["revisionHistoryLimit": 9]]).body.at("metadata", "generation") == 2)
    }

    @Test func `who applies a manifest does not own its defaults`() {
        var server = Server()
        let apply = "application/apply-patch+yaml"
        let path = "/apis/apps/v1/namespaces/apps/deployments/web"
        var manifest = KubernetesTestCluster.workload("Deployment", "web")
        server.send("PATCH", "\(path)?fieldManager=helm", manifest, apply)
        let patch: Value = ["metadata": ["labels": ["a": "b"]]]
        server.send("PATCH", "\(path)?fieldManager=hand", patch, "application/merge-patch+json")
        manifest["spec"] = manifest["spec"]?.mergePatched(with: ["paused": true, "revisionHistoryLimit": 3])
        #expect(server.send("PATCH", "\(path)?fieldManager=kubectl", manifest, apply).code == 200)
    }

    // MARK: Types

    @Test(
        arguments: [
            (["replicas": "two"], "string into Go struct field DeploymentSpec.spec.replicas of type int32"),
            (["paused": 1], "number into Go struct field DeploymentSpec.spec.paused of type bool"),
            (["selector": []], "array into Go struct field DeploymentSpec.spec.selector of type v1.LabelSelector"),
            (
                ["minReadySeconds": Value(.double(1.5))],
                "number 1.5 into Go struct field DeploymentSpec.spec.minReadySeconds of type int32"
            ),
            (
                ["template": ["spec": ["containers": [["image": 3]]]]],
                "number into Go struct field Container.spec.template.spec.containers.image of type string"
            ),
            (
                ["template": ["metadata": ["labels": ["app": true]]]],
                "bool into Go struct field ObjectMeta.spec.template.metadata.labels of type string"
            ),
        ] as [(Value, String)])
    func `a value that does not fit is refused`(fields: Value, problem: String) {
        var server = Server()
        let manifest = KubernetesTestCluster.workload("Deployment", "web")
        let created = server.create("deployments", manifest.mergePatched(with: ["spec": fields]))
        #expect(
            created["message"]?.text
                == "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot unmarshal \(problem)")
        _ = server.create("deployments", manifest)
        let patched = server.merge("/apis/apps/v1/namespaces/apps/deployments/web", ["spec": fields])
        #expect(patched.code == 422)
        #expect(patched.error?.causes.first?.field == "patch")
        #expect(patched.error?.message.hasSuffix("json: cannot unmarshal \(problem)") == true)
    }

    @Test func `a manifest that does not fit is refused when it is applied, too`() {
        var cluster = KubernetesTestCluster(nodes: [])
        let container = KubernetesTestCluster.container(["env": [["name": "PORT", "value": 8080]]])
        let manifest = KubernetesTestCluster.workload(
            "Deployment", "web", podSpec: KubernetesTestCluster.podSpec(container))
        let problem =
            "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot unmarshal number into Go "
            + "struct field EnvVar.spec.template.spec.containers.env.value of type string"
        for _ in 0..<2 {
            guard case .failure(let error) = cluster.apply(manifest) else {
                Issue.record("the manifest was applied")
                return
            }
            #expect(error.message == problem)
            cluster.apply(KubernetesTestCluster.workload("Deployment", "web"))
        }
    }

    @Test(arguments: [
        ("1GiB", "quantities must"), ("", "quantities must"), ("5mm", "unable to parse quantity's suffix"),
    ])
    func `a quantity that is none is refused`(text: String, problem: String) {
        var server = Server()
        let container = KubernetesTestCluster.container(["resources": ["limits": ["memory": .string(text)]]])
        let answer = server.create("pods", KubernetesTestCluster.pod("p", KubernetesTestCluster.podSpec(container)))
        #expect(answer["code"] == 400)
        #expect(answer["message"]?.text?.contains("cannot be handled as a Pod: \(problem)") == true)
    }

    @Test func `unknown fields are dropped, and refused where that is asked for`() {
        var server = Server()
        var manifest = KubernetesTestCluster.service("web", ["sessionAffinitty": "None"])
        manifest["metadata"]?["anotations"] = ["a": "b"]
        let strict = server.send("POST", "/api/v1/namespaces/apps/services?fieldValidation=Strict", manifest)
        #expect(
            strict.error?.message
                == "Service in version \"v1\" cannot be handled as a Service: strict decoding error: "
                + "unknown field \"metadata.anotations\", unknown field \"spec.sessionAffinitty\"")
        #expect(server.create("services", manifest).at("spec", "sessionAffinitty") == nil)
    }

    @Test func `server-side apply takes declared fields only`() {
        var server = Server()
        let container = KubernetesTestCluster.container([
            "env": [["name": "A", "value": "1"], ["name": "A", "value": "2"]], "resources": ["cpu": "1"],
        ])
        let manifest = KubernetesTestCluster.workload(
            "Deployment", "web", podSpec: KubernetesTestCluster.podSpec(container))
        let path = "/apis/apps/v1/namespaces/apps/deployments/web?fieldManager=helm"
        let refused = server.send("PATCH", path, manifest, "application/apply-patch+yaml")
        #expect(refused.code == 500)
        #expect(
            refused.error?.message
                == """
                failed to create typed patch object (apps/web; apps/v1, Kind=Deployment): errors:
                  .spec.template.spec.containers[name="main"].env: duplicate entries for key [name="A"]
                  .spec.template.spec.containers[name="main"].resources.cpu: field not declared in schema
                """)
        let secret = Self.manifest("v1", "Secret", ["sops": ["mac": "x"]])
        let one = server.send(
            "PATCH", "/api/v1/namespaces/apps/secrets/x?fieldManager=helm", secret, "application/apply-patch+yaml")
        #expect(
            one.error?.message
                == "failed to create typed patch object (apps/x; /v1, Kind=Secret): .sops: field not declared in schema"
        )
    }

    @Test func `names of namespaces and Services`() {
        func details(_ name: Symbol, _ kind: KindID, minor: Int = 36) -> [String] {
            NameValidation.validate(name, kind, minor: minor).map { String($0.message.prefix { $0 != "(" }) }
        }
        #expect(details("a.b", .namespace) == ["Invalid value: \"a.b\": must not contain dots"])
        #expect(details("A.b", .namespace).first?.contains("a lowercase RFC 1123 label must") == true)
        #expect(details("1a", .service).isEmpty)
        #expect(details("1a", .service, minor: 35).first?.contains("a DNS-1035 label must") == true)
    }

    // MARK: Changes that are refused with the difference

    @Test func `a Pod keeps all but its images`() {
        var server = Server()
        _ = server.create("pods", KubernetesTestCluster.pod("p"))
        let path = "/api/v1/namespaces/apps/pods/p"
        let image: Value = ["spec": ["containers": [["name": "main", "image": "registry.example/app:2"]]]]
        #expect(server.send("PATCH", path, image, "application/strategic-merge-patch+json").code == 200)
        let refused = server.merge(path, ["spec": ["hostNetwork": true, "nodeSelector": ["disk": "ssd"]]])
        let message = refused.error?.causes.first?.message ?? ""
        #expect(
            message.hasSuffix(
                """
                (allow it to be set to 1 if it was previously negative)
                @@ -39,12 +39,14 @@
                  "TerminationGracePeriodSeconds": 30,
                  "ActiveDeadlineSeconds": null,
                  "DNSPolicy": "ClusterFirst",
                - "NodeSelector": null,
                + "NodeSelector": {
                +  "disk": "ssd"
                + },
                  "ServiceAccountName": "",
                  "AutomountServiceAccountToken": null,
                  "NodeName": "",
                  "SecurityContext": {
                -  "HostNetwork": false,
                +  "HostNetwork": true,
                   "HostPID": false,
                   "HostIPC": false,
                   "ShareProcessNamespace": null,

                """), "\(message)")
        let more: Value = ["spec": ["containers": [["name": "other", "image": "b"], ["name": "main", "image": "a"]]]]
        #expect(
            server.merge(path, more).error?.message
                == "Pod \"p\" is invalid: spec.containers: Forbidden: pod updates may not add or remove containers")
    }

    @Test func `a hunk ends where more than its context is the same`() {
        let old = (1...30).map { "\($0)" }
        var new = old
        new[4] = "a"
        new[11] = "b"
        new[25] = "c"
        let text = UnifiedDifference.text(from: old, to: new)
        #expect(
            text.split(separator: "\n").filter { $0.hasPrefix("@@") } == ["@@ -2,14 +2,14 @@", "@@ -23,7 +23,7 @@"])
        #expect(UnifiedDifference.text(from: old, to: old).isEmpty)
        #expect(UnifiedDifference.text(from: ["a"], to: []) == "@@ -1 +0,0 @@\n-a\n")
    }

    // MARK: Scaling

    /// Source: recordings, family apply (a template and a number changed at once, without nodes).
    @Test func `what is there is scaled before a rollout goes on`() {
        func scaled(to replicas: Int, _ before: [Int], image: String = "b") -> [Int] {
            var cluster = KubernetesTestCluster(nodes: [])
            for (index, count) in before.enumerated() {
                let container = KubernetesTestCluster.container(["image": .string("r/a:\(index)")])
                cluster.apply(
                    KubernetesTestCluster.workload(
                        "Deployment", "web", replicas: count, podSpec: KubernetesTestCluster.podSpec(container)))
                cluster.settle()
            }
            let last = KubernetesTestCluster.container(["image": .string(image)])
            cluster.apply(
                KubernetesTestCluster.workload(
                    "Deployment", "web", replicas: replicas, podSpec: KubernetesTestCluster.podSpec(last)))
            cluster.settle()
            return cluster.simulation.objects(of: .replicaSet).map {
                cluster.simulation.facts($0, WorkloadFacts.self)?.replicas ?? 0
            }
        }
        // The only one takes the number, and the new template gets the surge.
        #expect(scaled(to: 3, [1]) == [3, 1])
        #expect(scaled(to: 0, [1]) == [0, 0])
        // Two share it in proportion: 8 and 5 of 13 become 15 and 10 of 25.
        #expect(scaled(to: 20, [10, 10], image: "r/a:1") == [15, 10])
    }

    // MARK: Namespaces

    @Test func `the finalizers of a namespace's spec change through finalize only`() {
        var server = Server()
        let path = "/api/v1/namespaces/apps"
        func finalizers(_ response: HTTPResponse) -> Value? { response.body.at("spec", "finalizers") }
        let body: Value = ["spec": ["finalizers": ["kubernetes", "example.com/guard"]]]
        #expect(finalizers(server.merge(path, body)) == ["kubernetes"])
        let manifest: Value = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "apps"]]
        let guarded = manifest.mergePatched(with: body)
        #expect(finalizers(server.send("PUT", path, guarded)) == ["kubernetes"])
        #expect(finalizers(server.send("PUT", "\(path)/finalize", guarded)) == ["kubernetes", "example.com/guard"])
        let bad = manifest.mergePatched(with: ["spec": ["finalizers": ["guard"]]])
        #expect(server.send("PUT", "\(path)/finalize", bad).error?.causes.first?.field == "spec.finalizers[0]")
    }
}
