/// Values that do not fit where they are put, or that fit and ask for too much.
package enum HostileValues {
    /// One that any field may get.
    package static func any(_ random: inout FuzzRandom) -> Node {
        switch random.below(6) {
        case 0: .raw(random.pick(numbers) ?? "0")
        case 1: .string(random.pick(texts) ?? "")
        case 2: .string(random.pick(times) ?? "")
        case 3:
            random.pick([.array([]), .object([]), .array([.array([])]), .raw("null"), .raw("true"), .raw("~")])
                ?? .raw("null")
        case 4: nested(depth: 1 + random.below(random.once(in: 3) ? 1100 : 20), isArray: random.once(in: 2))
        default:
            .string(
                String(
                    repeating: random.pick(["a", "é", ".", "{{", "a.", "*", "-"]) ?? "a",
                    count: 1 + random.below(70_000)))
        }
    }

    /// One that a field of this name may be expected to go wrong with; nil where nothing is known of the name.
    package static func known(for key: String, _ random: inout FuzzRandom) -> Node? {
        let name = key.lowercased()
        for (words, values) in known where words.contains(where: name.contains) {
            return random.pick(values).map { value in
                value.hasPrefix("=") ? .raw(String(value.dropFirst())) : .string(value)
            }
        }
        return nil
    }

    /// One that is written like another node.
    static func like(_ node: Node, _ random: inout FuzzRandom) -> Node {
        switch node {
        case .raw("true"), .raw("false"): .raw(random.once(in: 2) ? "true" : "false")
        case .raw: .raw(random.pick(["0", "1", "2", "3", "100", "5001", "65535", "65536", "100000", "-1"]) ?? "0")
        case .string(let text): .string(random.pick([text + "-a", "a", text + text, "default", "b.c.svc", ""]) ?? text)
        case .array: .array([])
        case .object: .object([])
        default: node
        }
    }

    private static func nested(depth: Int, isArray: Bool) -> Node {
        var node: Node = .raw("1")
        for _ in 0..<depth { node = isArray ? .array([node]) : .object([("a", node)]) }
        return node
    }

    /// By words of the lower-case name of a field; a value that starts with `=` is written without quotes.
    private static let known: [([String], [String])] = [
        (
            [
                "replicas", "completions", "parallelism", "limit", "count", "port", "weight", "generation", "seconds",
                "assignedjobs",
            ],
            [
                "=0", "=-1", "=5001", "=100000", "=2147483647", "=1000000000", "=9223372036854775807",
                "=-9223372036854775808", "=0.5", "50%", "1000000%",
            ]
        ),
        (
            [
                "start", "horizon", "at", "settle", "after", "duration", "interval", "period", "timeout", "delay",
                "retry", "time",
            ],
            times + ["0s", "1ms", "-1h", "876000h", "9223372036s", "1000000d", "292y"]
        ),
        (
            [
                "path", "manifests", "overlay", "include", "snapshot", "healthscripts", "resources", "files", "folder",
                "removed", "base",
            ],
            [
                "..", "../..", "/", "", ".", "/etc/passwd", "/dev/zero", "/dev/stdin", "/proc/self/mem", "a\u{0}b",
                "cluster\u{0}.yaml",
                String(repeating: "a/", count: 3000), "a\n::error::x", "\u{1B}[31m", "*", "?*{a,{b,c}}",
                "*/*/*/*/*/*/*/*",
            ]
        ),
        (
            ["pattern", "regex", "include", "exclude"],
            [
                "^(a+)+(a+)+$", "(x*)*y", "(", "[", "a{1000}{1000}", "(?=a)", "\\", "^(([a-z])+.)+[A-Z]([a-z])+$",
                "(a|a)*b", "[[:alpha:]]{0,999}$",
                "\\p{L}*\\b", "{{{{{{a,b},c},d},e},f},g}", "****************a",
            ]
        ),
        (
            ["schedule", "cron"],
            ["* * * * *", "0 0 30 2 *", "*/0 * * * *", "59-0 * * * *", "@every 1ms", "@every 1s", "99 * * * *"]
        ),
        (
            ["cpu", "memory", "storage", "pods", "size", "capacity"],
            [
                "0", "-1", "1e99", "9999999999999999999Ei", "1n", "0.0000000001", "1Ki1", "=9223372036854775807", "1E",
                "1e-19",
            ]
        ),
        (
            ["image"],
            [
                "a", "a@sha256:x", ":", "/", "a:\u{1B}[0m", String(repeating: "a/", count: 5000),
                "registry.example/server:latest",
            ]
        ),
        (
            ["version", "kubernetes", "argocd"],
            ["1.30", "=1.3", "1.99", "v1.34.0", "-1.-1", "=[1.30, 1.31, 1.32, 1.33, 1.34, 1.35, 1.36]"]
        ),
        (["seed"], ["=-1", "=18446744073709551615", "=18446744073709551616", "=1e3"]),
        (["name", "namespace", "kind", "host", "subject", "label", "key", "title", "message"], texts),
    ]

    private static let numbers = [
        "0", "-0", "-1", "1", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "-9223372036854775808",
        "9223372036854775808", "18446744073709551616", "99999999999999999999999999", "1e308", "1e309", "1.5", "0.1",
        "1e-320", ".nan", ".inf",
        "-.inf", "0x7fffffffffffffff", "0o17", "1_000", "!!int \"x\"", "!!float 1", "!!binary aGk=",
    ]

    private static let times = [
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-01-12T09:00:00Z", "2126-01-12T09:00:00Z",
        "1970-01-01T00:00:00Z",
        "2026-02-30T00:00:00Z", "2026-01-12T09:00:00+99:99", "99999-01-01T00:00:00Z",
    ]

    private static let texts = [
        "", " ", "a", "-", ".", "..", "../..", "/", "a/b/c/d", "*", "default", "kube-system", "A_B", "é", "\u{0}",
        "a\u{0}b", "\u{1B}[31mred",
        "\u{7}\u{8}", "no\n::error::injected", "::warning::x", "\u{9B}31m", "\u{202E}txt", "\u{2028}::error::x",
        "\r::error::x", "\u{FEFF}",
        "$(X)$(X)", "{{ .Values.a }}", "{{", "%s%n%x", "<&>\"'", "]]>", "`rm`", "$(reboot)", "| a | b |", "# h",
        "fingerprint:", "secret",
        "1", "true", "null", "~", "{}", "a: b", "01", "1e3", "*.example", "web.apps.svc", "web.apps.svc.cluster.local.",
        "::1", "10.0.0.0/33",
    ]
}
