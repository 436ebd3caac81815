/// What lives outside the cluster and no manifest holds: git repositories, Vault, image facts, queues of work.
///
/// Filled from a scenario's facts; steps change it.
package struct ExternalSystems: Sendable {
    package init() {}
}
