/// The ClusterRoles of every cluster that workloads and people can be bound to.
///
/// Left out: those of the control plane's own controllers and of nodes, which the model trusts without asking. Each rule
/// is `verbs | API groups | resources`, perhaps `| names`; `core` is the group without a name; with a colon instead,
/// `verbs : paths`. Source: a recording of Kubernetes 1.36.
enum BootstrapRoles {
    struct Role {
        var name: Symbol
        /// `rbac.authorization.k8s.io/aggregate-to-…`: the role that takes this one's rules.
        var label: String
        /// The label whose bearers' rules this role takes.
        var aggregates: String
        var rules: [String]

        init(_ name: Symbol, label: String = "", aggregates: String = "", rules: [String] = []) {
            self.name = name
            self.label = label
            self.aggregates = aggregates
            self.rules = rules
        }
    }

    static let all: [Role] = [
        Role(
            "admin", aggregates: "aggregate-to-admin"),
        Role(
            "cluster-admin",
            rules: [
                "* | * | *",
                "* : *",
            ]),
        Role(
            "edit", label: "aggregate-to-admin", aggregates: "aggregate-to-edit"),
        Role(
            "system:aggregate-to-admin", label: "aggregate-to-admin",
            rules: [
                "create | authorization.k8s.io | localsubjectaccessreviews",
                "create delete deletecollection get list patch update watch | rbac.authorization.k8s.io | "
                    + "rolebindings roles",
            ]),
        Role(
            "system:aggregate-to-edit", label: "aggregate-to-edit",
            rules: [
                "get list watch | core | pods/attach pods/exec pods/portforward pods/proxy secrets "
                    + "services/proxy",
                "impersonate | core | serviceaccounts",
                "create delete deletecollection patch update | core | pods pods/attach pods/exec "
                    + "pods/portforward pods/proxy",
                "create | core | pods/eviction",
                "create delete deletecollection patch update | core | configmaps persistentvolumeclaims "
                    + "replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services "
                    + "services/proxy",
                "create | core | serviceaccounts/token",
                "create delete deletecollection patch update | core events.k8s.io | events",
                "create delete deletecollection patch update | apps | daemonsets deployments "
                    + "deployments/rollback deployments/scale replicasets replicasets/scale statefulsets "
                    + "statefulsets/scale",
                "create delete deletecollection patch update | autoscaling | horizontalpodautoscalers",
                "create delete deletecollection patch update | batch | cronjobs jobs",
                "create delete deletecollection patch update | extensions | daemonsets deployments "
                    + "deployments/rollback deployments/scale ingresses networkpolicies replicasets "
                    + "replicasets/scale replicationcontrollers/scale",
                "create delete deletecollection patch update | policy | poddisruptionbudgets",
                "create delete deletecollection patch update | networking.k8s.io | ingresses "
                    + "networkpolicies",
                "create delete deletecollection get list patch update watch | coordination.k8s.io | "
                    + "leases",
                "create delete deletecollection patch update | resource.k8s.io | resourceclaims "
                    + "resourceclaimtemplates",
            ]),
        Role(
            "system:aggregate-to-view", label: "aggregate-to-view",
            rules: [
                "get list watch | core | configmaps endpoints persistentvolumeclaims "
                    + "persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale "
                    + "serviceaccounts services services/status",
                "get list watch | core | bindings limitranges namespaces/status pods/log pods/status "
                    + "replicationcontrollers/status resourcequotas resourcequotas/status",
                "get list watch | core | namespaces",
                "get list watch | core events.k8s.io | events",
                "get list watch | discovery.k8s.io | endpointslices",
                "get list watch | apps | controllerrevisions daemonsets daemonsets/status deployments "
                    + "deployments/scale deployments/status replicasets replicasets/scale replicasets/status "
                    + "statefulsets statefulsets/scale statefulsets/status",
                "get list watch | autoscaling | horizontalpodautoscalers horizontalpodautoscalers/status",
                "get list watch | batch | cronjobs cronjobs/status jobs jobs/status",
                "get list watch | extensions | daemonsets daemonsets/status deployments deployments/scale "
                    + "deployments/status ingresses ingresses/status networkpolicies replicasets "
                    + "replicasets/scale replicasets/status replicationcontrollers/scale",
                "get list watch | policy | poddisruptionbudgets poddisruptionbudgets/status",
                "get list watch | networking.k8s.io | ingresses ingresses/status networkpolicies",
                "get list watch | resource.k8s.io | resourceclaims resourceclaims/status "
                    + "resourceclaimtemplates",
            ]),
        Role(
            "system:auth-delegator",
            rules: [
                "create | authentication.k8s.io | tokenreviews",
                "create | authorization.k8s.io | subjectaccessreviews",
            ]),
        Role(
            "system:basic-user",
            rules: [
                "create | authorization.k8s.io | selfsubjectaccessreviews selfsubjectrulesreviews",
                "create | authentication.k8s.io | selfsubjectreviews",
            ]),
        Role(
            "system:discovery",
            rules: [
                "get : /api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version "
                    + "/version/"
            ]),
        Role(
            "system:heapster",
            rules: [
                "get list watch | core | events namespaces nodes pods",
                "get list watch | extensions | deployments",
            ]),
        Role(
            "system:kube-aggregator",
            rules: [
                "get list watch | core | endpoints services"
            ]),
        Role(
            "system:kube-dns",
            rules: [
                "list watch | core | endpoints services"
            ]),
        Role(
            "system:kubelet-api-admin",
            rules: [
                "get list watch | core | nodes",
                "proxy | core | nodes",
                "* | core | nodes/log nodes/metrics nodes/proxy nodes/stats",
                "* | core | nodes/configz nodes/healthz nodes/pods",
            ]),
        Role(
            "system:monitoring",
            rules: [
                "get : /flagz /healthz /healthz/* /livez /livez/* /metrics /metrics/slis /readyz "
                    + "/readyz/* /statusz",
                "get | core | nodes/metrics",
            ]),
        Role(
            "system:node-problem-detector",
            rules: [
                "get | core | nodes",
                "patch | core | nodes/status",
                "create patch update | core events.k8s.io | events",
            ]),
        Role(
            "system:node-proxier",
            rules: [
                "list watch | core | endpoints services",
                "get list watch | core | nodes",
                "create patch update | core events.k8s.io | events",
                "list watch | networking.k8s.io | servicecidrs",
                "list watch | discovery.k8s.io | endpointslices",
            ]),
        Role(
            "system:persistent-volume-provisioner",
            rules: [
                "create delete get list watch | core | persistentvolumes",
                "get list update watch | core | persistentvolumeclaims",
                "get list watch | storage.k8s.io | storageclasses",
                "watch | core | events",
                "create patch update | core events.k8s.io | events",
            ]),
        Role(
            "system:public-info-viewer",
            rules: [
                "get : /healthz /livez /readyz /version /version/"
            ]),
        Role(
            "system:service-account-issuer-discovery",
            rules: [
                "get : /.well-known/openid-configuration /.well-known/openid-configuration/ "
                    + "/openid/v1/jwks /openid/v1/jwks/"
            ]),
        Role(
            "system:volume-scheduler",
            rules: [
                "get list patch update watch | core | persistentvolumes",
                "get list watch | storage.k8s.io | storageclasses",
                "get list patch update watch | core | persistentvolumeclaims",
            ]),
        Role(
            "view", label: "aggregate-to-edit", aggregates: "aggregate-to-view"),
    ]
}
