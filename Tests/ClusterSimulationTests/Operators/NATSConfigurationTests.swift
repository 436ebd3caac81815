import Testing

@testable import ClusterSimulation

@Suite struct NATSConfigurationTests {
    private typealias Problem = NATSConfigurationParser.Problem

    private func parse(_ text: String, _ environment: [String: String] = [:]) throws(Problem) -> NATSMap {
        var parser = NATSConfigurationParser(
            text, environment: { environment[$0] }, include: { $0 == "./other.conf" ? "included: yes" : nil })
        return try parser.parse()
    }

    private func value(_ text: String, _ environment: [String: String] = [:]) throws -> NATSValue? {
        try parse("key: \(text)\n", environment)["key"]
    }

    @Test(
        arguments: [
            ("5m", 5_000_000), ("5M", 5_000_000), ("1k", 1000), ("1kb", 1024), ("1KiB", 1024), ("10MB", 10_485_760),
            ("1GB", 1_073_741_824), ("2g", 2_000_000_000), ("-3", -3), ("1000", 1000),
        ] as [(String, Int64)])
    func `a number may have a suffix of size`(text: String, number: Int64) throws {
        #expect(try value(text) == .integer(number))
    }

    @Test(arguments: ["72h", "5h", "100ms", "2s", "7d", "5mx", "word", "a/b", "nats://host:4222", "127.0.0.1:4222"])
    func `what is no number is text`(text: String) throws {
        #expect(try value(text) == .string(text))
    }

    @Test func `quotes make text of everything`() throws {
        #expect(try value("\"5m\"") == .string("5m"))
        #expect(try value("'true'") == .string("true"))
        #expect(try value("\"a\\tb\\\"\\x41\"") == .string("a\tb\"A"))
    }

    @Test func `words of truth, fractions and dates`() throws {
        #expect(try value("true") == .boolean(true))
        #expect(try value("Off") == .boolean(false))
        #expect(try value("1.5") == .float(1.5))
        #expect(try value("2016-05-04T18:53:41Z") == .date("2016-05-04T18:53:41Z"))
    }

    @Test func `maps, lists, separators and comments`() throws {
        let map = try parse(
            """
            # a comment
            a = 1; b 2
            list: [one, "two" // another
              3]
            inner { x: y, z: {} } # the end
            block (
              text
            )
            """)
        #expect(map["a"] == .integer(1))
        #expect(map["b"] == .integer(2))
        #expect(map["list"] == .array([.string("one"), .string("two"), .integer(3)]))
        guard case .map(let inner) = map["inner"] else { return #expect(Bool(false)) }
        #expect(inner["x"] == .string("y"))
        #expect(inner["z"] == .map(NATSMap()))
        #expect(map["block"] == .string("\n  text\n"))
    }

    @Test func `a variable is the nearest key, else of the environment and read like a value`() throws {
        let map = try parse(
            "size: 1\ninner { size: 2, own: $size }\nouter: $size\nname: $NAME\nport: $PORT",
            [
                "NAME": "a-0", "PORT": "4222",
            ])
        guard case .map(let inner) = map["inner"] else { return #expect(Bool(false)) }
        #expect(inner["own"] == .integer(2))
        #expect(map["outer"] == .integer(1))
        #expect(map["name"] == .string("a-0"))
        #expect(map["port"] == .integer(4222))
    }

    @Test func `another file is included`() throws {
        #expect(try parse("include ./other.conf\nb: 1")["included"] == .boolean(true))
    }

    @Test(arguments: [
        (
            "a: 1m30s",
            "Parse error on line 1: 'Expected a top-level value to end with a new line, comment or EOF, "
                + "but got '3' instead.'"
        ),
        ("\na:\nb: 1", "Parse error on line 2: 'Expected value but found new line'"),
        ("a: $NONE", "Variable reference for 'NONE' on line 1 can not be found."),
        (
            "a { b: 1m30s }",
            "Parse error on line 1: 'Expected a map value terminator ',' or a map terminator '}', "
                + "but got '3' instead.'"
        ),
        (
            "include nothing.conf",
            "Error parsing include file 'nothing.conf', "
                + "error opening config file: open nothing.conf: no such file or directory."
        ),
        ("a: 99999999999999999999", "Integer '99999999999999999999' is out of the range."),
    ])
    func `faults are told with their line`(text: String, message: String) {
        #expect(throws: Problem(message: message)) { try parse(text) }
    }

    @Test(
        arguments: [
            ("max_age: 5m", "parameter \"max_age\" value is expected to be string, got int64"),
            ("max_age: 300", "parameter \"max_age\" value is expected to be string, got int64"),
            ("max_age: 72h", nil), ("max_age: \"5m\"", nil), ("max_age: 5h", nil), ("max_age: 1h30m", nil),
            ("max_age: 7d", "time: unknown unit \"d\" in duration \"7d\""),
            ("max_age: \"5\"", "time: missing unit in duration \"5\""),
            ("max_age: \"\"", "time: invalid duration \"\""),
            ("MaxAge: true", "parameter \"MaxAge\" value is expected to be string, got bool"),
            ("max_inactivity: 1k", "parameter \"max_inactivity\" value is expected to be string, got int64"),
            ("max_bytes: 1GB", nil), ("max_bytes: 10MB", nil),
            ("max_bytes: \"1GB\"", "parameter \"max_bytes\" value is expected to be int64, got string"),
            ("max_msgs: 1.5", "parameter \"max_msgs\" value is expected to be int64, got float64"),
            ("max_subs: []", "parameter \"max_subs\" value is expected to be int64, got slice"),
            ("max_channels: {}", "parameter \"max_channels\" value is expected to be int64, got map"),
            ("channels: { foo: { max_age: 5m } }", "parameter \"max_age\" value is expected to be string, got int64"),
            ("channels: 3", "expected per channel limits to be a map/struct, got 3"),
            ("unknown: 5m", nil),
        ] as [(String, String?)])
    func `the limits of a store have types`(limit: String, message: String?) throws {
        let map = try parse("streaming {\n store_limits {\n \(limit)\n }\n}\n")
        #expect(NATSStreamingOptions.problem(map) == message)
    }

    @Test(
        arguments: [
            ("id: 5", "parameter \"id\" value is expected to be string, got int64"),
            ("store: disk", "unknown store type: disk"), ("store: file", nil),
            ("hb_interval: 10", "parameter \"hb_interval\" value is expected to be string, got int64"),
            ("hb_fail_count: \"3\"", "parameter \"hb_fail_count\" value is expected to be int64, got string"),
            ("cluster { peers: a }", "parameter \"peers\" value is expected to be slice, got string"),
            ("cluster { raft_commit_timeout: 100ms }", nil),
            (
                "cluster { raft_lease_timeout: 1m }",
                "parameter \"raft_lease_timeout\" value is expected to be string, got int64"
            ),
            ("cluster: on", "expected cluster to be a map/struct, got true"),
            ("file { sync: 1 }", "parameter \"sync\" value is expected to be bool, got int64"),
            ("sql { max_conns: many }", "parameter \"max_conns\" value is expected to be int64, got string"),
            ("tls { client_cert: no }", "parameter \"client_cert\" value is expected to be string, got bool"),
        ] as [(String, String?)])
    func `the other parameters have types too`(parameter: String, message: String?) throws {
        #expect(NATSStreamingOptions.problem(try parse("streaming { \(parameter) }")) == message)
        #expect(NATSStreamingOptions.problem(try parse(parameter)) == message)
    }
}
