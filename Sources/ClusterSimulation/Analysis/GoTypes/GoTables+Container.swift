extension GoTables {
    static let container = """
        Container
          Name string!
          Image string
          Command []string
          Args []string
          WorkingDir string
          Ports []ContainerPort
          EnvFrom []EnvFromSource
          Env []EnvVar
          Resources ResourceRequirements
          ResizePolicy []ContainerResizePolicy
          RestartPolicy *ContainerRestartPolicy
          RestartPolicyRules []ContainerRestartRule since=34
          VolumeMounts []VolumeMount
          VolumeDevices []VolumeDevice
          LivenessProbe *Probe
          ReadinessProbe *Probe
          StartupProbe *Probe
          Lifecycle *Lifecycle
          TerminationMessagePath string default=/dev/termination-log
          TerminationMessagePolicy TerminationMessagePolicy default=File
          ImagePullPolicy PullPolicy
          SecurityContext *SecurityContext
          Stdin bool
          StdinOnce bool
          TTY bool
        ContainerPort
          Name string
          HostPort int32
          ContainerPort int32!
          Protocol Protocol default=TCP
          HostIP string
        EnvFromSource
          Prefix string
          ConfigMapRef *ConfigMapEnvSource
          SecretRef *SecretEnvSource
        ConfigMapEnvSource
          LocalObjectReference LocalObjectReference inline
          Optional *bool
        SecretEnvSource
          LocalObjectReference LocalObjectReference inline
          Optional *bool
        EnvVar
          Name string!
          Value string
          ValueFrom *EnvVarSource
        EnvVarSource
          FieldRef *ObjectFieldSelector
          ResourceFieldRef *ResourceFieldSelector
          ConfigMapKeyRef *ConfigMapKeySelector
          SecretKeyRef *SecretKeySelector
          FileKeyRef *FileKeySelector since=34
        ObjectFieldSelector
          APIVersion string default=v1
          FieldPath string!
        ResourceFieldSelector
          ContainerName string
          Resource string!
          Divisor Quantity
        ConfigMapKeySelector
          LocalObjectReference LocalObjectReference inline
          Key string!
          Optional *bool
        SecretKeySelector
          LocalObjectReference LocalObjectReference inline
          Key string!
          Optional *bool
        FileKeySelector
          VolumeName string!
          Path string!
          Key string!
          Optional *bool default=false
        ResourceRequirements
          Limits ResourceList
          Requests ResourceList
          Claims []ResourceClaim
        ResourceClaim
          Name string!
          Request string since=31
        ContainerResizePolicy
          ResourceName ResourceName!
          RestartPolicy ResourceResizeRestartPolicy!
        ContainerRestartRule
          Action ContainerRestartRuleAction
          ExitCodes *ContainerRestartRuleOnExitCodes
        ContainerRestartRuleOnExitCodes
          Operator ContainerRestartRuleOnExitCodesOperator
          Values []int32
        VolumeMount
          Name string!
          ReadOnly bool
          RecursiveReadOnly *RecursiveReadOnlyMode
          MountPath string!
          SubPath string
          MountPropagation *MountPropagationMode
          SubPathExpr string
        VolumeDevice
          Name string!
          DevicePath string!
        Probe
          ProbeHandler ProbeHandler inline
          InitialDelaySeconds int32
          TimeoutSeconds int32 default=1
          PeriodSeconds int32 default=10
          SuccessThreshold int32 default=1
          FailureThreshold int32 default=3
          TerminationGracePeriodSeconds *int64
        ProbeHandler
          Exec *ExecAction
          HTTPGet *HTTPGetAction
          TCPSocket *TCPSocketAction
          GRPC *GRPCAction
        ExecAction
          Command []string
        HTTPGetAction
          Path string default=/
          Port IntOrString!
          Host string
          Scheme URIScheme default=HTTP
          HTTPHeaders []HTTPHeader
        HTTPHeader
          Name string!
          Value string!
        TCPSocketAction
          Port IntOrString!
          Host string
        GRPCAction
          Port int32!
          Service *string! default=
        Lifecycle
          PostStart *LifecycleHandler
          PreStop *LifecycleHandler
          StopSignal *Signal since=33
        LifecycleHandler
          Exec *ExecAction
          HTTPGet *HTTPGetAction
          TCPSocket *TCPSocketAction
          Sleep *SleepAction
        SleepAction
          Seconds int64!
        """

    static let security = """
        SecurityContext
          Capabilities *Capabilities
          Privileged *bool
          SELinuxOptions *SELinuxOptions
          WindowsOptions *WindowsSecurityContextOptions
          RunAsUser *int64
          RunAsGroup *int64
          RunAsNonRoot *bool
          ReadOnlyRootFilesystem *bool
          AllowPrivilegeEscalation *bool
          ProcMount *ProcMountType
          SeccompProfile *SeccompProfile
          AppArmorProfile *AppArmorProfile
        PodSecurityContext
          SELinuxOptions *SELinuxOptions
          WindowsOptions *WindowsSecurityContextOptions
          RunAsUser *int64
          RunAsGroup *int64
          RunAsNonRoot *bool
          SupplementalGroups []int64
          SupplementalGroupsPolicy *SupplementalGroupsPolicy since=31
          FSGroup *int64
          Sysctls []Sysctl
          FSGroupChangePolicy *PodFSGroupChangePolicy
          SeccompProfile *SeccompProfile
          AppArmorProfile *AppArmorProfile
          SELinuxChangePolicy *PodSELinuxChangePolicy since=32
        Capabilities
          Add []Capability
          Drop []Capability
        SELinuxOptions
          User string
          Role string
          Type string
          Level string
        WindowsSecurityContextOptions
          GMSACredentialSpecName *string
          GMSACredentialSpec *string
          RunAsUserName *string
          HostProcess *bool
        SeccompProfile
          Type SeccompProfileType!
          LocalhostProfile *string
        AppArmorProfile
          Type AppArmorProfileType!
          LocalhostProfile *string
        Sysctl
          Name string!
          Value string!
        """
}
