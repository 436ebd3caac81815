import Testing

@testable import ClusterSimulation

/// Hashes that a real cluster gave: Kubernetes 1.36, recorded.
@Suite struct PodTemplateHashTests {
    static let plain =
        #"{"metadata":{"labels":{"app":"deploy"}},"spec":{"containers":[{"image":"registry.example/deploy:1","name":"main"}]}}"#
    static let environment = """
        {"metadata":{"labels":{"app":"x"}},"spec":{"containers":[{"env":[{"name":"NS","value":"observability"}],
        "image":"registry.example/x:2","name":"main"}]}}
        """
    static let volume = """
        {"metadata":{"annotations":{"k":"v"},"labels":{"app":"d"}},"spec":{"containers":[
        {"env":[{"name":"E1","value":"1"},{"name":"E2","value":"2"}],"image":"x:1","name":"a","ports":[{"containerPort":80}]},
        {"image":"y:1","name":"b"}],"imagePullSecrets":[{"name":"ghcr-secret"}],
        "volumes":[{"name":"v","secret":{"secretName":"s"}}]}}
        """
    static let nginx = """
        {"metadata":{"labels":{"app":"nginx"}},"spec":{"containers":[
        {"name":"nginx","image":"nginx:1.14.2","ports":[{"containerPort":80}]}]}}
        """

    @Test(arguments: [(plain, "6bc6685846"), (environment, "65994dd54c"), (volume, "7bfd7d877f")])
    func deployment(template: String, hash: String) throws {
        #expect(try PodTemplateHash(Value(json: template), minor: 36).text.text == hash)
    }

    @Test(arguments: [("db", "799c8cdb85"), ("statef", "7c9fd5cb8c")])
    func statefulSet(name: String, hash: String) throws {
        let template = try Value(
            json: """
                {"metadata":{"labels":{"app":"\(name)"}},
                "spec":{"containers":[{"image":"registry.example/\(name):1","name":"main"}]}}
                """)
        #expect(PodTemplateHash(template, minor: 36).revision.text == hash)
    }

    /// The example of the Deployment documentation, with the hashes that clusters of these versions print for it.
    @Test(arguments: [(30, "77d8468669"), (31, "d556bf558"), (32, "647677fc66"), (33, "647677fc66")])
    func version(minor: Int, hash: String) throws {
        let template = try Value(json: Self.nginx)
        #expect(PodTemplateHash(template, minor: minor).text.text == hash)
    }

    /// What the API server fills in, and what it forgets, changes nothing.
    @Test func defaultsSaid() throws {
        let said = try Value(
            json: """
                {"metadata":{"creationTimestamp":null,"labels":{"app":"deploy"}},"spec":{"containers":[{
                "image":"registry.example/deploy:1","name":"main","imagePullPolicy":"IfNotPresent","resources":{},
                "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","env":[],
                "unheardOf":true}],"dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler",
                "securityContext":{},"terminationGracePeriodSeconds":30,"hostNetwork":false}}
                """)
        #expect(PodTemplateHash(said, minor: 36).text.text == "6bc6685846")
        let plain = try PodTemplateHash(Value(json: Self.plain), minor: 36)
        #expect(PodTemplateHash(said, minor: 36).identity == plain.identity)
    }

    /// A ReplicaSet's template is its Deployment's but for the hash that it adds.
    @Test func identityWithoutHash() throws {
        var template = try Value(json: Self.plain)
        let plain = PodTemplateHash(template, minor: 36)
        template["metadata"] = ["labels": ["app": "deploy", "pod-template-hash": "6bc6685846"]]
        #expect(PodTemplateHash(template, minor: 36).identity == plain.identity)
        #expect(PodTemplateHash(template, minor: 36).text != plain.text)
        template["metadata"] = ["labels": ["app": "other"]]
        #expect(PodTemplateHash(template, minor: 36).identity != plain.identity)
    }

    /// Whatever a template says, it has a hash, and equal templates have equal ones.
    @Test(arguments: [
        "null", "7", "[]", #"{"spec":7}"#, #"{"spec":{"containers":{"a":1},"volumes":[null,3,{"name":{}}]}}"#,
        #"{"spec":{"containers":[{"resources":{"limits":{"cpu":[],"memory":"much","x":null}},"ports":[{"containerPort":"a"}]}]}}"#,
    ])
    func nonsense(template: String) throws {
        let value = try Value(json: template)
        #expect(PodTemplateHash(value, minor: 36).text == PodTemplateHash(value, minor: 36).text)
        #expect(!PodTemplateHash(value, minor: 36).revision.isEmpty)
    }
}

/// The form in which the API server stores a template, and its dump.
@Suite struct GoValueTests {
    private func dump(_ json: String) throws -> String {
        let filled = try GoDefaults.filled(Value(json: json), as: GoTables.podTemplate(minor: 36))
        return String(decoding: GoDump.bytes(filled, as: GoTables.podTemplate(minor: 36)), as: UTF8.self)
    }

    @Test func filled() throws {
        let template = try Value(
            json: """
                {"spec":{"serviceAccount":"runner","containers":[{"name":"a","image":"a","livenessProbe":{"grpc":{"port":1}},
                "resources":{"requests":{"memory":"1024Mi","cpu":0.5}},
                "env":[{"name":"N","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}},
                {"name":"C","valueFrom":{"resourceFieldRef":{"resource":"limits.cpu"}}}]}],
                "volumes":[{"name":"v"},{"name":"h","hostPath":{"path":"/x"}},
                {"name":"t","projected":{"sources":[{"serviceAccountToken":{"path":"t"}}]}}]}}
                """)
        let filled = GoDefaults.filled(template, as: GoTables.podTemplate(minor: 36)).jsonText
        #expect(
            filled == """
                {"metadata":{},"spec":{"volumes":[{"name":"v","emptyDir":{}},\
                {"name":"h","hostPath":{"path":"/x","type":""}},\
                {"name":"t","projected":{"sources":[{"serviceAccountToken":{"expirationSeconds":3600,"path":"t"}}],\
                "defaultMode":420}}],\
                "containers":[{"name":"a","image":"a",\
                "env":[{"name":"N","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}},\
                {"name":"C","valueFrom":{"resourceFieldRef":{"resource":"limits.cpu","divisor":"0"}}}],\
                "resources":{"requests":{"cpu":"500m","memory":"1Gi"}},\
                "livenessProbe":{"grpc":{"port":1,"service":""},"timeoutSeconds":1,"periodSeconds":10,\
                "successThreshold":1,"failureThreshold":3},"terminationMessagePath":"/dev/termination-log",\
                "terminationMessagePolicy":"File","imagePullPolicy":"Always"}],"restartPolicy":"Always",\
                "terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","serviceAccountName":"runner",\
                "serviceAccount":"runner","securityContext":{},"schedulerName":"default-scheduler"}}
                """)
    }

    @Test(arguments: [
        (
            #"{"spec":{"activeDeadlineSeconds":5}}"#,
            "ActiveDeadlineSeconds:(*int64)5 DNSPolicy:(v1.DNSPolicy)ClusterFirst"
        ),
        (#"{"spec":{"nodeSelector":{"b":"2","a":"1"}}}"#, "NodeSelector:(map[string]string)map[a:1 b:2] "),
        (#"{"spec":{"securityContext":{"supplementalGroups":[4,5]}}}"#, "SupplementalGroups:([]int64)[4 5] "),
        (
            #"{"spec":{"containers":[{"readinessProbe":{"httpGet":{"port":"http"}}}]}}"#,
            "ReadinessProbe:(*v1.Probe){ProbeHandler:(v1.ProbeHandler){Exec:(*v1.ExecAction)<nil> "
                + "HTTPGet:(*v1.HTTPGetAction){Path:(string)/ Port:(intstr.IntOrString){Type:(intstr.Type)1 "
                + "IntVal:(int32)0 StrVal:(string)http} Host:(string) Scheme:(v1.URIScheme)HTTP "
                + "HTTPHeaders:([]v1.HTTPHeader)<nil>} TCPSocket:(*v1.TCPSocketAction)<nil> GRPC:(*v1.GRPCAction)<nil>} "
                + "InitialDelaySeconds:(int32)0 TimeoutSeconds:(int32)1 "
        ),
        (
            #"{"spec":{"volumes":[{"name":"e","emptyDir":{"sizeLimit":"100Mi"}}]}}"#,
            "Volumes:([]v1.Volume)[{Name:(string)e VolumeSource:(v1.VolumeSource){HostPath:(*v1.HostPathVolumeSource)<nil> "
                + "EmptyDir:(*v1.EmptyDirVolumeSource){Medium:(v1.StorageMedium) SizeLimit:(*resource.Quantity)"
                + "{i:(resource.int64Amount){value:(int64)104857600 scale:(resource.Scale)0} "
                + "d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)100Mi Format:(resource.Format)BinarySI}} "
        ),
        (
            #"{"spec":{"containers":[{"resources":{"limits":{"memory":"512Mi","cpu":"1"}}}]}}"#,
            "Limits:(v1.ResourceList)map[cpu:{i:(resource.int64Amount){value:(int64)1 scale:(resource.Scale)0} "
                + "d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)1 Format:(resource.Format)DecimalSI} "
                + "memory:{i:(resource.int64Amount){value:(int64)536870912 scale:(resource.Scale)0} "
                + "d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string) Format:(resource.Format)BinarySI}] "
        ),
    ])
    func dumped(template: String, part: String) throws {
        #expect(try dump(template).contains(part))
    }

    @Test(arguments: [
        ("0.5", "500m"), ("1000m", "1"), ("1024Mi", "1Gi"), ("1.5Gi", "1536Mi"), ("0.1Gi", "107374182400m"),
        ("1000", "1k"),
        ("1e3", "1e3"), ("12e2", "1200"), ("0.0001", "1m"), ("1000Ki", "1000Ki"), ("0.5Ki", "512"), ("0", "0"),
        ("007", "7"),
        ("-1500m", "-1500m"), (".5", "500m"), ("1500Mi", "1500Mi"), ("much", "much"), ("2E", "2E"),
        ("12E", "12E"), ("8Ei", "9223372036854775807"), ("10909.8Ti", "11995451956710604800m"),
        ("19.0812Ti", "20980001271919412m"),
    ])
    func quantity(text: String, canonical: String) {
        #expect(GoQuantity.canonical(text, isResource: true) == canonical)
    }

    @Test func json() {
        var json = GoJSON()
        json.write(["b": "<a & \"b\">\n\u{1}", "a": [1, true, nil]])
        #expect(
            String(decoding: json.bytes, as: UTF8.self)
                == #"{"a":[1,true,null],"b":"\u003ca \u0026 \"b\"\u003e\n\u0001"}"#)
    }
}
