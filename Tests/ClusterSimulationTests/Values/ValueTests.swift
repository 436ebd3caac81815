import ClusterSimulation
import Testing

/// JSON that the engine reads and writes itself: in annotations, in patches.
@Suite struct ValueTests {
    @Test(arguments: [
        "+1", "01", ".5", "1.", "1e", "1e400", "-0.5e9223372036854775807", "0x1", "--1", "\"\\9\"", "\"\\a\"", "[1,]",
        "nul",
    ])
    func `text that is no JSON, or no number that fits`(text: String) {
        #expect(Value(parsingJSON: text) == nil)
    }

    @Test(arguments: [
        "0", "-0", "-12", "0.5", "-0.0e3", "1e3", "12345678901234567890", "\"\\/\\u00e9\"", "[1.5,{\"a\":null}]",
    ])
    func `what is read is read again from its own text`(text: String) throws {
        let value = try #require(Value(parsingJSON: text))
        let again = try #require(Value(parsingJSON: value.jsonText))
        #expect(again == value)
        #expect(again.contentHash == value.contentHash)
    }

    /// Objects are found by their content: equal ones must have one hash.
    @Test func `zero has one hash`() {
        #expect(Value(.double(-0.0)) == Value(.integer(0)))
        #expect(Value(.double(-0.0)).contentHash == Value(.integer(0)).contentHash)
        #expect(Value(.double(-0.0)).jsonText == "-0")
    }
}
