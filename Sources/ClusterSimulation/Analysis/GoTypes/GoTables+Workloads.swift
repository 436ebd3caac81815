extension GoTables {
    static let workloads = """
        Pod
          Spec PodSpec
        Deployment
          Spec DeploymentSpec
        DeploymentSpec
          Replicas *int32 default=1
          Selector *LabelSelector!
          Template PodTemplateSpec
          Strategy DeploymentStrategy
          MinReadySeconds int32
          RevisionHistoryLimit *int32 default=10
          Paused bool
          ProgressDeadlineSeconds *int32 default=600
        DeploymentStrategy
          Type DeploymentStrategyType default=RollingUpdate
          RollingUpdate *RollingUpdateDeployment
        RollingUpdateDeployment
          MaxUnavailable *IntOrString default=25%
          MaxSurge *IntOrString default=25%
        ReplicaSet
          Spec ReplicaSetSpec
        ReplicaSetSpec
          Replicas *int32 default=1
          MinReadySeconds int32
          Selector *LabelSelector!
          Template PodTemplateSpec
        DaemonSet
          Spec DaemonSetSpec
        DaemonSetSpec
          Selector *LabelSelector!
          Template PodTemplateSpec
          UpdateStrategy DaemonSetUpdateStrategy
          MinReadySeconds int32
          RevisionHistoryLimit *int32 default=10
        DaemonSetUpdateStrategy
          Type DaemonSetUpdateStrategyType default=RollingUpdate
          RollingUpdate *RollingUpdateDaemonSet
        RollingUpdateDaemonSet
          MaxUnavailable *IntOrString default=1
          MaxSurge *IntOrString default=0
        StatefulSet
          Spec StatefulSetSpec
        StatefulSetSpec
          Replicas *int32 default=1
          Selector *LabelSelector!
          Template PodTemplateSpec
          VolumeClaimTemplates []ClaimTemplate
          ServiceName string
          PodManagementPolicy PodManagementPolicyType default=OrderedReady
          UpdateStrategy StatefulSetUpdateStrategy
          RevisionHistoryLimit *int32 default=10
          MinReadySeconds int32
          PersistentVolumeClaimRetentionPolicy *StatefulSetPersistentVolumeClaimRetentionPolicy default=
          Ordinals *StatefulSetOrdinals
        ClaimTemplate
          Kind string default=PersistentVolumeClaim
          APIVersion string default=v1
          ObjectMeta ObjectMeta key=metadata
          Spec PersistentVolumeClaimSpec
          Status ClaimTemplateStatus
        ClaimTemplateStatus
          Phase PersistentVolumeClaimPhase default=Pending
        StatefulSetUpdateStrategy
          Type StatefulSetUpdateStrategyType default=RollingUpdate
          RollingUpdate *RollingUpdateStatefulSetStrategy
        RollingUpdateStatefulSetStrategy
          Partition *int32 default=0
          MaxUnavailable *IntOrString
        StatefulSetPersistentVolumeClaimRetentionPolicy
          WhenDeleted PersistentVolumeClaimRetentionPolicyType default=Retain
          WhenScaled PersistentVolumeClaimRetentionPolicyType default=Retain
        StatefulSetOrdinals
          Start int32!
        Job
          Spec JobSpec
        JobSpec
          Parallelism *int32
          Completions *int32
          ActiveDeadlineSeconds *int64
          PodFailurePolicy *PodFailurePolicy
          SuccessPolicy *SuccessPolicy
          BackoffLimit *int32
          BackoffLimitPerIndex *int32
          MaxFailedIndexes *int32
          Selector *LabelSelector
          ManualSelector *bool
          Template PodTemplateSpec
          TTLSecondsAfterFinished *int32
          CompletionMode *CompletionMode
          Suspend *bool
          PodReplacementPolicy *PodReplacementPolicy
          ManagedBy *string
        PodFailurePolicy
          Rules []PodFailurePolicyRule!
        PodFailurePolicyRule
          Action PodFailurePolicyAction!
          OnExitCodes *PodFailurePolicyOnExitCodesRequirement
          OnPodConditions []PodFailurePolicyOnPodConditionsPattern
        PodFailurePolicyOnExitCodesRequirement
          ContainerName *string
          Operator PodFailurePolicyOnExitCodesOperator!
          Values []int32!
        PodFailurePolicyOnPodConditionsPattern
          Type PodConditionType!
          Status ConditionStatus!
        SuccessPolicy
          Rules []SuccessPolicyRule!
        SuccessPolicyRule
          SucceededIndexes *string
          SucceededCount *int32
        CronJob
          Spec CronJobSpec
        CronJobSpec
          Schedule string!
          TimeZone *string
          StartingDeadlineSeconds *int64
          ConcurrencyPolicy ConcurrencyPolicy default=Allow
          Suspend *bool default=false
          JobTemplate JobTemplateSpec
          SuccessfulJobsHistoryLimit *int32 default=3
          FailedJobsHistoryLimit *int32 default=1
        JobTemplateSpec
          ObjectMeta ObjectMeta key=metadata
          Spec JobSpec
        PodDisruptionBudget
          Spec PodDisruptionBudgetSpec
        PodDisruptionBudgetSpec
          MinAvailable *IntOrString
          Selector *LabelSelector
          MaxUnavailable *IntOrString
          UnhealthyPodEvictionPolicy *UnhealthyPodEvictionPolicyType
        """
}
