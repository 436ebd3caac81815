/// Finds DNS names of Services in any text: `service.namespace.svc`, with or without the cluster domain.
///
/// Conservative: the label `svc` must follow two valid labels, and what follows it must end the name or be
/// `cluster.local`. Source: specs/coredns.md, names of Services.
package enum DNSNameScanner {
    /// A Service that a text names.
    package struct Name: Hashable, Sendable {
        package var service: Symbol
        package var namespace: Symbol
    }

    /// The names in a text, each once, in the order in which they are written.
    package static func names(in text: Symbol) -> [Name] { places(in: text.utf8).map(\.name) }

    /// The names in a text as they are written: `web.apps.svc`, `web-0.web.apps.svc.cluster.local.`.
    package static func written(in text: Symbol) -> [(host: String, name: Name)] {
        let bytes = text.utf8
        return places(in: bytes).map { name, suffix in
            var start = suffix
            var end = suffix
            while start > 0, isLabelByte(bytes[start - 1]) || bytes[start - 1] == 46 { start -= 1 }
            while end < bytes.count, isLabelByte(bytes[end]) || bytes[end] == 46 { end += 1 }
            var host = String(decoding: bytes[start..<end], as: UTF8.self)
            // A full stop ends the sentence, unless it ends the name.
            if host.hasSuffix("."), !host.hasSuffix(".cluster.local.") { host.removeLast() }
            return (host, name)
        }
    }

    /// Where each name is written first: the place of its `.svc`.
    private static func places(in bytes: UnsafeRawBufferPointer) -> [(name: Name, suffix: Int)] {
        var places: [(name: Name, suffix: Int)] = []
        // Looked up only.
        var known: Set<Name> = []
        var index = 0
        while index + 4 <= bytes.count {
            guard bytes[index] == 46, bytes[index + 1] == 115, bytes[index + 2] == 118, bytes[index + 3] == 99 else {
                index += 1
                continue
            }
            if let name = name(bytes, before: index), ends(bytes, after: index + 4), known.insert(name).inserted {
                places.append((name, index))
            }
            index += 4
        }
        return places
    }

    /// The two labels before `.svc`; labels before those are a Pod's.
    private static func name(_ bytes: UnsafeRawBufferPointer, before end: Int) -> Name? {
        guard let namespaceStart = label(bytes, endingAt: end), namespaceStart > 1, bytes[namespaceStart - 1] == 46,
            let serviceStart = label(bytes, endingAt: namespaceStart - 1)
        else { return nil }
        // A template's placeholder or a wildcard in front makes it another name.
        if serviceStart > 0 {
            let before = bytes[serviceStart - 1]
            if before == 95 || before == 36 || before == 42 || before == 125 { return nil }
        }
        return Name(
            service: Symbol(utf8: UnsafeRawBufferPointer(rebasing: bytes[serviceStart..<(namespaceStart - 1)])),
            namespace: Symbol(utf8: UnsafeRawBufferPointer(rebasing: bytes[namespaceStart..<end])))
    }

    /// Where the DNS label that ends before `end` begins; nil where there is none, or one that is not valid.
    private static func label(_ bytes: UnsafeRawBufferPointer, endingAt end: Int) -> Int? {
        var start = end
        while start > 0, isLabelByte(bytes[start - 1]) { start -= 1 }
        guard start < end, end - start <= 63, bytes[start] != 45, bytes[end - 1] != 45 else { return nil }
        return start
    }

    private static func isLabelByte(_ byte: UInt8) -> Bool {
        (byte >= 97 && byte <= 122) || (byte >= 48 && byte <= 57) || byte == 45
    }

    /// Whether the name ends here, or goes on with the cluster domain and ends there.
    private static func ends(_ bytes: UnsafeRawBufferPointer, after end: Int) -> Bool {
        guard end < bytes.count else { return true }
        if bytes[end] == 46 {
            let domain: StaticString = ".cluster.local"
            let count = domain.utf8CodeUnitCount
            guard end + count <= bytes.count else { return end + 1 == bytes.count || !isLabelByte(bytes[end + 1]) }
            for offset in 0..<count where bytes[end + offset] != domain.utf8Start[offset] {
                return !isLabelByte(bytes[end + 1])
            }
            return end + count == bytes.count || !isLabelByte(bytes[end + count])
        }
        return !isLabelByte(bytes[end]) && bytes[end] != 95
    }
}

/// References of a body while it is analysed: each target once, in the order in which they are written.
package struct ReferenceCollector {
    package private(set) var references: [Reference] = []
    private var seen: Set<Key> = []

    private struct Key: Hashable {
        var type: ReferenceType
        var kind: KindID
        var namespace: Symbol
        var name: Symbol
    }

    package init() {}

    /// Adds a reference; one that is needed replaces one that is optional.
    package mutating func add(
        _ type: ReferenceType, _ kind: KindID, _ name: Symbol, in namespace: Symbol = .empty, optional: Bool = false,
        origin: Origin = .none
    ) {
        if name.isEmpty { return }
        let reference = Reference(type, kind, namespace, name, optional: optional, origin: origin)
        if seen.insert(Key(type: type, kind: kind, namespace: namespace, name: name)).inserted {
            references.append(reference)
        } else if !optional,
            let index = references.firstIndex(where: {
                $0.type == type && $0.kind == kind && $0.namespace == namespace && $0.name == name && $0.isOptional
            })
        {
            references[index] = reference
        }
    }

    /// Adds the Services that a text names.
    package mutating func addDNSNames(in value: Value) {
        guard let text = value.symbol else { return }
        addDNSNames(in: text, origin: value.origin)
    }

    /// Adds the Services that a text names.
    package mutating func addDNSNames(in text: Symbol, origin: Origin) {
        for name in DNSNameScanner.names(in: text) {
            add(.dnsName, .service, name.service, in: name.namespace, origin: origin)
        }
    }
}
