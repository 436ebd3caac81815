/// Health of Flux' kinds. Each counts conditions: two that say that it is at work, or as many as it takes to be done.
enum FluxHealth {
    static let rules: [HealthRule] = [
        HealthRule("kustomize.toolkit.fluxcd.io", "Kustomization") { health($0) },
        HealthRule("helm.toolkit.fluxcd.io", "HelmRelease") {
            health($0, alsoDone: ["Released", "TestSuccess"])
        },
        HealthRule("source.toolkit.fluxcd.io", "Bucket") { source($0) },
        HealthRule("source.toolkit.fluxcd.io", "GitRepository") { source($0) },
        HealthRule("source.toolkit.fluxcd.io", "HelmChart") { source($0) },
        HealthRule("source.toolkit.fluxcd.io", "HelmRepository") { helmRepository($0) },
        HealthRule("source.toolkit.fluxcd.io", "OCIRepository") { source($0, canBeSuspended: false) },
        HealthRule("image.toolkit.fluxcd.io", "ImagePolicy") {
            health(
                $0, canBeSuspended: false, unfinished: "False",
                atWork: ["NewGeneration", "AccessingRepository", "ApplyingPolicy"])
        },
        HealthRule("image.toolkit.fluxcd.io", "ImageRepository") {
            health($0, unfinished: "False", atWork: ["NewGeneration", "Scanning"])
        },
        HealthRule("image.toolkit.fluxcd.io", "ImageUpdateAutomation") { health($0) },
        HealthRule("notification.toolkit.fluxcd.io", "Receiver", receiver),
    ]

    /// - Parameters:
    ///   - unfinished: the status of Ready that says that it is at work.
    ///   - atWork: the reasons with which Reconciling says so; nil for every reason.
    ///   - alsoDone: of these types one has to be True beside Ready.
    private static func health(
        _ input: HealthInput, canBeSuspended: Bool = true, unfinished: Symbol = "Unknown", atWork: [Symbol]? = nil,
        alsoDone: [Symbol] = []
    ) -> ResourceHealth {
        if canBeSuspended, input.spec("suspend")?.boolean == true {
            return ResourceHealth(.suspended, "\(input.kind) is suspended")
        }
        guard input.hasConditions else { return ResourceHealth(.progressing, "Status unknown") }
        var working = 0
        var done = 0
        var message = ""
        for condition in input.reported {
            switch condition.type {
            case "Ready":
                if condition.status == "True" { done += 1 }
                if condition.status == unfinished { working += 1 }
                message = condition.reason?.text ?? ""
            case "Reconciling":
                guard condition.status == "True" else { continue }
                if atWork.map({ $0.contains(condition.reason ?? .empty) }) ?? true { working += 1 }
            case "ArtifactOutdated" where alsoDone.contains("ArtifactInStorage"):
                if condition.status == "True" { message += " " + (condition.reason?.text ?? "") }
            case let type?:
                if condition.status == "True", alsoDone.contains(type) { done += 1 }
            case nil: continue
            }
        }
        if working == 2 { return ResourceHealth(.progressing, message) }
        return ResourceHealth(done == (alsoDone.isEmpty ? 1 : 2) ? .healthy : .degraded, message)
    }

    /// A source is done once its artifact is stored.
    private static func source(_ input: HealthInput, canBeSuspended: Bool = true) -> ResourceHealth {
        health(input, canBeSuspended: canBeSuspended, alsoDone: ["ArtifactInStorage"])
    }

    private static func helmRepository(_ input: HealthInput) -> ResourceHealth {
        if input.spec("suspend")?.boolean != true, input.spec("type")?.text == "oci" {
            return ResourceHealth(
                .healthy, "Helm repositories of type 'oci' do not contain any information in the status.")
        }
        return source(input)
    }

    private static func receiver(_ input: HealthInput) -> ResourceHealth? {
        guard input.hasConditions else { return ResourceHealth(.progressing, "Status unknown") }
        let ready = input.reported.filter { $0.type == "Ready" }
        return ResourceHealth(
            ready.count { $0.status == "True" } == 1 ? .healthy : .degraded, ready.last?.reason?.text ?? "")
    }
}
