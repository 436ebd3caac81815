extension DNSNameScanner {
    /// Services that a text names by the host of a URL with a port: `http://vault:8200`, `redis://cache.data:6379/0`.
    ///
    /// The namespace is empty for a single label: it is the Pod's own. Conservative: a second label that may be a domain
    /// of the internet is one, and so is every name of three labels; those that end in `.svc` are found by `names`.
    package static func shortNames(in text: Symbol) -> [Name] {
        let text = text.text
        guard text.contains("://") else { return [] }
        var names: [Name] = []
        // Looked up only.
        var known: Set<Name> = []
        var rest = Substring(text)
        while let mark = rest.firstRange(of: "://") {
            rest = rest[mark.upperBound...]
            let authority = rest.prefix { !"/?#,; \"'\n".contains($0) }
            let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
            let parts = host.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, Int(parts[1]) != nil, let name = shortName(parts[0]), known.insert(name).inserted
            else {
                continue
            }
            names.append(name)
        }
        return names
    }

    private static func shortName(_ host: Substring) -> Name? {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count <= 2, labels.allSatisfy(isLabel), host != "localhost",
            labels[0].utf8.contains(where: { $0 >= 97 })
        else { return nil }
        if labels.count == 1 { return Name(service: Symbol(labels[0]), namespace: .empty) }
        return isDomain(labels[1]) ? nil : Name(service: Symbol(labels[0]), namespace: Symbol(labels[1]))
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 45 }
    }

    /// Whether a label may be a top-level domain: two letters, or a usual one of the internet or of private networks.
    private static func isDomain(_ label: Substring) -> Bool {
        label.utf8.count == 2
            || [
                "app", "arpa", "biz", "cloud", "com", "corp", "dev", "edu", "example", "gov", "home", "info", "int",
                "internal", "invalid", "lan", "local", "localdomain", "localhost", "mil", "name", "net", "online",
                "org",
                "site", "svc", "systems", "tech", "test", "xyz",
            ].contains(label)
    }
}
