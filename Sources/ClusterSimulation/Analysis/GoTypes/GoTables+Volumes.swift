extension GoTables {
    static let volumes = """
        Volume
          Name string!
          VolumeSource VolumeSource inline
        VolumeSource
          HostPath *HostPathVolumeSource
          EmptyDir *EmptyDirVolumeSource
          GCEPersistentDisk *GCEPersistentDiskVolumeSource
          AWSElasticBlockStore *AWSElasticBlockStoreVolumeSource
          GitRepo *GitRepoVolumeSource
          Secret *SecretVolumeSource
          NFS *NFSVolumeSource
          ISCSI *ISCSIVolumeSource
          Glusterfs *GlusterfsVolumeSource
          PersistentVolumeClaim *PersistentVolumeClaimVolumeSource
          RBD *RBDVolumeSource
          FlexVolume *FlexVolumeSource
          Cinder *CinderVolumeSource
          CephFS *CephFSVolumeSource key=cephfs
          Flocker *FlockerVolumeSource
          DownwardAPI *DownwardAPIVolumeSource
          FC *FCVolumeSource
          AzureFile *AzureFileVolumeSource
          ConfigMap *ConfigMapVolumeSource
          VsphereVolume *VsphereVirtualDiskVolumeSource
          Quobyte *QuobyteVolumeSource
          AzureDisk *AzureDiskVolumeSource
          PhotonPersistentDisk *PhotonPersistentDiskVolumeSource
          Projected *ProjectedVolumeSource
          PortworxVolume *PortworxVolumeSource
          ScaleIO *ScaleIOVolumeSource
          StorageOS *StorageOSVolumeSource key=storageos
          CSI *CSIVolumeSource
          Ephemeral *EphemeralVolumeSource
          Image *ImageVolumeSource since=31
        HostPathVolumeSource
          Path string!
          Type *HostPathType default=
        EmptyDirVolumeSource
          Medium StorageMedium
          SizeLimit *Quantity
        GCEPersistentDiskVolumeSource
          PDName string!
          FSType string
          Partition int32
          ReadOnly bool
        AWSElasticBlockStoreVolumeSource
          VolumeID string!
          FSType string
          Partition int32
          ReadOnly bool
        GitRepoVolumeSource
          Repository string!
          Revision string
          Directory string
        SecretVolumeSource
          SecretName string
          Items []KeyToPath
          DefaultMode *int32 default=420
          Optional *bool
        KeyToPath
          Key string!
          Path string!
          Mode *int32
        NFSVolumeSource
          Server string!
          Path string!
          ReadOnly bool
        ISCSIVolumeSource
          TargetPortal string!
          IQN string!
          Lun int32!
          ISCSIInterface string default=default
          FSType string
          ReadOnly bool
          Portals []string
          DiscoveryCHAPAuth bool key=chapAuthDiscovery
          SessionCHAPAuth bool key=chapAuthSession
          SecretRef *LocalObjectReference
          InitiatorName *string
        GlusterfsVolumeSource
          EndpointsName string! key=endpoints
          Path string!
          ReadOnly bool
        PersistentVolumeClaimVolumeSource
          ClaimName string!
          ReadOnly bool
        RBDVolumeSource
          CephMonitors []string! key=monitors
          RBDImage string! key=image
          FSType string
          RBDPool string key=pool default=rbd
          RadosUser string key=user default=admin
          Keyring string default=/etc/ceph/keyring
          SecretRef *LocalObjectReference
          ReadOnly bool
        FlexVolumeSource
          Driver string!
          FSType string
          SecretRef *LocalObjectReference
          ReadOnly bool
          Options map[string]string
        CinderVolumeSource
          VolumeID string!
          FSType string
          ReadOnly bool
          SecretRef *LocalObjectReference
        CephFSVolumeSource
          Monitors []string!
          Path string
          User string
          SecretFile string
          SecretRef *LocalObjectReference
          ReadOnly bool
        FlockerVolumeSource
          DatasetName string
          DatasetUUID string
        DownwardAPIVolumeSource
          Items []DownwardAPIVolumeFile
          DefaultMode *int32 default=420
        DownwardAPIVolumeFile
          Path string!
          FieldRef *ObjectFieldSelector
          ResourceFieldRef *ResourceFieldSelector
          Mode *int32
        FCVolumeSource
          TargetWWNs []string
          Lun *int32
          FSType string
          ReadOnly bool
          WWIDs []string key=wwids
        AzureFileVolumeSource
          SecretName string!
          ShareName string!
          ReadOnly bool
        ConfigMapVolumeSource
          LocalObjectReference LocalObjectReference inline
          Items []KeyToPath
          DefaultMode *int32 default=420
          Optional *bool
        VsphereVirtualDiskVolumeSource
          VolumePath string!
          FSType string
          StoragePolicyName string
          StoragePolicyID string
        QuobyteVolumeSource
          Registry string!
          Volume string!
          ReadOnly bool
          User string
          Group string
          Tenant string
        AzureDiskVolumeSource
          DiskName string!
          DataDiskURI string! key=diskURI
          CachingMode *AzureDataDiskCachingMode default=ReadWrite
          FSType *string default=ext4
          ReadOnly *bool default=false
          Kind *AzureDataDiskKind default=Shared
        PhotonPersistentDiskVolumeSource
          PdID string!
          FSType string
        PortworxVolumeSource
          VolumeID string!
          FSType string
          ReadOnly bool
        ScaleIOVolumeSource
          Gateway string!
          System string!
          SecretRef *LocalObjectReference!
          SSLEnabled bool
          ProtectionDomain string
          StoragePool string
          StorageMode string default=ThinProvisioned
          VolumeName string
          FSType string default=xfs
          ReadOnly bool
        StorageOSVolumeSource
          VolumeName string
          VolumeNamespace string
          FSType string
          ReadOnly bool
          SecretRef *LocalObjectReference
        CSIVolumeSource
          Driver string!
          ReadOnly *bool
          FSType *string
          VolumeAttributes map[string]string
          NodePublishSecretRef *LocalObjectReference
        ImageVolumeSource
          Reference string
          PullPolicy PullPolicy
        """

    static let projections = """
        ProjectedVolumeSource
          Sources []VolumeProjection!
          DefaultMode *int32 default=420
        VolumeProjection
          Secret *SecretProjection
          DownwardAPI *DownwardAPIProjection
          ConfigMap *ConfigMapProjection
          ServiceAccountToken *ServiceAccountTokenProjection
          ClusterTrustBundle *ClusterTrustBundleProjection
          PodCertificate *PodCertificateProjection since=34
        SecretProjection
          LocalObjectReference LocalObjectReference inline
          Items []KeyToPath
          Optional *bool
        DownwardAPIProjection
          Items []DownwardAPIVolumeFile
        ConfigMapProjection
          LocalObjectReference LocalObjectReference inline
          Items []KeyToPath
          Optional *bool
        ServiceAccountTokenProjection
          Audience string
          ExpirationSeconds *int64 default=3600
          Path string!
        ClusterTrustBundleProjection
          Name *string
          SignerName *string
          LabelSelector *LabelSelector
          Optional *bool
          Path string!
        PodCertificateProjection
          SignerName string
          KeyType string
          MaxExpirationSeconds *int32
          CredentialBundlePath string
          KeyPath string
          CertificateChainPath string
          UserAnnotations map[string]string since=35
        EphemeralVolumeSource
          VolumeClaimTemplate *PersistentVolumeClaimTemplate
        PersistentVolumeClaimTemplate
          ObjectMeta ObjectMeta key=metadata
          Spec PersistentVolumeClaimSpec
        PersistentVolumeClaimSpec
          AccessModes []PersistentVolumeAccessMode
          Selector *LabelSelector
          Resources VolumeResourceRequirements
          VolumeName string
          StorageClassName *string
          VolumeMode *PersistentVolumeMode default=Filesystem
          DataSource *TypedLocalObjectReference
          DataSourceRef *TypedObjectReference
          VolumeAttributesClassName *string
        VolumeResourceRequirements
          Limits ResourceList
          Requests ResourceList
        TypedLocalObjectReference
          APIGroup *string!
          Kind string!
          Name string!
        TypedObjectReference
          APIGroup *string!
          Kind string!
          Name string!
          Namespace *string
        """
}
