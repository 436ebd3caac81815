import ClusterSimulation

/// A command that tells whether the real cluster is well, and what it says then.
struct VerificationCommand {
    let line: String
    let expected: String

    /// General checks, then a command or two per issue, each once, open issues first. What was in a namespace that is
    /// gone is not asked for.
    static func commands(for outcome: Outcome, _ issues: [Issue]) -> [VerificationCommand] {
        var commands = [
            VerificationCommand(
                line: "kubectl get pods -A --field-selector=status.phase!=Running,status.phase!=Succeeded",
                expected: "No resources found"),
            VerificationCommand(
                line: "kubectl get namespaces --field-selector=status.phase=Terminating",
                expected: "No resources found"),
        ]
        if !outcome.applications.isEmpty {
            commands.append(
                VerificationCommand(line: "argocd app list", expected: "every application is Synced and Healthy"))
        }
        var seen: Set<String> = []
        for issue in issues.filter(\.isOpen) + issues.filter({ !$0.isOpen }) {
            // A few subjects show whether the cause is gone; sixty commands would not be typed.
            let asked = issue.roots.filter { problem in
                guard let namespace = problem.subject.namespace, !outcome.namespaces.isEmpty else { return true }
                return outcome.namespaces.contains { $0.name == namespace }
            }
            for problem in asked.prefix(2) {
                let command = command(for: problem)
                if seen.insert(command.line).inserted { commands.append(command) }
            }
        }
        return commands
    }

    private static func command(for problem: Problem) -> VerificationCommand {
        let subject = problem.subject
        let name = ShellWord.quote(subject.name.singleLine)
        let kind = ShellWord.quote(subject.kind.lowercased().singleLine)
        let scope = subject.namespace.map { " -n \(ShellWord.quote($0.singleLine))" } ?? ""
        switch subject.kind {
        case "Namespace":
            let path = #"'{range .status.conditions[*]}{.type}: {.message}{"\n"}{end}'"#
            return VerificationCommand(
                line: "kubectl get namespace \(name) -o jsonpath=\(path)",
                expected: "nothing, or NotFound where the namespace is meant to go")
        case "Application":
            return VerificationCommand(line: "argocd app get \(name)", expected: "Synced and Healthy")
        case "Deployment", "StatefulSet", "DaemonSet":
            return VerificationCommand(
                line: "kubectl rollout status \(kind)/\(name)\(scope) --timeout=60s",
                expected: "successfully rolled out")
        case "Pod":
            return VerificationCommand(
                line: "kubectl get pod \(name)\(scope)", expected: "Running with all containers ready, or Completed")
        case "Service":
            return VerificationCommand(
                line: "kubectl get endpointslices\(scope) -l kubernetes.io/service-name=\(name)",
                expected: "at least one endpoint")
        case "APIService":
            return VerificationCommand(line: "kubectl get apiservice \(name)", expected: "AVAILABLE is True")
        case "Certificate", "Issuer", "ClusterIssuer":
            return VerificationCommand(
                line: "kubectl wait --for=condition=Ready \(kind)/\(name)\(scope) --timeout=60s",
                expected: "condition met")
        case "Secret":
            return VerificationCommand(line: "kubectl get \(kind) \(name)\(scope)", expected: "it exists")
        default:
            let message = (problem.violations.last?.message.singleLine ?? "").cut(to: 120)
            return VerificationCommand(
                line: "kubectl get \(kind) \(name)\(scope)", expected: "no longer so: \(message)")
        }
    }
}
