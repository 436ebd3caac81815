extension GoTables {
    /// A Pod's spec as the API server itself holds it: without copies of fields, and what a Pod shares with its node in
    /// the security context. Source: `pkg/apis/core` of Kubernetes 1.36.
    static let internalPod = """
        InternalPodSpec
          Volumes []Volume
          InitContainers []Container
          Containers []Container
          EphemeralContainers []EphemeralContainer
          RestartPolicy RestartPolicy
          TerminationGracePeriodSeconds *int64
          ActiveDeadlineSeconds *int64
          DNSPolicy DNSPolicy
          NodeSelector map[string]string
          ServiceAccountName string
          AutomountServiceAccountToken *bool
          NodeName string
          SecurityContext *InternalPodSecurityContext
          ImagePullSecrets []LocalObjectReference
          Hostname string
          Subdomain string
          SetHostnameAsFQDN *bool
          Affinity *Affinity
          SchedulerName string
          Tolerations []Toleration
          HostAliases []HostAlias
          PriorityClassName string
          Priority *int32
          PreemptionPolicy *PreemptionPolicy
          DNSConfig *PodDNSConfig
          ReadinessGates []PodReadinessGate
          RuntimeClassName *string
          Overhead ResourceList
          EnableServiceLinks *bool
          TopologySpreadConstraints []TopologySpreadConstraint
          OS *PodOS
          SchedulingGates []PodSchedulingGate
          ResourceClaims []PodResourceClaim
          Resources *ResourceRequirements
          HostnameOverride *string
          SchedulingGroup *PodSchedulingGroup
        InternalPodSecurityContext
          HostNetwork bool
          HostPID bool
          HostIPC bool
          ShareProcessNamespace *bool
          HostUsers *bool
          PodSecurityContext PodSecurityContext inline
        """

    /// The fields of a Pod's spec that the API server keeps in its security context.
    static let internalSecurityFields: [Symbol] = [
        "hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "hostUsers",
    ]
}
