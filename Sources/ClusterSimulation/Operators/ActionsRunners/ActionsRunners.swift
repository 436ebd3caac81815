/// Runner scale sets of GitHub Actions: names that their controllers share, and what they need of GitHub.
///
/// Source: actions-runner-controller 0.12, `controllers/actions.github.com` and `cmd/ghalistener`.
enum ActionsRunners {
    static let group: Symbol = "actions.github.com"
    static let program: Symbol = "arc-controller"
    /// What the same image is when it is started as a listener.
    static let listenerProgram: Symbol = "arc-listener"
    static let listenerCommand: Symbol = "/ghalistener"

    /// Protects what a scale set's chart makes beside it.
    static let cleanupFinalizer: Symbol = "actions.github.com/cleanup-protection"
    /// Where the controller keeps GitHub's number of the scale set: there from its registration to its removal.
    static let scaleSetIDAnnotation: Symbol = "runner-scale-set-id"
    static let specHashAnnotation: Symbol = "actions.github.com/runner-spec-hash"
    static let versionLabel: Symbol = "app.kubernetes.io/version"
    static let scaleSetNameLabel: Symbol = "actions.github.com/scale-set-name"
    static let scaleSetNamespaceLabel: Symbol = "actions.github.com/scale-set-namespace"
    static let runnerContainer: Symbol = "runner"
    static let listenerContainer: Symbol = "listener"

    /// Controller or listener, by command. `--watch-single-namespace` confines a controller.
    static let model = ProgramModel(
        program,
        start: { _, run in
            .runs(controllerPrograms: run.container.command.contains(listenerCommand) ? [listenerProgram] : [program])
        },
        watchedNamespace: { _, run in Symbol(run.option("watch-single-namespace") ?? "") })

    static func kind(_ tables: ClusterTables, _ name: Symbol) -> KindID {
        tables.kindIDDefiningIfNeeded(apiVersion: "actions.github.com/v1alpha1", kind: name)
    }

    /// `autoscalingrunnerset.actions.github.com/finalizer` and its like.
    static func finalizer(_ kind: Symbol) -> Symbol { Symbol("\(kind.text.lowercased()).\(group)/finalizer") }

    /// The version of the controller that reconciles: the tag of its image; empty where that is not known.
    static func controllerVersion(_ simulation: Simulation) -> String {
        let image = controllerImage(simulation).text
        let repository = ImageFact.repository(of: image)
        let rest = image.dropFirst(repository.count)
        return rest.hasPrefix(":") ? String(rest.dropFirst().prefix { $0 != "@" }) : ""
    }

    /// The image in which listeners run: the controller's own.
    static func controllerImage(_ simulation: Simulation) -> Symbol {
        guard let pod = simulation.currentInstance?.pod, simulation.state.exists(pod),
            let template = simulation.facts(pod, PodTemplateFacts.self), let container = template.containers.first
        else { return "ghcr.io/actions/gha-runner-scale-set-controller" }
        return container.literal("CONTROLLER_MANAGER_CONTAINER_IMAGE") ?? container.image
    }

    /// Whether a controller of one version serves scale sets of a chart of another: the same major and minor number.
    /// Images without a version number serve all.
    static func isVersionServed(_ version: String, by controller: String) -> Bool {
        guard let own = minorVersion(controller), version != controller else { return true }
        return minorVersion(version) == own
    }

    private static func minorVersion(_ text: String) -> String? {
        let parts = text.split(separator: ".")
        guard parts.count >= 3, Int(parts[0]) != nil, Int(parts[1]) != nil else { return nil }
        return "\(parts[0]).\(parts[1])"
    }
}

extension ActionsRunners {
    /// Why GitHub cannot be called for a scale set; nil where it can.
    ///
    /// The Secret is read from the API server each time, so the right to get it is needed.
    static func gitHubProblem(_ simulation: Simulation, _ namespace: Symbol, secret name: Symbol) -> Symbol? {
        do throws(APIError) {
            try simulation.authorize(simulation.operatorCaller, "get", .secret, namespace, name)
        } catch {
            return Symbol("failed to get kubernetes secret: \(error.message)")
        }
        let secret = simulation.tables.key(.secret, namespace, name)
        guard simulation.state.exists(secret), let facts = simulation.facts(secret, DataFacts.self) else {
            return Symbol("failed to get kubernetes secret: secrets \"\(name)\" not found")
        }
        let application: [Symbol] = ["github_app_id", "github_app_installation_id", "github_app_private_key"]
        if facts.has("github_token") || application.allSatisfy(facts.has) { return nil }
        return Symbol("secret \"\(name)\" holds neither github_token nor the keys of a GitHub App")
    }

    /// Jobs that GitHub has assigned to runners of a URL.
    static func assignedJobs(_ simulation: Simulation, _ url: Symbol) -> Int {
        simulation.externals.githubActions.filter { $0.url == url }.reduce(0) { $0 + $1.assignedJobs }
    }
}
