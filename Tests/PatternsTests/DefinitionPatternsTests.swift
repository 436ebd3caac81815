import ClusterSimulation
import Foundation
import Patterns
import Testing

/// Patterns of CustomResourceDefinitions: those that the API server refuses, objects held against the others, and what
/// is left open.
@Suite struct DefinitionPatternsTests {
    private struct Cluster {
        var simulation: Simulation

        init(patterns: (any PatternMatcher)? = RE2Matcher.shared) {
            let tables = ClusterTables()
            simulation = Simulation(
                tables: tables, configuration: Configuration(tables: tables, patterns: patterns, invariants: []),
                start: .epoch)
            simulation.bootstrap()
        }

        /// The message of a refusal; nil: it was stored.
        mutating func create(_ manifest: Value) -> String? {
            guard let draft = simulation.draft(manifest: manifest, defaultNamespace: "default")
            else { return "no draft" }
            guard case .failure(let error) = simulation.create(draft, as: .admin) else { return nil }
            return error.message
        }

        mutating func define(_ schemas: Value...) -> String? {
            create([
                "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
                "metadata": ["name": "as.x.io"],
                "spec": [
                    "group": "x.io", "scope": "Namespaced", "names": ["plural": "as", "kind": "A"],
                    "versions": Value(
                        .array(
                            schemas.enumerated().map { index, schema in
                                [
                                    "name": .string("v\(index + 1)"), "served": true,
                                    "storage": Value(.boolean(index == 0)),
                                    "schema": ["openAPIV3Schema": schema],
                                ]
                            })),
                ],
            ])
        }

        mutating func store(_ spec: Value, name: String = "a") -> String? {
            create([
                "apiVersion": "x.io/v1", "kind": "A", "metadata": ["name": .string(name), "namespace": "default"],
                "spec": spec,
            ])
        }

        var unknowns: [String] {
            simulation.unknowns(since: .epoch).map { "\($0.subject.kind) \($0.subject.name): \($0.message)" }
        }
    }

    private static func schema(_ pattern: String) -> Value {
        ["type": "object", "properties": ["spec": ["type": "string", "pattern": .string(pattern)]]]
    }

    private static let start = #"CustomResourceDefinition.apiextensions.k8s.io "as.x.io" is invalid: "#
    private static let end = "must be a valid regular expression, but isn't: error parsing regexp: "

    @Test func `an object is held against the pattern`() {
        var cluster = Cluster()
        #expect(cluster.define(Self.schema("^(a+)+(a+)+$")) == nil)
        #expect(cluster.store("aaaa") == nil)
        #expect(
            cluster.store("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", name: "b")
                == #"A.x.io "b" is invalid: spec: Invalid value: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!": spec in body "#
                + "should match '^(a+)+(a+)+$'")
        #expect(cluster.unknowns.isEmpty)
    }

    @Test func `a definition whose pattern is none is refused`() {
        var cluster = Cluster()
        #expect(
            cluster.define(Self.schema("+"))
                == Self.start + "spec.validation.openAPIV3Schema.properties[spec].pattern: "
                + #"Invalid value: "+": "# + Self.end + "missing argument to repetition operator: `+`")
    }

    @Test func `each place is named as the API server names it`() {
        var cluster = Cluster()
        let schema: Value = [
            "type": "object",
            "properties": [
                "spec": [
                    "type": "array", "items": ["type": "string", "anyOf": [["pattern": "a"], ["pattern": "(?=a)"]]],
                ]
            ],
        ]
        #expect(
            cluster.define(Self.schema("a"), schema)
                == Self.start + "spec.versions[1].schema.openAPIV3Schema.properties[spec].items.anyOf[1].pattern: "
                + #"Invalid value: "(?=a)": "# + Self.end + "invalid or unsupported Perl syntax: `(?=`")
    }

    @Test func `what is beyond a limit is told at the definition and at each object`() {
        var cluster = Cluster()
        #expect(cluster.define(Self.schema(#"^\pL{1000}$"#)) == nil)
        #expect(cluster.store("anything") == nil)
        #expect(
            cluster.unknowns == [
                "CustomResourceDefinition as.x.io: whether the API server accepts it is not known: the pattern of "
                    + "spec.validation.openAPIV3Schema.properties[spec].pattern needs a program of more than 8 MiB",
                "A a: whether the API server accepts it is not known: the pattern of spec needs a program of more than "
                    + "8 MiB",
            ])
    }

    @Test func `a match that would take long is left open`() {
        var cluster = Cluster()
        #expect(cluster.define(Self.schema("^b[ab]{900}c")) == nil)
        #expect(cluster.store(.string(String(repeating: "ab", count: 1 << 19))) == nil)
        #expect(
            cluster.unknowns == [
                "A a: whether the API server accepts it is not known: the pattern of spec would take more than the "
                    + "268435456 steps that the patterns of one object may take"
            ])
    }

    @Test func `a run has a limit, and what was found before it stays`() {
        var cluster = Cluster()
        #expect(cluster.define(Self.schema("^b[ab]{900}c")) == nil)
        let text = String(repeating: "ab", count: 1 << 16)
        for number in 0..<6 { _ = cluster.store(.string(text + "\(number)"), name: "a\(number)") }
        #expect(
            cluster.unknowns == [
                "A a5: whether the API server accepts it is not known: the pattern of spec is not matched: the patterns "
                    + "of this run took 536870912 steps, the most that they may take"
            ])
    }

    @Test func `a fork pays for itself alone`() {
        var cluster = Cluster()
        #expect(cluster.define(Self.schema("^b[ab]{900}c")) == nil)
        let before = cluster
        for number in 0..<6 {
            _ = cluster.store(.string(String(repeating: "ab", count: 1 << 16) + "\(number)"), name: "a\(number)")
        }
        #expect(!cluster.unknowns.isEmpty)
        cluster = before
        #expect(cluster.store("bc") != nil)
        #expect(cluster.unknowns.isEmpty)
    }

    @Test func `without a matcher nothing is taken for granted`() {
        var cluster = Cluster(patterns: nil)
        #expect(cluster.define(Self.schema("a")) == nil)
        #expect(cluster.store("b") == nil)
        #expect(
            cluster.unknowns == [
                "A a: whether the API server accepts it is not known: the pattern of spec is matched by nothing here"
            ])
    }
}
