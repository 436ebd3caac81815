import Testing

@testable import ClusterSimulation

/// Kinds that a migration seldom meets. Source: `resource_customizations/<group>/<kind>/health.lua` of argoproj/argo-cd.
@Suite struct FurtherHealthTests {
    static let clusters: [HealthSample] = [
        HealthSample("cluster.x-k8s.io", "Cluster", spec: ["paused": true], .suspended, "Cluster is paused"),
        HealthSample("cluster.x-k8s.io", "Machine", status: ["phase": "Running"], .healthy, "Machine is running"),
        HealthSample(
            "cluster.x-k8s.io", "MachinePool",
            status: ["phase": "Scaling", "conditions": [condition("Ready", "False", reason: "Waiting")]], .healthy,
            "MachinePool is Scaling: Not Ready (Waiting)"),
        HealthSample(
            "karpenter.sh", "NodeClaim",
            status: conditions(condition("Ready", "Unknown"), condition("Launched", "True")), .progressing,
            "Node launched, waiting for registration"),
    ]

    static let stores: [HealthSample] = [
        HealthSample(
            "k8s.mariadb.com", "Grant", status: conditions(condition("Ready", "False", "no user")), .degraded, "no user"
        ),
        HealthSample(
            "psmdb.percona.com", "PerconaServerMongoDB", status: ["state": "paused", "ready": 0, "size": 3], .suspended,
            "0/3 node(s) are ready"),
        HealthSample(
            "solr.apache.org", "SolrCloud", status: ["solrNodes": [["ready": true], ["ready": false]]], .progressing,
            "Not all replicas are ready"),
    ]

    static let platforms: [HealthSample] = [
        HealthSample(
            "gloo.solo.io", "Upstream", status: ["statuses": ["gloo-system": ["state": 3, "reason": "no host"]]],
            .degraded, "no host"),
        HealthSample(
            "route.openshift.io", "Route", status: ["ingress": [conditions(condition("Admitted", "False"))]], .degraded,
            "Route is degraded"),
        HealthSample(
            "k8s.keycloak.org", "Keycloak",
            status: [
                "conditions": [
                    ["type": "Ready", "status": "True", "lastTransitionTime": "2025-11-20T10:00:00Z"],
                    [
                        "type": "HasErrors", "status": "True", "message": "no database",
                        "lastTransitionTime": "2025-11-20T09:00:00Z",
                    ],
                ]
            ], .degraded, "Has Errors: no database"),
        HealthSample(
            "kubevirt.io", "VirtualMachine",
            status: ["printableStatus": "Stopped", "conditions": [condition("Ready", "False")]], .suspended, "Stopped"),
        HealthSample(
            "core.humio.com", "HumioView", status: ["state": "NotFound"], .missing, "Component state: NotFound."),
    ]

    @Test(arguments: clusters + stores + platforms)
    func `as the script says`(sample: HealthSample) {
        #expect(sample.found == sample.expected)
    }
}
