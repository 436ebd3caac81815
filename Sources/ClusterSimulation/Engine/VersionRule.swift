/// What differs between the releases of Kubernetes and Argo CD that are modelled, as the newer release has it.
///
/// `table` has a line for each; a test holds it against docs/versions.md, and tests show both sides of every rule.
package enum VersionRule: UInt8, CaseIterable, Sendable {
    // MARK: Kubernetes
    case jobInterimConditions
    case nodeGraceOfFiftySeconds
    case tooLongWording
    case podsDeletedFirst
    case errorValuesAsJSON
    // MARK: Argo CD
    case selfHealBackoff
    case deletionConfirmation
    case annotationTracking
    case statusIgnored
    case pollJitter
    case repositoryErrorGrace
    case hookFinalizer
    case defaultExclusions
    case selfHealCooldown
    case automatedEnabled
    case ociSources
    case postgresHealth
    case cronJobHealth
    case scaledJobHealth
    case selfHealWithoutCooldown
    case missingObjectsIgnored
    case applicationWidePrune
    case syncOverrun
    case victoriaMetricsHealth
    case healthCauses

    /// One line of the table.
    package struct Line: Sendable {
        package var rule: VersionRule
        package var since: Release
        /// What holds from then on; after the semicolon, what held before.
        package var meaning: String
        package var source: String

        fileprivate init(_ rule: VersionRule, _ since: Release, _ meaning: String, _ source: String) {
            self.rule = rule
            self.since = since
            self.meaning = meaning
            self.source = source
        }
    }

    /// Every rule, in the order of the cases.
    package static let table: [Line] = [
        Line(
            .jobInterimConditions, .kubernetes(31),
            "a Job says SuccessCriteriaMet or FailureTarget before it is over; before, only Complete or Failed",
            "kubernetes/website#46808, kubernetes/kubernetes#125510"),
        Line(
            .nodeGraceOfFiftySeconds, .kubernetes(32),
            "a silent node is lost after 50 s; before, after 40 s", "kubernetes/kubernetes#126287"),
        Line(
            .tooLongWording, .kubernetes(32),
            "'Too long: may not be more than 63 bytes'; before, 'must have at most 63 bytes'",
            "kubernetes/kubernetes#128553"),
        Line(
            .podsDeletedFirst, .kubernetes(33),
            "a namespace's Pods are gone before anything else in it is deleted; before, its kinds go in no particular "
                + "order",
            "KEP-5080, kubernetes/kubernetes#130507"),
        Line(
            .errorValuesAsJSON, .kubernetes(34),
            "refusals show a value as JSON; before, as Go writes the struct", "kubernetes/kubernetes#132314"),
        Line(
            .selfHealBackoff, .argocd(2, 14),
            "self-heal waits 2 s, 6 s, 18 s ... 300 s; before, always 5 s", "argo-cd#20275, specs/argocd.md 16.3"),
        Line(
            .deletionConfirmation, .argocd(2, 14),
            "Prune=confirm and Delete=confirm wait for a person; before, they are unknown and nothing waits",
            "Argo CD guide to sync options"),
        Line(
            .annotationTracking, .argocd(3, 0),
            "objects are tracked by annotation where argocd-cm says nothing; before, by label",
            "Argo CD upgrade guide 2.14-3.0"),
        Line(
            .statusIgnored, .argocd(3, 0),
            "`status` in a manifest is not compared; before, only that of definitions is not",
            "Argo CD upgrade guide 2.14-3.0"),
        Line(
            .pollJitter, .argocd(3, 0),
            "git is polled every 120 s to 180 s; before, every 180 s", "specs/argocd.md 9.1, 16.3"),
        Line(
            .repositoryErrorGrace, .argocd(3, 0),
            "a repository's errors of the first 180 s are kept back; before, they are told at once",
            "specs/argocd.md 8.4, 16.3"),
        Line(
            .hookFinalizer, .argocd(3, 0),
            "a hook holds a finalizer until it is over; before, it can be deleted at any time",
            "gitops-engine#646, argo-cd#21804"),
        Line(
            .defaultExclusions, .argocd(3, 0),
            "the default argocd-cm excludes Endpoints, EndpointSlices, certificate requests and policy reports; "
                + "before, it excludes nothing more than events and leases",
            "Argo CD upgrade guide 2.14-3.0"),
        Line(
            .selfHealCooldown, .argocd(3, 0),
            "a Synced Application's self-heal attempts are forgotten 330 s after its last sync; before, never",
            "argo-cd#21599, argo-cd#23057"),
        Line(
            .automatedEnabled, .argocd(3, 1),
            "`automated.enabled: false` switches automated syncs off; before, the field is unknown",
            "specs/argocd.md 16.3"),
        Line(
            .ociSources, .argocd(3, 1),
            "an oci:// URL names an artifact; before, it is taken for a chart repository", "specs/argocd.md 17"),
        Line(
            .postgresHealth, .argocd(3, 1),
            "a CloudNativePG Cluster has a health; before, it has none", "specs/argocd.md 16.3"),
        Line(
            .cronJobHealth, .argocd(3, 2),
            "a CronJob has a health; before, it has none", "Argo CD upgrade guide 3.1-3.2"),
        Line(
            .scaledJobHealth, .argocd(3, 3),
            "a KEDA ScaledJob has a health; before, it has none",
            "Argo CD upgrade guide 3.2-3.3"),
        Line(
            .selfHealWithoutCooldown, .argocd(3, 3),
            "self-heal attempts are forgotten at the next full sync only; before, see selfHealCooldown",
            "argo-cd#25579, upgrading/3.2-3.3.md"),
        Line(
            .missingObjectsIgnored, .argocd(3, 4),
            "an Application is Missing where all its objects are; before, where one is missing whose kind has a "
                + "compiled-in check, and where none has, never",
            "Argo CD upgrade guide 3.3-3.4, controller/health.go before it"),
        Line(
            .applicationWidePrune, .argocd(3, 4),
            "Prune= and Delete= count as options of the Application; before, of objects only",
            "argo-cd#23370, specs/argocd.md 16.3"),
        Line(
            .syncOverrun, .argocd(3, 5),
            "a sync that began in time may go on when a window with syncOverrun blocks; before, it is blocked",
            "specs/argocd.md 11, 16.3"),
        Line(
            .victoriaMetricsHealth, .argocd(3, 5),
            "the kinds of the VictoriaMetrics operator have a health; before, they have none",
            "specs/argocd.md 16.3"),
        Line(
            .healthCauses, .argocd(3, 6),
            "an Application's health says which objects caused it; before, it has no message",
            "Argo CD upgrade guide 3.5-3.6"),
    ]

    /// The rule's line.
    package var line: Line { Self.table[Int(rawValue)] }
    /// The release with which the rule began.
    package var since: Release { Self.releases[Int(rawValue)] }
    private static let releases = table.map(\.since)

    var bit: UInt64 { 1 << UInt64(rawValue) }
}
