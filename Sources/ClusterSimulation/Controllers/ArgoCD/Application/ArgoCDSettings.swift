/// What `argocd-cm` says, as far as it is modelled: read before the first object is written, and kept for the whole
/// run.
package struct ArgoCDSettings: Sendable {
    /// `application.resourceTrackingMethod`.
    package var tracking: TrackingMethod
    /// `resource.exclusions`, beside what is always excluded.
    package var exclusions: [ResourceExclusion]

    /// What the release says where there is no `argocd-cm`: as its own manifests install it.
    package init(_ versions: Versions) {
        tracking = .standard(versions)
        exclusions = versions.has(.defaultExclusions) ? ResourceExclusion.installed : []
    }
}

extension StateSlots {
    private static let argoCDSettingsSlot = Slot("argocd-cm", ArgoCDSettings(Versions()))

    /// What `argocd-cm` says.
    package var argoCDSettings: ArgoCDSettings {
        _read { yield self[Self.argoCDSettingsSlot] }
        _modify { yield &self[Self.argoCDSettingsSlot] }
    }
}

extension Configuration {
    /// What `argocd-cm` says.
    package var argoCD: ArgoCDSettings { _read { yield settings.argoCDSettings } }
}

/// One entry of `resource.exclusions`: globs of groups and kinds. Clusters are not looked at.
package struct ResourceExclusion: Sendable {
    package var groups: [String]
    package var kinds: [String]

    package init(groups: [String], kinds: [String]) {
        self.groups = groups
        self.kinds = kinds
    }

    /// An empty list matches nothing.
    func matches(_ kind: Kind) -> Bool {
        groups.contains { Glob.matches($0, kind.group.text) } && kinds.contains { Glob.matches($0, kind.kind.text) }
    }

    /// What no setting brings back. Source: specs/argocd.md 2.5.
    static let always = [
        ResourceExclusion(groups: ["events.k8s.io", "metrics.k8s.io"], kinds: ["*"]),
        ResourceExclusion(groups: [""], kinds: ["Event"]),
        ResourceExclusion(groups: ["coordination.k8s.io"], kinds: ["Lease"]),
    ]

    /// What the `argocd-cm` of Argo CD's own manifests excludes from 3.0 on.
    /// Source: argo-cd docs/operator-manual/upgrading/2.14-3.0.md.
    static let installed = [
        ResourceExclusion(groups: ["", "discovery.k8s.io"], kinds: ["Endpoints", "EndpointSlice"]),
        ResourceExclusion(groups: ["authentication.k8s.io", "authorization.k8s.io"], kinds: ["*"]),
        ResourceExclusion(groups: ["certificates.k8s.io"], kinds: ["CertificateSigningRequest"]),
        ResourceExclusion(groups: ["cert-manager.io"], kinds: ["CertificateRequest"]),
        ResourceExclusion(
            groups: ["cilium.io"], kinds: ["CiliumIdentity", "CiliumEndpoint", "CiliumEndpointSlice"]),
        ResourceExclusion(
            groups: ["kyverno.io", "reports.kyverno.io", "wgpolicyk8s.io"],
            kinds: [
                "PolicyReport", "ClusterPolicyReport", "EphemeralReport", "ClusterEphemeralReport", "AdmissionReport",
                "ClusterAdmissionReport", "BackgroundScanReport", "ClusterBackgroundScanReport", "UpdateRequest",
            ]),
    ]
}
