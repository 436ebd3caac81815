import ClusterSimulation
import Testing

@testable import Manifests

@Suite struct ManifestReaderTests {
    private func read(_ text: String, other: ManifestReader.OtherDocuments = .refuse) -> ([Manifest], String) {
        let collector = DiagnosticCollector()
        let manifests = ManifestReader(diagnostics: collector, otherDocuments: other)
            .read(text: text, path: "m.yaml")
        return (manifests, collector.text)
    }

    @Test func `documents of a file become manifests`() {
        let (manifests, text) = read(
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: infra}
            ---
            # nothing here
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              namespace: infra
            """)
        #expect(text == "")
        #expect(manifests.map(\.name) == ["infra", "web"])
        #expect(manifests.map(\.namespace) == [nil, "infra"])
        #expect(manifests.map(\.group) == ["", "apps"])
        #expect(manifests.map { $0.origin.description } == ["m.yaml:1:1", "m.yaml:7:1"])
    }

    @Test func `lists are taken apart, also within lists`() {
        let (manifests, text) = read(
            """
            apiVersion: v1
            kind: List
            items:
              - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
              - apiVersion: v1
                kind: PodList
                items: [{metadata: {name: b, namespace: web}}]
            """)
        #expect(text == "")
        #expect(manifests.map(\.kind) == ["ConfigMap", "Pod"])
        #expect(manifests.map(\.apiVersion) == ["v1", "v1"])
        #expect(manifests.last?.value["kind"]?.text == "Pod")
    }

    @Test func `a kind that ends in List but has no items is an object`() {
        let (manifests, _) = read("{apiVersion: x/v1, kind: AllowList, metadata: {name: a}}")
        #expect(manifests.map(\.kind) == ["AllowList"])
    }

    @Test func `generateName stands in for a name`() {
        let (manifests, text) = read("{apiVersion: batch/v1, kind: Job, metadata: {generateName: run-}}")
        #expect(text == "")
        #expect(manifests.first?.generateName == "run-")
        #expect(manifests.first?.name == "")
    }

    @Test func `all that is missing is reported with its place`() {
        let (manifests, text) = read(
            """
            kind: Pod
            ---
            apiVersion: v1
            Kind: Pod
            ---
            apiVersion: v1
            kind: Pod
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: 12}
            ---
            - 1
            """)
        #expect(manifests.isEmpty)
        #expect(text.hasPrefix("m.yaml:1:1: error: Pod has no apiVersion [missing-api-version]\nkind: Pod\n^\n"))
        #expect(text.contains("m.yaml:3:1: error: the object has no kind [missing-kind]\n"))
        #expect(text.contains("m.yaml:4:1: note: 'Kind' is written here\n"))
        #expect(text.contains("m.yaml:6:1: error: Pod has no metadata.name [missing-name]\n"))
        #expect(
            text.contains(
                "m.yaml:11:18: error: metadata.name must be a string, not integer; put it in quotes [invalid-name]\n"))
        #expect(text.contains("m.yaml:13:1: error: a Kubernetes object must be a mapping, not array [not-an-object]\n"))
    }

    @Test func `a name that YAML reads as a boolean is pointed out`() {
        let (manifests, text) = read("{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: n}}")
        #expect(manifests.isEmpty)
        #expect(
            text == """
                m.yaml:1:60: error: metadata.namespace must be a string, not boolean; put it in quotes [invalid-name]
                {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: n}}
                                                                           ^

                """)
    }

    @Test func `other documents are skipped on request`() {
        let (manifests, text) = read("replicas: 1\n---\n[]\n", other: .skip)
        #expect(manifests.isEmpty)
        #expect(text == "")
    }
}
