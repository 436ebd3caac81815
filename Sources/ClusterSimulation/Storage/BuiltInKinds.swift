/// The kinds that every API server has, with fixed ids. Custom kinds follow them in `ClusterTables`.
extension KindID {
    package static let unknown = KindID(index: 0)
    package static let namespace = KindID(index: 1)
    package static let node = KindID(index: 2)
    package static let pod = KindID(index: 3)
    package static let service = KindID(index: 4)
    package static let endpointSlice = KindID(index: 5)
    package static let endpoints = KindID(index: 6)
    package static let configMap = KindID(index: 7)
    package static let secret = KindID(index: 8)
    package static let serviceAccount = KindID(index: 9)
    package static let persistentVolume = KindID(index: 10)
    package static let persistentVolumeClaim = KindID(index: 11)
    package static let storageClass = KindID(index: 12)
    package static let replicaSet = KindID(index: 13)
    package static let deployment = KindID(index: 14)
    package static let statefulSet = KindID(index: 15)
    package static let daemonSet = KindID(index: 16)
    package static let controllerRevision = KindID(index: 17)
    package static let job = KindID(index: 18)
    package static let cronJob = KindID(index: 19)
    package static let ingress = KindID(index: 20)
    package static let ingressClass = KindID(index: 21)
    package static let networkPolicy = KindID(index: 22)
    package static let role = KindID(index: 23)
    package static let roleBinding = KindID(index: 24)
    package static let clusterRole = KindID(index: 25)
    package static let clusterRoleBinding = KindID(index: 26)
    package static let validatingWebhookConfiguration = KindID(index: 27)
    package static let mutatingWebhookConfiguration = KindID(index: 28)
    package static let customResourceDefinition = KindID(index: 29)
    package static let apiService = KindID(index: 30)
    package static let lease = KindID(index: 31)
    package static let resourceQuota = KindID(index: 32)
    package static let limitRange = KindID(index: 33)
    package static let podDisruptionBudget = KindID(index: 34)
    package static let horizontalPodAutoscaler = KindID(index: 35)
    package static let priorityClass = KindID(index: 36)
    package static let event = KindID(index: 37)
    package static let replicationController = KindID(index: 38)
    package static let podTemplate = KindID(index: 39)
    package static let csiDriver = KindID(index: 40)
    package static let runtimeClass = KindID(index: 41)
    package static let volumeAttachment = KindID(index: 42)
    package static let validatingAdmissionPolicy = KindID(index: 43)
    package static let validatingAdmissionPolicyBinding = KindID(index: 44)
    package static let certificateSigningRequest = KindID(index: 45)
}

extension Kind {
    /// The built-in kinds in the order of their ids. Source: `kubectl api-resources` of Kubernetes 1.36.
    package static let builtIns: [Kind] = [
        builtIn("", "", "", "", namespaced: false),
        builtIn("", "v1", "Namespace", "namespaces", namespaced: false, status: true),
        builtIn("", "v1", "Node", "nodes", namespaced: false, status: true),
        builtIn("", "v1", "Pod", "pods", status: true),
        builtIn("", "v1", "Service", "services", status: true),
        builtIn("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices"),
        builtIn("", "v1", "Endpoints", "endpoints"),
        builtIn("", "v1", "ConfigMap", "configmaps"),
        builtIn("", "v1", "Secret", "secrets"),
        builtIn("", "v1", "ServiceAccount", "serviceaccounts"),
        builtIn("", "v1", "PersistentVolume", "persistentvolumes", namespaced: false, status: true),
        builtIn("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", status: true),
        builtIn("storage.k8s.io", "v1", "StorageClass", "storageclasses", namespaced: false),
        builtIn("apps", "v1", "ReplicaSet", "replicasets", status: true),
        builtIn("apps", "v1", "Deployment", "deployments", status: true),
        builtIn("apps", "v1", "StatefulSet", "statefulsets", status: true),
        builtIn("apps", "v1", "DaemonSet", "daemonsets", status: true),
        builtIn("apps", "v1", "ControllerRevision", "controllerrevisions"),
        builtIn("batch", "v1", "Job", "jobs", status: true),
        builtIn("batch", "v1", "CronJob", "cronjobs", status: true),
        builtIn("networking.k8s.io", "v1", "Ingress", "ingresses", status: true),
        builtIn("networking.k8s.io", "v1", "IngressClass", "ingressclasses", namespaced: false),
        builtIn("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies"),
        builtIn("rbac.authorization.k8s.io", "v1", "Role", "roles"),
        builtIn("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings"),
        builtIn("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", namespaced: false),
        builtIn("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", namespaced: false),
        builtIn(
            "admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration",
            "validatingwebhookconfigurations", namespaced: false),
        builtIn(
            "admissionregistration.k8s.io", "v1", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations",
            namespaced: false),
        builtIn(
            "apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions",
            namespaced: false, status: true),
        builtIn("apiregistration.k8s.io", "v1", "APIService", "apiservices", namespaced: false, status: true),
        builtIn("coordination.k8s.io", "v1", "Lease", "leases"),
        builtIn("", "v1", "ResourceQuota", "resourcequotas", status: true),
        builtIn("", "v1", "LimitRange", "limitranges"),
        builtIn("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", status: true),
        builtIn("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", status: true),
        builtIn("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses", namespaced: false),
        builtIn("", "v1", "Event", "events"),
        builtIn("", "v1", "ReplicationController", "replicationcontrollers", status: true),
        builtIn("", "v1", "PodTemplate", "podtemplates"),
        builtIn("storage.k8s.io", "v1", "CSIDriver", "csidrivers", namespaced: false),
        builtIn("node.k8s.io", "v1", "RuntimeClass", "runtimeclasses", namespaced: false),
        builtIn("storage.k8s.io", "v1", "VolumeAttachment", "volumeattachments", namespaced: false, status: true),
        builtIn(
            "admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicy", "validatingadmissionpolicies",
            namespaced: false, status: true),
        builtIn(
            "admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicyBinding",
            "validatingadmissionpolicybindings", namespaced: false),
        builtIn(
            "certificates.k8s.io", "v1", "CertificateSigningRequest", "certificatesigningrequests",
            namespaced: false, status: true),
    ]

    private static func builtIn(
        _ group: Symbol, _ version: Symbol, _ kind: Symbol, _ plural: Symbol, namespaced: Bool = true,
        status: Bool = false
    ) -> Kind {
        Kind(
            group: group, version: version, kind: kind, plural: plural, namespaced: namespaced, builtIn: true,
            statusSubresource: status)
    }
}
