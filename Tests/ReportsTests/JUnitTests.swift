import ClusterSimulation
import Foundation
import FoundationXML
import Testing

@testable import Reports

#if canImport(FoundationXML)
    import Foundation
    import FoundationXML
#else
    import Foundation
#endif

@Suite struct JUnitTests {
    /// Elements as an independent parser sees them.
    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [(name: String, attributes: [String: String])] = []
        var text = ""

        func parser(
            _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
            qualifiedName qName: String?, attributes attributeDict: [String: String]
        ) {
            elements.append((elementName, attributeDict))
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

        static func read(_ xml: String) throws -> Reader {
            let reader = Reader()
            let parser = XMLParser(data: Data(xml.utf8))
            parser.delegate = reader
            try #require(parser.parse(), "\(String(describing: parser.parserError))")
            return reader
        }
    }

    @Test func `test cases are sorted and counted`() throws {
        let reader = try Reader.read(ReportFormat.junit.render(Outcomes.consolidation))
        let cases = reader.elements.filter { $0.name == "testcase" }.compactMap { $0.attributes["name"] }
        #expect(cases == cases.sorted())
        #expect(cases.count == 6)
        let suite = try #require(reader.elements.first { $0.name == "testsuite" })
        #expect(suite.attributes["tests"] == "6")
        #expect(suite.attributes["failures"] == "4")
        #expect(suite.attributes["skipped"] == "1")
        #expect(suite.attributes["errors"] == "0")
        #expect(reader.elements.count { $0.name == "failure" } == 4)
    }

    @Test func `a failure names the file of its root cause`() throws {
        let reader = try Reader.read(ReportFormat.junit.render(Outcomes.consolidation))
        let test = try #require(reader.elements.first { $0.attributes["name"] == "secrets-materialise" })
        #expect(test.attributes["file"] == "repository/infra/vault.yaml")
        #expect(test.attributes["line"] == "3")
    }

    @Test func `an inconclusive scenario passes nothing`() throws {
        let reader = try Reader.read(ReportFormat.junit.render(Outcomes.inconclusive))
        let cases = reader.elements.count { $0.name == "testcase" }
        #expect(cases == 3)
        #expect(reader.elements.count { $0.name == "skipped" } == cases)
    }

    @Test func `expected violations pass and unmet expectations fail`() throws {
        let outcome = Outcomes.consolidation
        let expected = outcome.violations.map {
            ScenarioResult.Expectation.ExpectedViolation(invariant: $0.invariant, subject: $0.subject)
        }
        let met = try Reader.read(
            ReportFormat.junit.render([ScenarioResult(outcome, expectation: .init(violations: expected))]))
        #expect(!met.elements.contains { $0.name == "failure" })
        let unmet = try Reader.read(
            ReportFormat.junit.render([
                ScenarioResult(outcome, expectation: .init(violations: expected, unmet: ["argo was not fixed"]))
            ]))
        #expect(unmet.elements.filter { $0.name == "failure" }.map(\.attributes["message"]) == ["argo was not fixed"])
    }

    @Test func `a scenario without an outcome is an error`() throws {
        let reader = try Reader.read(ReportFormat.junit.render([ScenarioResult(scenario: "x", error: "a < b & \"c\"")]))
        #expect(reader.elements.first { $0.name == "error" }?.attributes["message"] == "a < b & \"c\"")
    }

    @Test func `every character comes through, or is replaced where XML has none`() throws {
        var text = "a"
        for value in 1...0x2FF as ClosedRange<UInt32> {
            if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
        }
        text += "\u{FFFE}\u{FFFF}😀"
        let expected = String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    let isAllowed = scalar.value >= 0x20 || scalar == "\n" || scalar == "\t" || scalar == "\r"
                    return isAllowed && scalar.value != 0xFFFE && scalar.value != 0xFFFF ? scalar : "\u{FFFD}"
                }))
        var xml = XMLWriter()
        xml.element("a", [("b", text)], text: text)
        let reader = try Reader.read(xml.text)
        #expect(reader.elements.first?.attributes["b"] == expected)
        #expect(reader.text == expected)
    }
}
