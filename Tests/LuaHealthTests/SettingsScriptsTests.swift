import ClusterSimulation
import LuaHealth
import Manifests
import Testing

@Suite struct SettingsScriptsTests {
    static func data(_ text: String) -> Value {
        let documents = DocumentReader(diagnostics: DiagnosticCollector()).read(text: text, path: "argocd-cm.yaml")
        return documents.first?["data"] ?? nil
    }

    static func scripts(_ text: String) -> HealthScripts { LuaHealthRunner.shared.scripts(settings: data(text)) }

    static func texts(_ scripts: HealthScripts) -> [String] {
        scripts.entries.map { "\($0.pattern) \($0.script.text)\($0.script.hasOpenLibraries ? " open" : "")" }
    }

    @Test func `keys of their own name group and kind`() {
        let scripts = Self.scripts(
            """
            data:
              resource.customizations.health.cert-manager.io_Certificate: return 1
              resource.customizations.useOpenLibs.cert-manager.io_Certificate: "true"
              resource.customizations.health.Service: return 2
              resource.customizations.health.empty.io_Empty: ""
              resource.customizations.ignoreDifferences.all: "jsonPointers: [/x]"
              resource.customizations.actions.apps_Deployment: "x: 1"
              resource.exclusions: "[]"
              url: https://argocd.example
            """)
        #expect(Self.texts(scripts) == ["Service return 2", "cert-manager.io/Certificate return 1 open"])
        #expect(scripts.script(group: "cert-manager.io", kind: "Certificate")?.text == "return 1")
        #expect(scripts.script(group: "", kind: "Service")?.text == "return 2")
        #expect(scripts.script(group: "apps", kind: "Service") == nil)
    }

    @Test func `the old form has wildcards, and keys of their own replace its scripts`() {
        let scripts = Self.scripts(
            """
            data:
              resource.customizations: |
                "*.example.dev/*":
                  health.lua: return 1
                  health.lua.useOpenLibs: true
                "*.example.dev/Special*":
                  health.lua: return 2
                shop.example.dev/Exact:
                  ignoreDifferences: "x"
                  health.lua: |
                    return 3
              resource.customizations.health.shop.example.dev_Exact: return 4
            """)
        #expect(scripts.script(group: "shop.example.dev", kind: "Exact")?.text == "return 4")
        let any = scripts.script(group: "a.b.example.dev", kind: "Thing")
        #expect(any == HealthScript("return 1", hasOpenLibraries: true))
        // Argo CD takes whichever it comes upon; here it is the first in the order of their texts.
        #expect(scripts.script(group: "shop.example.dev", kind: "Special")?.text == "return 1")
        #expect(scripts.script(group: "example.dev", kind: "Thing") == nil)
    }

    @Test(arguments: [
        (
            "resource.customizations.health.a_b_c: return 1",
            "a.yaml:2:3: warning: Argo CD refuses its resource customizations: 'resource.customizations.health.a_b_c' must end in '<group>_<Kind>' or '<Kind>', not 'a_b_c' [invalid-customization]"
        ),
        (
            "resource.customizations.helth.Service: return 1",
            "a.yaml:2:3: warning: Argo CD refuses its resource customizations: resource customization type helth not supported [invalid-customization]"
        ),
        (
            "resource.customizations.health.Service: return }",
            "a.yaml:2:50: warning: the health script of Service is no Lua: unexpected symbol near '}' [invalid-health-script]"
        ),
        (
            "resource.customizations.health.Service: |\n    local a = 1\n    if a the\n    return",
            "a.yaml:4:10: warning: the health script of Service is no Lua: 'then' expected near 'the' [invalid-health-script]"
        ),
        (
            "resource.customizations: |\n    a/B:\n      health.lua: |\n        local a = 1\n        a = = 2",
            "a.yaml:6:9: warning: the health script of a/B is no Lua: unexpected symbol near '=' [invalid-health-script]"
        ),
        ("resource.customizations.health.Service: |\n    return {}", ""),
    ])
    func `what is wrong is told with its place`(_ text: String, _ expected: String) {
        let collector = DiagnosticCollector()
        let documents = DocumentReader(diagnostics: collector).read(text: "data:\n  \(text)\n", path: "a.yaml")
        ScriptProblems.report(settings: documents.first?["data"] ?? nil, collector)
        #expect((collector.diagnostics.first?.text.split(separator: "\n").first ?? "") == expected)
    }

    @Test func `what Argo CD refuses leaves no script`() {
        #expect(
            Self.scripts("data: {resource.customizations.health.a_b_c: x, resource.customizations.health.B: y}").isEmpty
        )
        #expect(Self.scripts("data: {resource.customizations: 'a: [', resource.customizations.health.B: y}").isEmpty)
        #expect(Self.scripts("data: {}").isEmpty)
    }
}
