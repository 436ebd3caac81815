import ClusterSimulation
import Conformance
import LuaHealth
import Patterns
import Reports
import Scenarios

/// Small languages: patterns, templates, durations, schedules, scripts.
extension FuzzEntryPoint {
    static let dns = FuzzEntryPoint(
        "dns",
        samples: ["http://web.apps.svc:80/x web-0.web.apps.svc.cluster.local. fd00::1 10.0.0.1", "::ffff:1.2.3.4"]
    ) { bytes in
        let text = Symbol(utf8: bytes)
        _ = DNSNameScanner.names(in: text)
        _ = DNSNameScanner.shortNames(in: text)
        for found in DNSNameScanner.written(in: text) { precondition(!found.host.isEmpty, "a name without a host") }
        _ = bytes.withUnsafeBytes { MetricLabelScanner.namespaces(in: $0) }
        _ = CertificateHost(bytes.text)
        guard let address = IPAddress(bytes.text) else { return }
        precondition(IPAddress(address.description) == address, "another address is read from the text of an address")
    }

    static let glob = FuzzEntryPoint("glob", samples: ["a*b?c\0aXXbYc", "*a*a*a*a*b\0aaaaaaaaaaaa"]) { bytes in
        let (pattern, text) = bytes.pair
        _ = Glob.matches(pattern, text)
    }

    static let pathPattern = FuzzEntryPoint(
        "path-pattern", samples: ["{a,b/{c,d}}*.{yaml,json}\0b/c.yaml"]
    ) { bytes in
        let (pattern, path) = bytes.pair
        _ = GlobAlternatives(pattern).matches(path)
    }

    /// The pattern of a CustomResourceDefinition and a text.
    static let schemaPattern = FuzzEntryPoint(
        "schema-pattern", samples: ["^[a-z]([-a-z0-9]*[a-z0-9])?$\0a-b", #"^(\d{1,3}\.)+\w*?[^\W_]$"# + "\01.2.3a"]
    ) { bytes in
        let (pattern, text) = bytes.pair
        // A matcher of its own each time: it keeps what it compiled.
        let matcher = RE2Matcher()
        guard case .program(let size) = matcher.read(Symbol(pattern)), size * text.utf8.count < 1 << 24 else { return }
        _ = matcher.matches(Symbol(pattern), Symbol(text))
    }

    static let template = FuzzEntryPoint(
        "template", endings: [".yaml", ".tpl"],
        samples: [
            "{{- if eq .Values.a \"b\" }}\nx: {{ .Values.b | default 3 | quote }}\n{{- else }}\n"
                + "y:{{ toYaml .Values.c | nindent 2 }}\n{{ end -}} # {{/* no */}}\n"
        ]
    ) { bytes in
        let file = FileTree.File(path: "templates/a.yaml", shownPath: "templates/a.yaml", bytes: bytes)
        guard case .success(let template) = Template.parse(file) else { return }
        _ = template.rendered([
            "Values": ["a": "b", "b": Value(.double(0.5)), "c": ["d": [1, nil, "e: f\n"], "g": [:]], "h": true],
            "Release": ["Name": "release", "Namespace": "shop"], "Chart": ["Name": "chart", "Version": "1.0.0"],
        ])
    }

    static let goDuration = FuzzEntryPoint("go-duration", samples: ["1h30m", "-1.5h", "300ms", "9223372036s"]) {
        bytes in
        let text = bytes.text
        if let duration = GoDuration(text) { precondition(duration.span.milliseconds >= 0, "a duration below zero") }
        _ = GoDuration.problem(text)
    }

    static let goQuantity = FuzzEntryPoint("go-quantity", samples: ["1.5Gi", "100m", "1e3", "-0.5", "12E"]) { bytes in
        let text = bytes.text
        let canonical = GoQuantity.canonical(text, isResource: bytes.count % 2 == 0)
        _ = GoQuantity.canonical(canonical, isResource: true)
    }

    static let quantity = FuzzEntryPoint("quantity", samples: ["1.5Gi\0200m", "1e3\0-0.5", "12E\08Ei"]) { bytes in
        let (first, second) = bytes.pair
        guard let left = Quantity(first) else { return }
        _ = left.text
        guard let right = Quantity(second) else { return }
        _ = [left + right, left - right].map(\.text)
        precondition(!(left < right && right < left), "two quantities that are below one another")
    }

    static let cron = FuzzEntryPoint(
        "cron", samples: ["*/5 1-3,7 * JAN-MAR SUN\0Europe/Berlin", "0 0 30 2 *\0UTC", "@hourly"]
    ) { bytes in
        let (text, zone) = bytes.pair
        guard let schedule = CronSchedule(text) else { return }
        let now = SimulationTime(milliseconds: 1_764_547_200_000)
        guard let next = schedule.next(after: now, in: TimeZoneRule(zone) ?? .utc) else { return }
        precondition(now < next, "a time of a schedule that has passed")
    }

    static let time = FuzzEntryPoint(
        "time", samples: ["2025-11-27T04:10:00Z", "2024-02-29T23:59:59.999+14:00"]
    ) { bytes in
        _ = VersionText.kubernetes(bytes.text)
        _ = VersionText.argocd(bytes.text)
        guard let time = SimulationTime(rfc3339: bytes.text),
            (0...9999).contains(time.milliseconds / 31_556_952_000 + 1970)
        else { return }
        let seconds = SimulationTime(milliseconds: time.milliseconds - ((time.milliseconds % 1000) + 1000) % 1000)
        precondition(
            SimulationTime(rfc3339: seconds.rfc3339) == seconds, "another time is read from the text of a time")
    }

    static let nats = FuzzEntryPoint(
        "nats",
        samples: [
            "streaming { store: file, sql { driver = 'a' } store_limits: { max_age: \"72h\" channels { x: { max_msgs: 1k } } } } # c\nport: 5m\n"
        ]
    ) { bytes in
        _ = NATSStreamingOptions.problem(in: bytes.text)
    }

    static let lua = FuzzEntryPoint(
        "lua", endings: [".lua"],
        samples: [
            "local s = obj.status\nif s ~= nil then for i, c in ipairs(s.conditions) do if c.type:match('^R%a+') then "
                + "return {status = 'Healthy', message = string.format('%5d %s', i, c.message)} end end end\n"
                + "return {status = 'Progressing', message = table.concat({1, 2}, ',') .. os.time{year=2025, month=1, day=1}}"
        ]
    ) { bytes in
        let document: Value = [
            "kind": "Widget", "metadata": ["name": "one", "labels": ["team": "a"]],
            "spec": ["size": 4, "tags": ["a", nil]],
            "status": ["conditions": [["type": "Ready", "status": "True", "message": "fine"]]],
        ]
        // A runner of its own each time: it keeps every script that it compiled.
        let script = HealthScript(Symbol(utf8: bytes), hasOpenLibraries: bytes.count % 4 != 0)
        let now = SimulationTime(milliseconds: 1_764_547_200_000)
        let first = LuaHealthRunner().run(script, document, now: now)
        precondition(LuaHealthRunner().run(script, document, now: now) == first, "a script with two outcomes")
    }

    /// Texts that are written as JSON and XML come out of a reader as they went in.
    static let writers = FuzzEntryPoint("writers", samples: ["a\u{1B}\"\\\u{7F}é<&>]]>\r\n"]) { bytes in
        let text = bytes.text
        var json = JSONWriter()
        json.object { json in
            json.member(text, text)
            json.member("list", [text], inline: true) { $0.value($1) }
        }
        guard let value = Value(parsingJSON: json.text) else { preconditionFailure("JSON that cannot be read") }
        precondition(value.fields.first?.key.text == text && value.fields.first?.value.text == text, "other JSON")
        var xml = XMLWriter()
        xml.element("a", [("b", text)], text: text)
        precondition(!xml.text.utf8.contains { $0 < 0x20 && $0 != 10 && $0 != 9 }, "XML with a control character")
    }
}
