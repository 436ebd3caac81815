extension GoTables {
    /// Kinds without Pods: configuration, permissions, networking, storage.
    static let others = """
        ConfigMap
          Immutable *bool
          Data map[string]string
          BinaryData map[string]string
        Secret
          Immutable *bool
          Data map[string]string
          StringData map[string]string
          Type SecretType default=Opaque
        ServiceAccount
          Secrets []ObjectReference
          ImagePullSecrets []LocalObjectReference
          AutomountServiceAccountToken *bool
        ObjectReference
          Kind string
          Namespace string
          Name string
          UID types.UID
          APIVersion string
          ResourceVersion string
          FieldPath string
        Role
          Rules []PolicyRule!
        ClusterRole
          Rules []PolicyRule!
          AggregationRule *AggregationRule
        AggregationRule
          ClusterRoleSelectors []LabelSelector
        PolicyRule
          Verbs []string!
          APIGroups []string
          Resources []string
          ResourceNames []string
          NonResourceURLs []string
        RoleBinding
          Subjects []Subject
          RoleRef RoleRef
        ClusterRoleBinding
          Subjects []Subject
          RoleRef RoleRef
        Subject
          Kind string!
          APIGroup string
          Name string!
          Namespace string
        RoleRef
          APIGroup string!
          Kind string!
          Name string!
        PersistentVolumeClaim
          Spec PersistentVolumeClaimSpec
        StorageClass
          Provisioner string!
          Parameters map[string]string
          ReclaimPolicy *PersistentVolumeReclaimPolicy default=Delete
          MountOptions []string
          AllowVolumeExpansion *bool
          VolumeBindingMode *VolumeBindingMode default=Immediate
          AllowedTopologies []TopologySelectorTerm
        TopologySelectorTerm
          MatchLabelExpressions []TopologySelectorLabelRequirement
        TopologySelectorLabelRequirement
          Key string!
          Values []string!
        ResourceQuota
          Spec ResourceQuotaSpec
        ResourceQuotaSpec
          Hard ResourceList
          Scopes []ResourceQuotaScope
          ScopeSelector *ScopeSelector
        ScopeSelector
          MatchExpressions []ScopedResourceSelectorRequirement
        ScopedResourceSelectorRequirement
          ScopeName ResourceQuotaScope!
          Operator ScopeSelectorOperator!
          Values []string
        LimitRange
          Spec LimitRangeSpec
        LimitRangeSpec
          Limits []LimitRangeItem!
        LimitRangeItem
          Type LimitType!
          Max ResourceList
          Min ResourceList
          Default ResourceList
          DefaultRequest ResourceList
          MaxLimitRequestRatio ResourceList
        Lease
          Spec LeaseSpec
        LeaseSpec
          HolderIdentity *string
          LeaseDurationSeconds *int32
          AcquireTime *string
          RenewTime *string
          LeaseTransitions *int32
          Strategy *CoordinatedLeaseStrategy
          PreferredHolder *string
        PriorityClass
          Value int32!
          GlobalDefault bool
          Description string
          PreemptionPolicy *PreemptionPolicy default=PreemptLowerPriority
        """

    static let networking = """
        Service
          Spec ServiceSpec
        ServiceSpec
          Ports []ServicePort
          Selector map[string]string
          ClusterIP string
          ClusterIPs []string
          Type ServiceType default=ClusterIP
          ExternalIPs []string
          SessionAffinity ServiceAffinity default=None
          LoadBalancerIP string
          LoadBalancerSourceRanges []string
          ExternalName string
          ExternalTrafficPolicy ServiceExternalTrafficPolicy
          HealthCheckNodePort int32
          PublishNotReadyAddresses bool
          SessionAffinityConfig *SessionAffinityConfig
          IPFamilies []IPFamily
          IPFamilyPolicy *IPFamilyPolicy
          AllocateLoadBalancerNodePorts *bool
          LoadBalancerClass *string
          InternalTrafficPolicy *ServiceInternalTrafficPolicy
          TrafficDistribution *string
        ServicePort
          Name string
          Protocol Protocol default=TCP
          AppProtocol *string
          Port int32!
          TargetPort IntOrString
          NodePort int32
        SessionAffinityConfig
          ClientIP *ClientIPConfig
        ClientIPConfig
          TimeoutSeconds *int32 default=10800
        EndpointSlice
          AddressType AddressType!
          Endpoints []Endpoint!
          Ports []EndpointPort!
        Endpoint
          Addresses []string!
          Conditions EndpointConditions
          Hostname *string
          TargetRef *ObjectReference
          DeprecatedTopology map[string]string
          NodeName *string
          Zone *string
          Hints *EndpointHints
        EndpointConditions
          Ready *bool
          Serving *bool
          Terminating *bool
        EndpointHints
          ForZones []ForZone
          ForNodes []ForNode
        ForZone
          Name string!
        ForNode
          Name string!
        EndpointPort
          Name *string default=
          Protocol *Protocol default=TCP
          Port *int32
          AppProtocol *string
        Ingress
          Spec IngressSpec
        IngressSpec
          IngressClassName *string
          DefaultBackend *IngressBackend
          TLS []IngressTLS
          Rules []IngressRule
        IngressTLS
          Hosts []string
          SecretName string
        IngressRule
          Host string
          HTTP *HTTPIngressRuleValue
        HTTPIngressRuleValue
          Paths []HTTPIngressPath!
        HTTPIngressPath
          Path string
          PathType *PathType!
          Backend IngressBackend
        IngressBackend
          Service *IngressServiceBackend
          Resource *TypedLocalObjectReference
        IngressServiceBackend
          Name string!
          Port ServiceBackendPort
        ServiceBackendPort
          Name string
          Number int32
        NetworkPolicy
          Spec NetworkPolicySpec
        NetworkPolicySpec
          PodSelector LabelSelector
          Ingress []NetworkPolicyIngressRule
          Egress []NetworkPolicyEgressRule
          PolicyTypes []PolicyType
        NetworkPolicyIngressRule
          Ports []NetworkPolicyPort
          From []NetworkPolicyPeer
        NetworkPolicyEgressRule
          Ports []NetworkPolicyPort
          To []NetworkPolicyPeer
        NetworkPolicyPort
          Protocol *Protocol default=TCP
          Port *IntOrString
          EndPort *int32
        NetworkPolicyPeer
          PodSelector *LabelSelector
          NamespaceSelector *LabelSelector
          IPBlock *IPBlock
        IPBlock
          CIDR string!
          Except []string
        """

    static let admission = """
        ValidatingWebhookConfiguration
          Webhooks []ValidatingWebhook
        MutatingWebhookConfiguration
          Webhooks []MutatingWebhook
        ValidatingWebhook
          Webhook Webhook inline
        MutatingWebhook
          Webhook Webhook inline
          ReinvocationPolicy *ReinvocationPolicyType default=Never
        Webhook
          Name string!
          ClientConfig WebhookClientConfig
          Rules []RuleWithOperations
          FailurePolicy *FailurePolicyType default=Fail
          MatchPolicy *MatchPolicyType default=Equivalent
          NamespaceSelector *LabelSelector default=
          ObjectSelector *LabelSelector default=
          SideEffects *SideEffectClass!
          TimeoutSeconds *int32 default=10
          AdmissionReviewVersions []string!
          MatchConditions []MatchCondition
        WebhookClientConfig
          URL *string
          Service *ServiceReference
          CABundle string
        ServiceReference
          Namespace string!
          Name string!
          Path *string
          Port *int32 default=443
        RuleWithOperations
          Operations []OperationType
          APIGroups []string
          APIVersions []string
          Resources []string
          Scope *ScopeType default=*
        MatchCondition
          Name string!
          Expression string!
        """
}
