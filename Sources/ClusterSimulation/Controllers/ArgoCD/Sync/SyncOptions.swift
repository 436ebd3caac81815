/// Sync options of an Application, an operation or one object. Source: specs/argocd.md 7.
///
/// Exact, case-sensitive strings; what is not known here has no effect.
package struct SyncOptions: Equatable, Sendable {
    /// `Prune=`: nil where nothing is said.
    package enum Prune: Sendable { case yes, no, confirm }

    package var prune: Prune?
    package var delete: Prune?
    package var pruneLast = false
    /// `PrunePropagationPolicy=`; foreground unless set (6.5.2).
    package var propagation: DeleteOptions.Propagation?
    package var replace = false
    package var force = false
    /// false on an object wins over the Application's true.
    package var serverSideApply: Bool?
    package var createNamespace = false
    package var applyOutOfSyncOnly = false
    package var failOnSharedResource = false
    package var respectIgnoreDifferences = false
    package var validate = true
    package var skipDryRunOnMissingResource = false

    package init() {}

    /// Reads a list of `Name=value`.
    package init(_ list: [String]) {
        for option in list { set(option) }
    }

    private mutating func set(_ option: String) {
        switch option {
        case "Prune=false": prune = .no
        case "Prune=true": prune = .yes
        case "Prune=confirm": prune = .confirm
        case "Delete=false": delete = .no
        case "Delete=true": delete = .yes
        case "Delete=confirm": delete = .confirm
        case "PruneLast=true": pruneLast = true
        case "PrunePropagationPolicy=foreground": propagation = .foreground
        case "PrunePropagationPolicy=background": propagation = .background
        case "PrunePropagationPolicy=orphan": propagation = .orphan
        case "Replace=true": replace = true
        case "Force=true": force = true
        case "ServerSideApply=true": serverSideApply = true
        case "ServerSideApply=false": serverSideApply = false
        case "CreateNamespace=true": createNamespace = true
        case "ApplyOutOfSyncOnly=true": applyOutOfSyncOnly = true
        case "FailOnSharedResource=true": failOnSharedResource = true
        case "RespectIgnoreDifferences=true": respectIgnoreDifferences = true
        case "Validate=false": validate = false
        case "SkipDryRunOnMissingResource=true": skipDryRunOnMissingResource = true
        default: break
        }
    }
}
