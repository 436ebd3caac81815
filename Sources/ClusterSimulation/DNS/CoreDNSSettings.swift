/// The parts of a Corefile that decide what the cluster's names answer.
package struct CoreDNSSettings: Sendable {
    package enum PodMode: String, Sendable { case disabled, insecure, verified }

    /// The zones of the `kubernetes` plugin, each with the dot at its end. Reverse zones answer with names of the first
    /// other zone.
    package var zones = ["cluster.local.", "in-addr.arpa.", "ip6.arpa."]
    /// `namespaces`; empty: all.
    package var exposedNamespaces: [Symbol] = []
    package var podMode = PodMode.insecure
    /// `ttl` in seconds, 0 to 3600: 5 is the plugin's own, 30 that of the usual Corefile.
    package var ttl = 30
    /// `ignore empty_service`.
    package var ignoresEmptyServices = false
    /// `endpoint_pod_names`.
    package var namesEndpointsByPod = false
    /// `zonal`: names `<zone>.pin|prefer._zone.<service>...` of headless Services.
    package var isZonal = false
    /// `fallthrough`: zones whose unknown names are asked elsewhere.
    package var fallthroughZones = ["in-addr.arpa.", "ip6.arpa."]
    /// Addresses that CoreDNS is bound to.
    package var localAddresses: [IPAddress] = []
    /// Whether the watches have delivered everything once.
    package var isSynced = true
    /// What is known of names outside the cluster.
    package var upstream: [UpstreamAnswer] = []

    /// What another name server says.
    package struct UpstreamAnswer: Sendable {
        package var question: DNSQuestion
        package var answer: DNSAnswer

        package init(_ question: DNSQuestion, _ answer: DNSAnswer) {
            self.question = question
            self.answer = answer
        }
    }

    /// The usual Corefile of a cluster. Source: kubeadm's Corefile (`pods insecure`, `ttl 30`, fall-through of the
    /// reverse zones).
    package init() {}

    /// What is known of a name outside; nil: nothing.
    func upstreamAnswer(_ question: DNSQuestion) -> DNSAnswer? {
        upstream.first {
            $0.question.type == question.type && $0.question.name.lowercased() == question.name.lowercased()
        }?
        .answer
    }
}
