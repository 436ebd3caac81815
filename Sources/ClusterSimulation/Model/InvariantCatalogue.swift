/// Every invariant of the model. One line each; the order is the order of evaluation and of reports.
package enum InvariantCatalogue {
    package static let all: [Invariant] = [
        .noStuckTermination,
        .finalizersServed,
        .apiServicesAvailable,
        .webhooksReachable,
        .certificateCoversService,
        .caBundleTrusted,
        .dnsNamesResolve,
        .referencesResolve,
        .metricNamespacesExist,
        .crossNamespaceReferencesAllowed,
        .workloadIdentityAccepted,
        .secretsMaterialise,
        .dataFollows,
        .namespaceMetadataPreserved,
        .imageNamespaceMatches,
        .workloadsBecomeAvailable,
        .movedWorkloadsBecomeReady,
        .drainsComplete,
        .eventPathConnected,
        .parametersParse,
        .targetNamespaceExists,
        .applicationPermitted,
        .applicationSourceReadable,
        .applicationsConverge,
        .applicationsStaySynced,
        .singleOwner,
        .singleOperator,
        .nothingLeftBehind,
    ]

    /// The invariant of that id.
    package static func invariant(_ id: Symbol) -> Invariant? { all.first { $0.id == id } }
}
