import Testing

@testable import ClusterSimulation

/// Names in a small cluster, as Pods look them up.
@Suite struct DNSTests {
    typealias Cluster = KubernetesTestCluster

    static func template(_ fields: Value = [:]) -> PodTemplateFacts {
        PodTemplateFacts(spec: Cluster.podSpec(Cluster.container(), fields))
    }

    @Test func `a headless Service answers with its ready Pods and has no name without them`() {
        var cluster = Cluster()
        cluster.create(Cluster.service("web", ["clusterIP": "None"]))
        cluster.settle()
        let question = DNSQuestion("web.apps.svc.cluster.local", .a)
        #expect(ClusterDNS(cluster.simulation).answer(question).code == .nameError)
        cluster.create(Cluster.workload("Deployment", "web", replicas: 2))
        cluster.settle()
        #expect(ClusterDNS(cluster.simulation).answer(question).addresses.count == 2)
    }

    @Test func `a name of a StatefulSet's Pod`() {
        var cluster = Cluster()
        cluster.create(Cluster.service("web", ["clusterIP": "None"]))
        cluster.create(Cluster.workload("StatefulSet", "web", replicas: 2, ["serviceName": "web"]))
        cluster.settle()
        let dns = ClusterDNS(cluster.simulation)
        #expect(dns.answer(DNSQuestion("web-1.web.apps.svc.cluster.local", .a)).addresses.count == 1)
        #expect(dns.answer(DNSQuestion("web-2.web.apps.svc.cluster.local", .a)).code == .nameError)
    }

    @Test func `a bridge to a Service of another namespace, and one to nothing`() {
        var cluster = Cluster()
        cluster.create(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "new"]])
        cluster.create(Cluster.service("web", ["type": "ExternalName", "externalName": "web.new.svc.cluster.local"]))
        cluster.settle()
        let question = DNSQuestion("web.apps.svc.cluster.local", .a)
        #expect(ClusterDNS(cluster.simulation).answer(question).isNoData)
        var moved = Cluster.service("web")
        moved["metadata"] = ["name": "web", "namespace": "new"]
        cluster.create(moved)
        let answer = ClusterDNS(cluster.simulation).answer(question)
        #expect(answer.answers.map(\.type) == [.cname, .a])
    }

    @Test func `a short name is bound to the namespace of the Pod`() {
        var cluster = Cluster()
        cluster.create(Cluster.service("web"))
        cluster.settle()
        let dns = ClusterDNS(cluster.simulation)
        func result(_ name: String, from namespace: Symbol, _ fields: Value = [:]) -> StubResolver.Result? {
            dns.lookUp(name, from: Self.template(fields), namespace: namespace)
        }
        #expect(result("web", from: "other") == .notFound)
        for name in ["web.apps", "web.apps.svc", "web.apps.svc.cluster.local"] {
            guard case .resolved = result(name, from: "other") else {
                Issue.record("\(name) does not resolve")
                continue
            }
        }
        guard case .resolved = result("web", from: "apps") else {
            Issue.record("web does not resolve")
            return
        }
        #expect(result("web", from: "apps", ["dnsPolicy": "Default"]) == nil)
        #expect(result("web", from: "apps", ["hostNetwork": true]) == nil)
        let config: Value = ["dnsPolicy": "None", "dnsConfig": ["searches": ["other.svc.cluster.local"]]]
        #expect(result("web", from: "apps", config) == .notFound)
    }

    @Test func `a denial is kept as long as the zone says, and an answer as long as its records`() {
        var cluster = Cluster()
        let question = DNSQuestion("web.apps.svc.cluster.local", .a)
        var cache = DNSCache()
        func ask(_ seconds: Int64) -> DNSAnswer {
            cache.answer(question, at: .epoch + .seconds(seconds)) { ClusterDNS(cluster.simulation).answer($0) }
        }
        #expect(ask(0).code == .nameError)
        cluster.create(Cluster.service("web"))
        #expect(ask(29).code == .nameError)
        #expect(ask(30).addresses.count == 1)
        _ = cluster.simulation.delete(cluster.key(.service, "web"), as: .admin)
        cluster.settle()
        #expect(ask(59).addresses.count == 1)
        #expect(ask(60).code == .nameError)
    }

    @Test func `addresses are equal however they are written`() {
        #expect(IPAddress("fd00:0:0::0001") == IPAddress("fd00::1"))
        #expect(IPAddress("2001:db8:0:1:0:0:0:1")?.description == "2001:db8:0:1::1")
        #expect(IPAddress("::ffff:10.0.0.1")?.bytes.suffix(4) == [10, 0, 0, 1])
        for text in ["10.0.0", "10.0.0.256", "10.0.0.01", "1::2::3", "12345::", "a.b.c.d", ""] {
            #expect(IPAddress(text) == nil)
        }
    }
}

/// Names in the environment of workloads, as the invariant judges them.
@Suite struct ServiceNameTests {
    static func workload(_ value: String, in namespace: String = "apps") -> Value {
        let environment: Value = [["name": "ADDRESS", "value": .string(value)]]
        let template: Value = [
            "metadata": ["labels": ["app": "client"]],
            "spec": ["containers": [["name": "main", "image": "client", "env": environment]]],
        ]
        return [
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": ["name": "client", "namespace": .string(namespace)],
            "spec": ["selector": ["matchLabels": ["app": "client"]], "template": template],
        ]
    }

    static func service(_ name: String, in namespace: String, _ spec: Value) -> Value {
        [
            "apiVersion": "v1", "kind": "Service",
            "metadata": ["name": .string(name), "namespace": .string(namespace)], "spec": spec,
        ]
    }

    static func slice(of service: String, in namespace: String, ready: Bool) -> Value {
        [
            "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
            "metadata": [
                "name": .string(service), "namespace": .string(namespace),
                "labels": ["kubernetes.io/service-name": .string(service)],
            ],
            "endpoints": [["addresses": ["10.0.0.1"], "conditions": ["ready": Value(.boolean(ready))]]],
        ]
    }

    @Test func `a bridge follows its target, and a client of it is told when that goes`() {
        var toy = InvariantToy(namespaces: ["apps", "old", "new"])
        let bridge: Value = ["type": "ExternalName", "externalName": "web.new.svc.cluster.local"]
        toy.write(Self.service("web", in: "old", bridge))
        toy.write(Self.workload("web.old.svc"))
        let message = """
            Deployment apps/client names web.old.svc, which does not resolve (no address: its target \
            web.new.svc.cluster.local does not resolve)
            """
        #expect(toy.open("dns-names-resolve") == [message])
        let target = toy.write(Self.service("web", in: "new", ["ports": [["port": 80]]]))
        #expect(toy.open("dns-names-resolve") == [])
        toy.remove(target)
        #expect(toy.open("dns-names-resolve") == [message])
    }

    @Test func `a headless Service resolves while it has a ready endpoint`() {
        var toy = InvariantToy(namespaces: ["apps"])
        toy.write(Self.service("web", in: "apps", ["clusterIP": "None", "ports": [["port": 80]]]))
        toy.write(Self.workload("web.apps.svc.cluster.local"))
        let message = """
            Deployment apps/client names web.apps.svc, which does not resolve (NXDOMAIN: a headless Service without a \
            ready endpoint)
            """
        #expect(toy.open("dns-names-resolve") == [message])
        toy.write(Self.slice(of: "web", in: "apps", ready: true))
        #expect(toy.open("dns-names-resolve") == [])
        let slice = toy.write(Self.slice(of: "web", in: "apps", ready: false))
        #expect(toy.open("dns-names-resolve") == [message])
        toy.write(Self.slice(of: "web", in: "apps", ready: true))
        toy.remove(slice)
        #expect(toy.open("dns-names-resolve") == [message])
    }

    @Test(arguments: [
        ("http://web:80", true), ("http://web.apps:80/path", true), ("redis://user@web.other:6379", false),
        ("http://other:80", false), ("http://example.com:80", true), ("http://localhost:80", true),
        ("s3://bucket/other", true), ("http://10.0.0.1:80", true), ("http://a.b.other:80", true),
    ])
    func `short names in URLs are those of the Pod's search list`(value: String, resolves: Bool) {
        var toy = InvariantToy(namespaces: ["apps"])
        toy.write(Self.service("web", in: "apps", ["ports": [["port": 80]]]))
        toy.write(Self.workload(value))
        #expect(toy.open("dns-names-resolve").isEmpty == resolves)
    }
}

/// Names that a container's C library does not reach.
@Suite struct CLibraryTests {
    /// A client in `apps` whose Pod has `ndots:1`.
    static func toy(_ library: CLibrary, dots: String = "1", naming text: String) -> InvariantToy {
        var toy = InvariantToy(namespaces: ["apps", "other"])
        toy.simulation.externals.images = [ImageFact(pattern: "client", program: "server", library: library)]
        toy.write(ServiceNameTests.service("web", in: "apps", ["ports": [["port": 80]]]))
        toy.write(ServiceNameTests.service("api", in: "other", ["ports": [["port": 80]]]))
        var workload = ServiceNameTests.workload(text)
        var spec = workload["spec"] ?? nil
        var template = spec["template"] ?? nil
        var podSpec = template["spec"] ?? nil
        podSpec["dnsConfig"] = ["options": [["name": "ndots", "value": .string(dots)]]]
        template["spec"] = podSpec
        spec["template"] = template
        workload["spec"] = spec
        toy.write(workload)
        return toy
    }

    @Test func `musl asks for a name of ndots dots as it is, glibc goes on to the search list`() {
        var glibc = Self.toy(.glibc, naming: "http://api.other:80")
        #expect(glibc.violations(of: "dns-names-resolve") == [])
        var musl = Self.toy(.musl, naming: "http://api.other:80")
        #expect(
            musl.violations(of: "dns-names-resolve") == [
                "Deployment apps/client names api.other, which musl does not find with ndots:1: it asks for the name as "
                    + "it is, not below the search list"
            ])
    }

    @Test(arguments: [
        ("http://web:80", "1"), ("http://api.other.svc.cluster.local:80", "1"), ("http://api.other:80", "2"),
        ("http://api.other.svc:80", "5"),
    ])
    func `names with fewer dots, and whole names, are reached`(text: String, dots: String) {
        var toy = Self.toy(.musl, dots: dots, naming: text)
        #expect(toy.violations(of: "dns-names-resolve") == [])
    }

    @Test func `names as they are written`() {
        let text: Symbol = "see web-0.web.apps.svc, http://api.other.svc.cluster.local.:80 and old.gone.svc."
        #expect(
            DNSNameScanner.written(in: text).map(\.host) == [
                "web-0.web.apps.svc", "api.other.svc.cluster.local.", "old.gone.svc",
            ])
    }

    @Test func `names in bytes that are no text`() {
        let text = Symbol(utf8: [0xEF, 0x7F, 0xFF, 0x3A] + Array("a.b.svcs web.apps.svc:8".utf8))
        #expect(DNSNameScanner.written(in: text).map(\.host) == ["web.apps.svc"])
    }
}

extension InvariantToy {
    /// What is false now by what the changes alone have woken.
    fileprivate mutating func open(_ id: Symbol) -> [String] {
        simulation.checkInvariants()
        return simulation.monitor.intervals
            .filter { $0.to == nil && !$0.isUnknown && simulation.configuration.invariants[Int($0.invariant)].id == id }
            .map { $0.explanation.message }
    }
}
