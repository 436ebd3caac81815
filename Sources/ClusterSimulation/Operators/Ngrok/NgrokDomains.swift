/// The ngrok operator: names, its program, and the controller of Domains.
///
/// Source: ngrok-operator 0.19, `internal/controller` and `docs/crds/ingress/v1alpha1/domain-conditions.md`.
enum Ngrok {
    static let program: Symbol = "ngrok-operator"
    static let domainGroup: Symbol = "ingress.k8s.ngrok.com"
    static let finalizer: Symbol = "k8s.ngrok.com/finalizer"
    static let gatewayController: Symbol = "ngrok.com/gateway-controller"

    /// Manager, agent and forwarder run one image with different commands; only the manager writes what is modelled.
    static let model = ProgramModel(
        program,
        start: { _, run in
            let isOther = run.words.contains { $0.hasSuffix("agent-manager") || $0.hasSuffix("forwarder-manager") }
            return .runs(controllerPrograms: isOther ? [] : [program])
        },
        watchedNamespace: { _, run in
            Symbol(run.option("ingress-watch-namespace") ?? run.option("watch-namespace") ?? "")
        },
        leaderElection: LeaderElection("ngrok-operator-leader"))

    static func domainKind(_ tables: ClusterTables) -> KindID {
        tables.kindIDDefiningIfNeeded(apiVersion: "ingress.k8s.ngrok.com/v1alpha1", kind: "Domain")
    }

    /// Whether a host is below a suffix that ngrok owns, so that it needs no record elsewhere.
    static func isManaged(_ domain: Symbol) -> Bool {
        let suffixes = [
            ".ngrok.io", ".ngrok.app", ".ngrok.dev", ".ngrok.pizza", ".ngrok.pro", ".ngrok-free.app", ".ngrok-free.dev",
            ".ngrok-free.pizza",
        ]
        return suffixes.contains { domain.text.hasSuffix($0) }
    }

    /// The object that stands for a host: dots become hyphens, a wildcard its name.
    static func domainName(_ hostname: Symbol) -> Symbol {
        Symbol(hostname.text.split(separator: ".").map { $0 == "*" ? "wildcard" : String($0) }.joined(separator: "-"))
    }
}

/// Domains: a host reserved at ngrok. A host that ngrok does not own is ready once a DNS record leads it to ngrok, for
/// ngrok gets the certificate only then.
enum NgrokDomains {
    static let controllerName: Symbol = "ngrok-domain-controller"

    static let controller = Operator.controller(
        controllerName, program: Ngrok.program,
        watches: [Watch(group: Ngrok.domainGroup, kind: "Domain", changes: .exceptStatus)]
    ) { simulation, key in
        guard simulation.state.exists(key), simulation.canWatch(key) else { return }
        if simulation.state[key].isDeleting {
            if simulation.hasFinalizer(key, Ngrok.finalizer) { simulation.removeFinalizer(key, Ngrok.finalizer) }
            return
        }
        guard simulation.ensureFinalizer(key, Ngrok.finalizer) else { return }
        let domain = hostname(simulation, key)
        let isManaged = Ngrok.isManaged(domain)
        let hasRecord = simulation.memory.operators.dnsRecords.contains { $0.hostname == domain }
        var target: Value?
        if !isManaged { target = .string("\(Operator.shortHash(domain.stableHash)).ngrok-cname.com") }
        simulation.setStatus(
            key, conditions: conditions(isManaged: isManaged, hasRecord: hasRecord),
            [("domain", Value(domain)), ("cnameTarget", target)])
    }

    /// `spec.domain` of a Domain.
    static func hostname(_ simulation: Simulation, _ key: ObjectKey) -> Symbol {
        simulation.tables.body(simulation.state[key].body).value.at("spec", "domain")?.symbol ?? .empty
    }

    private static func conditions(isManaged: Bool, hasRecord: Bool) -> [OperatorCondition] {
        let created = OperatorCondition("DomainCreated", true, "DomainCreated", "Domain successfully reserved")
        if isManaged {
            let message: Symbol = "ngrok manages the domain"
            return [
                OperatorCondition("Ready", true, "DomainActive", "Domain ready for use"), created,
                OperatorCondition("CertificateReady", true, "NgrokManaged", message),
                OperatorCondition("DNSConfigured", true, "NgrokManaged", message),
            ]
        }
        if hasRecord {
            return [
                OperatorCondition("Ready", true, "DomainActive", "Domain ready for use"), created,
                OperatorCondition("CertificateReady", true, "CertificateReady", "Certificate provisioned"),
                OperatorCondition("DNSConfigured", true, "DomainCreated", "DNS records configured"),
            ]
        }
        let message: Symbol = "no DNS record leads to the CNAME target"
        return [
            OperatorCondition("Ready", false, "ProvisioningError", message), created,
            OperatorCondition("CertificateReady", false, "ProvisioningError", message),
            OperatorCondition("DNSConfigured", false, "ProvisioningError", message),
            OperatorCondition("Progressing", true, "Provisioning", "Certificate provisioning in progress"),
        ]
    }

    /// The operator looks at a Domain without a record again and again: here once there is one.
    static func recordsChanged(_ simulation: inout Simulation, _ hostname: Symbol) {
        for key in simulation.objects(of: Ngrok.domainKind(simulation.tables))
        where self.hostname(simulation, key) == hostname {
            simulation.requeue(controllerName, key, after: .seconds(30))
        }
    }
}
