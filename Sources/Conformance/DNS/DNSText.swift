import ClusterSimulation

/// Questions and answers of name servers as text.
extension DNSResourceRecord {
    /// Owner, TTL, type and data in a line.
    var text: String {
        let content: String =
            switch data {
            case .address(let address): address.description
            case .cname(let name), .ptr(let name), .ns(let name): name
            case .txt(let text): text
            case .srv(let priority, let weight, let port, let target): "\(priority) \(weight) \(port) \(target)"
            case .soa(let server, let mailbox, let refresh, let retry, let expire, let minimum):
                "\(server) \(mailbox) \(refresh) \(retry) \(expire) \(minimum)"
            }
        return "\(name) \(ttl) \(type.rawValue) \(content)"
    }

    /// As the traces of a real CoreDNS have it: the data of an SOA says nothing there.
    var recordedText: String {
        if case .soa = data { return "\(name) \(ttl) SOA *" }
        return text
    }
}

extension DNSAnswer {
    /// Everything that is compared, one line a record. Each section is a set: the order of its records says nothing,
    /// but an alias comes before the records of what it stands for.
    var text: String {
        var lines = [code.rawValue]
        if isTruncated { lines.append("truncated") }
        lines += answers.map { "answer \($0.text)" }.sorted()
        lines += authority.map { "authority \($0.text)" }.sorted()
        lines += additional.map { "additional \($0.text)" }.sorted()
        if !isInOrder { lines.append("an alias comes after what it stands for") }
        return lines.joined(separator: "\n")
    }

    private var isInOrder: Bool {
        for (index, record) in answers.enumerated() {
            guard case .cname(let target) = record.data else { continue }
            if answers[..<index].contains(where: { $0.name.lowercased() == target.lowercased() }) { return false }
        }
        return true
    }
}

extension DNSQuestion {
    /// Reads `name` and `type`. Types without records in a cluster, such as HINFO, are one.
    init(recorded entry: Value) {
        self.init(
            entry["name"]?.text ?? "", DNSRecordType(rawValue: entry["type"]?.text ?? "") ?? DNSRecordType.other)
    }
}

extension DNSResourceRecord {
    /// Reads a record of the cases; nil for a type that the model has no records of.
    init?(recorded entry: Value) {
        func text(_ key: Symbol) -> String { entry[key]?.text ?? "" }
        func number(_ key: Symbol) -> Int { entry[key]?.integer ?? -1 }
        let content: Content
        switch text("type") {
        case "A", "AAAA":
            guard let address = IPAddress(text("address")) else { return nil }
            content = .address(address)
        case "CNAME": content = .cname(text("target"))
        case "PTR": content = .ptr(text("target"))
        case "NS": content = .ns(text("target"))
        case "TXT": content = .txt(entry["text"]?.text ?? entry["text"]?.elements.first?.text ?? "")
        case "SRV":
            content = .srv(
                priority: number("priority"), weight: number("weight"), port: number("port"), target: text("target"))
        case "SOA":
            content = .soa(
                server: text("mname"), mailbox: text("rname"), refresh: number("refresh"), retry: number("retry"),
                expire: number("expire"), minimum: number("minimum"))
        default: return nil
        }
        self.init(text("name"), ttl: number("ttl"), content)
    }
}

extension DNSAnswer {
    /// Reads an answer of the cases. A record of an unknown type is one that no model gives: it stands for itself.
    init(recorded entry: Value) {
        self.init(DNSAnswer.Code(rawValue: entry["rcode"]?.text ?? "NOERROR") ?? .noError)
        answers = Self.records(entry["answer"])
        authority = Self.records(entry["authority"])
        additional = Self.records(entry["additional"])
        isTruncated = entry["truncated"]?.boolean ?? false
    }

    private static func records(_ list: Value?) -> [DNSResourceRecord] {
        (list?.elements ?? []).map { entry in
            DNSResourceRecord(recorded: entry)
                ?? DNSResourceRecord(entry["name"]?.text ?? "", ttl: -1, .txt(entry.jsonText))
        }
    }
}
