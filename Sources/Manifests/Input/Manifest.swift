package import ClusterSimulation

/// A Kubernetes object as written: its document and the names that identify it.
package struct Manifest: Sendable {
    /// The whole object, values of Secrets replaced.
    package var value: Value
    package var apiVersion: Symbol
    package var kind: Symbol
    /// As written; nil where the manifest leaves it out.
    package var namespace: Symbol?
    /// Empty where `metadata.generateName` stands in for it.
    package var name: Symbol
    /// `metadata.generateName`, where `metadata.name` is left out.
    package var generateName: Symbol?
    /// Where the object starts.
    package var origin: Origin { value.origin }

    package init(
        value: Value, apiVersion: Symbol, kind: Symbol, namespace: Symbol?, name: Symbol,
        generateName: Symbol? = nil
    ) {
        self.value = value
        self.apiVersion = apiVersion
        self.kind = kind
        self.namespace = namespace
        self.name = name
        self.generateName = generateName
    }

    /// The group of the API version; empty for the core group.
    package var group: Symbol {
        let text = apiVersion.text
        guard let slash = text.firstIndex(of: "/") else { return .empty }
        return Symbol(text[..<slash])
    }
}
