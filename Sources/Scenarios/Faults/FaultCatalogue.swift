/// Every fault of the format, in the order of the documentation. One line each.
package enum FaultCatalogue {
    package static let all: [FaultKind] = [
        .podKill,
        .nodeDown,
        .nodeUp,
        .nodeDrain,
        .vaultSealed,
        .vaultUnsealed,
        .vaultUnreachable,
        .vaultReachable,
        .registryUnavailable,
        .registryAvailable,
        .repositoryUnavailable,
        .repositoryAvailable,
    ]
}
