extension GoTables {
    static let pod = """
        PodTemplateSpec
          ObjectMeta ObjectMeta key=metadata
          Spec PodSpec
        ObjectMeta
          Name string
          GenerateName string
          Namespace string
          SelfLink string
          UID types.UID
          ResourceVersion string
          Generation int64
          CreationTimestamp Time
          DeletionTimestamp *Time
          DeletionGracePeriodSeconds *int64
          Labels map[string]string
          Annotations map[string]string
          OwnerReferences []OwnerReference
          Finalizers []string
          ManagedFields []ManagedFieldsEntry
        OwnerReference
          APIVersion string!
          Kind string!
          Name string!
          UID types.UID!
          Controller *bool
          BlockOwnerDeletion *bool
        PodSpec
          Volumes []Volume
          InitContainers []Container
          Containers []Container!
          EphemeralContainers []EphemeralContainer
          RestartPolicy RestartPolicy default=Always
          TerminationGracePeriodSeconds *int64 default=30
          ActiveDeadlineSeconds *int64
          DNSPolicy DNSPolicy default=ClusterFirst
          NodeSelector map[string]string
          ServiceAccountName string
          DeprecatedServiceAccount string key=serviceAccount
          AutomountServiceAccountToken *bool
          NodeName string
          HostNetwork bool
          HostPID bool
          HostIPC bool
          ShareProcessNamespace *bool
          SecurityContext *PodSecurityContext default=
          ImagePullSecrets []LocalObjectReference
          Hostname string
          Subdomain string
          Affinity *Affinity
          SchedulerName string default=default-scheduler
          Tolerations []Toleration
          HostAliases []HostAlias
          PriorityClassName string
          Priority *int32
          DNSConfig *PodDNSConfig
          ReadinessGates []PodReadinessGate
          RuntimeClassName *string
          EnableServiceLinks *bool
          PreemptionPolicy *PreemptionPolicy
          Overhead ResourceList
          TopologySpreadConstraints []TopologySpreadConstraint
          SetHostnameAsFQDN *bool
          OS *PodOS
          HostUsers *bool
          SchedulingGates []PodSchedulingGate
          ResourceClaims []PodResourceClaim
          Resources *ResourceRequirements since=32
          HostnameOverride *string since=34
          WorkloadRef *WorkloadReference since=35 until=35
          SchedulingGroup *PodSchedulingGroup since=36
        LocalObjectReference
          Name string
        HostAlias
          IP string!
          Hostnames []string
        PodDNSConfig
          Nameservers []string
          Searches []string
          Options []PodDNSConfigOption
        PodDNSConfigOption
          Name string
          Value *string
        PodReadinessGate
          ConditionType PodConditionType!
        PodOS
          Name OSName!
        PodSchedulingGate
          Name string!
        PodResourceClaim
          Name string!
          ResourceClaimName *string
          ResourceClaimTemplateName *string
        WorkloadReference
          Name string!
          PodGroup string!
          PodGroupReplicaKey string
        PodSchedulingGroup
          PodGroupName *string
        """

    static let scheduling = """
        Affinity
          NodeAffinity *NodeAffinity
          PodAffinity *PodAffinity
          PodAntiAffinity *PodAntiAffinity
        NodeAffinity
          RequiredDuringSchedulingIgnoredDuringExecution *NodeSelector
          PreferredDuringSchedulingIgnoredDuringExecution []PreferredSchedulingTerm
        NodeSelector
          NodeSelectorTerms []NodeSelectorTerm!
        NodeSelectorTerm
          MatchExpressions []NodeSelectorRequirement
          MatchFields []NodeSelectorRequirement
        NodeSelectorRequirement
          Key string!
          Operator NodeSelectorOperator!
          Values []string
        PreferredSchedulingTerm
          Weight int32!
          Preference NodeSelectorTerm
        PodAffinity
          RequiredDuringSchedulingIgnoredDuringExecution []PodAffinityTerm
          PreferredDuringSchedulingIgnoredDuringExecution []WeightedPodAffinityTerm
        PodAntiAffinity
          RequiredDuringSchedulingIgnoredDuringExecution []PodAffinityTerm
          PreferredDuringSchedulingIgnoredDuringExecution []WeightedPodAffinityTerm
        WeightedPodAffinityTerm
          Weight int32!
          PodAffinityTerm PodAffinityTerm
        PodAffinityTerm
          LabelSelector *LabelSelector
          Namespaces []string
          TopologyKey string!
          NamespaceSelector *LabelSelector
          MatchLabelKeys []string
          MismatchLabelKeys []string
        LabelSelector
          MatchLabels map[string]string
          MatchExpressions []LabelSelectorRequirement
        LabelSelectorRequirement
          Key string!
          Operator LabelSelectorOperator!
          Values []string
        Toleration
          Key string
          Operator TolerationOperator
          Value string
          Effect TaintEffect
          TolerationSeconds *int64
        TopologySpreadConstraint
          MaxSkew int32!
          TopologyKey string!
          WhenUnsatisfiable UnsatisfiableConstraintAction!
          LabelSelector *LabelSelector
          MinDomains *int32
          NodeAffinityPolicy *NodeInclusionPolicy
          NodeTaintsPolicy *NodeInclusionPolicy
          MatchLabelKeys []string
        """
}
