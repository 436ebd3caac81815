/// What is known of an image.
package struct ImageFact: Sendable {
    /// Repository, with or without a tag; `*` stands for any text.
    package var pattern: Symbol
    /// A modelled program, `server` or `task`.
    package var program: Symbol
    /// Programs that one word of the command line selects instead, the first that matches.
    package var programsByArgument: [(whenArgument: Symbol, program: Symbol)]
    /// Whether pulling it needs a credential.
    package var isPrivate: Bool
    /// The C library that looks names up in it.
    package var library: CLibrary
    /// What the program looks for when it starts; one thing missing ends it.
    package var requirements: [Requirement]
    package var origin: Origin

    /// Objects the program reads at its start.
    package struct Requirement: Sendable {
        /// `ConfigMap`, `Secret`, `Service`.
        package var kind: Symbol
        /// A namespace baked into the image; empty: the Pod's own.
        package var namespace: Symbol
        package var names: [Symbol]
        /// What the program prints before it exits with code 1.
        package var message: Symbol
        package var origin: Origin

        package init(kind: Symbol, namespace: Symbol, names: [Symbol], message: Symbol, origin: Origin) {
            self.kind = kind
            self.namespace = namespace
            self.names = names
            self.message = message
            self.origin = origin
        }
    }

    package init(
        pattern: Symbol, program: Symbol, isPrivate: Bool = false, library: CLibrary = .glibc,
        requirements: [Requirement] = [], programsByArgument: [(whenArgument: Symbol, program: Symbol)] = [],
        origin: Origin = .none
    ) {
        self.pattern = pattern
        self.program = program
        self.programsByArgument = programsByArgument
        self.isPrivate = isPrivate
        self.library = library
        self.requirements = requirements
        self.origin = origin
    }

    /// Whether the pattern covers an image reference: with a tag or digest exactly, without one every tag.
    package func matches(_ reference: String) -> Bool {
        let pattern = pattern.text
        return Glob.matches(pattern, reference) || Glob.matches(pattern, Self.repository(of: reference))
    }

    /// An image reference without tag and digest.
    package static func repository(of reference: String) -> String {
        let plain = reference.split(separator: "@", maxSplits: 1).first.map(String.init) ?? reference
        guard let colon = plain.lastIndex(of: ":"), !plain[colon...].contains("/") else { return plain }
        return String(plain[..<colon])
    }
}

/// The C library of an image: each looks names up in its own way.
package enum CLibrary: String, Sendable { case glibc, musl }
