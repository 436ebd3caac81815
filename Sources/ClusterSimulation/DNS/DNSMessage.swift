/// A question to a name server.
package struct DNSQuestion: Hashable, Sendable {
    /// Fully qualified, with the dot at its end.
    package var name: String
    package var type: DNSRecordType

    package init(_ name: String, _ type: DNSRecordType) {
        self.name = name.hasSuffix(".") ? name : name + "."
        self.type = type
    }
}

/// The type of a record or of a question.
package enum DNSRecordType: String, Hashable, Sendable {
    case a = "A"
    case aaaa = "AAAA"
    case cname = "CNAME"
    case srv = "SRV"
    case ptr = "PTR"
    case txt = "TXT"
    case soa = "SOA"
    case ns = "NS"
    /// Whole zones.
    case axfr = "AXFR"
    case ixfr = "IXFR"
    /// Any type that the cluster's DNS has no records of.
    case other = "OTHER"
}

/// One record of an answer.
package struct DNSResourceRecord: Hashable, Sendable {
    package var name: String
    /// In seconds.
    package var ttl: Int
    package var data: Content

    package enum Content: Hashable, Sendable {
        /// A or AAAA.
        case address(IPAddress)
        case cname(String)
        case srv(priority: Int, weight: Int, port: Int, target: String)
        case ptr(String)
        case txt(String)
        case ns(String)
        /// Without its serial: the time of the last change, which no reader depends on. Times in seconds.
        case soa(server: String, mailbox: String, refresh: Int, retry: Int, expire: Int, minimum: Int)
    }

    package init(_ name: String, ttl: Int, _ data: Content) {
        self.name = name
        self.ttl = ttl
        self.data = data
    }

    package var type: DNSRecordType {
        switch data {
        case .address(let address): address.isIPv4 ? .a : .aaaa
        case .cname: .cname
        case .srv: .srv
        case .ptr: .ptr
        case .txt: .txt
        case .ns: .ns
        case .soa: .soa
        }
    }
}

/// What a name server answers.
package struct DNSAnswer: Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        case noError = "NOERROR"
        case nameError = "NXDOMAIN"
        case serverFailure = "SERVFAIL"
        case refused = "REFUSED"
        /// The name is not of the cluster: whoever is asked next decides, and of that nothing is known.
        case next = "NEXT"
    }

    package var code: Code
    package var answers: [DNSResourceRecord] = []
    package var authority: [DNSResourceRecord] = []
    package var additional: [DNSResourceRecord] = []
    package var isTruncated = false

    package init(_ code: Code, answers: [DNSResourceRecord] = []) {
        self.code = code
        self.answers = answers
    }

    /// No record of that type at a name that exists.
    package var isNoData: Bool { code == .noError && answers.isEmpty }
    /// The addresses of the answer, in its order.
    package var addresses: [IPAddress] {
        answers.compactMap { if case .address(let address) = $0.data { address } else { nil } }
    }
}
