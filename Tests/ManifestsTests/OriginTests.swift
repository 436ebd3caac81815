import ClusterSimulation
import Testing

@testable import Manifests

@Suite struct OriginTests {
    @Test func `YAML values know line and column`() {
        let reading = Reading(
            """
            # a comment
            a: 1
            list:
              - x
              - {flow: "q", k: [2]}
            text: |
              block
            anchored: &name value
            ü: ñ    # columns count characters
            empty:
            """)
        #expect(reading.text == "")
        #expect(
            reading.values[0].places == [
                "object 2:1", "'a' 2:1", "integer 2:4", "'list' 3:1", "array 4:3", "string 4:5", "object 5:5",
                "'flow' 5:6", "string 5:12", "'k' 5:17", "array 5:20", "integer 5:21", "'text' 6:1", "string 6:7",
                "'anchored' 8:1", "string 8:17", "'ü' 9:1", "string 9:4", "'empty' 10:1", "null 10:7",
            ])
    }

    @Test func `JSON values know line and column`() {
        let reading = Reading(
            """
            {"a": 1.5,
              "é": [true, null, "x\\ny"],
             "o": {}}
            """, path: "test.json")
        #expect(reading.text == "")
        #expect(
            reading.values[0].places == [
                "object 1:1", "'a' 1:2", "number 1:7", "'é' 2:3", "array 2:8", "boolean 2:9", "null 2:15",
                "string 2:21", "'o' 3:2", "object 3:7",
            ])
        #expect(reading.values[0]["é"]?[index: 2]?.text == "x\ny")
    }

    @Test func `a byte order mark and CRLF change no place`() {
        let plain = Reading("a: 1\nb:\n  - c\n").values[0]
        let windows = Reading(bytes: [0xEF, 0xBB, 0xBF] + Array("a: 1\r\nb:\r\n  - c\r\n".utf8)).values[0]
        #expect(windows == plain)
        #expect(windows.places == plain.places)
    }

    @Test(arguments: [true, false]) func `UTF-16 with a byte order mark is read`(bigEndian: Bool) {
        var bytes: [UInt8] = bigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE]
        for unit in "kind: Pod\nname: ü\n".utf16 {
            let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            bytes += bigEndian ? pair : pair.reversed()
        }
        let reading = Reading(bytes: bytes)
        #expect(reading.text == "")
        #expect(reading.values == [["kind": "Pod", "name": "ü"]])
    }

    @Test func `the path is part of the place`() {
        let value = Reading("a: {b: c}", path: "folder/file.yaml").values[0]
        #expect(value.at("a", "b")?.origin.description == "folder/file.yaml:1:8")
    }

    @Test func `a line map gives places of another file`() {
        let template = "kind: A\nname: {{ .x }}\nport: 80\n"
        let base = SourceMap.register(path: "templates/a.yaml", bytes: Array(template.utf8))!
        let map = LineMap(lines: [
            .init(origin: Origin(position: base), isVerbatim: true),
            .init(origin: Origin(position: base + 8), isVerbatim: false),
            .init(origin: .none, isVerbatim: false),
            .init(origin: Origin(position: base + 23), isVerbatim: true),
        ])
        let collector = DiagnosticCollector()
        let value = DocumentReader(diagnostics: collector).read(
            text: "kind: A\nname: long-value\nmade: up\nport: 80\nbeyond: 1\n", path: "rendered", lineMap: map)[0]
        #expect(value["kind"]?.origin.description == "templates/a.yaml:1:7")
        #expect(value["name"]?.origin.description == "templates/a.yaml:2:1")
        #expect(value["made"]?.origin.description == "rendered:3:7")
        #expect(value["port"]?.origin.description == "templates/a.yaml:3:7")
        #expect(value["beyond"]?.origin.description == "rendered:5:9")
    }
}
