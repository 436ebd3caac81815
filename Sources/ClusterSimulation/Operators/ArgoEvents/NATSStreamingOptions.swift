/// What NATS streaming checks when it reads its configuration: the type of every parameter that it knows.
///
/// The real server meets the parameters of a map in no fixed order and stops at the first problem; here it is the first
/// of the file. Source: nats-streaming-server `server/conf.go`, and its documentation of the configuration file for the
/// parameters of later versions. The parameters of the embedded NATS server (outside of `streaming`) are not checked.
package enum NATSStreamingOptions {
    indirect enum Expectation: Sendable {
        case string, integer, boolean, list
        /// A string that is a duration of Go.
        case duration
        case storeType
        /// A map; what it is called in the message, and what it holds.
        case section(String, @Sendable (String) -> Expectation?)
        /// Maps by the name of a channel, each with limits.
        case channels
    }

    /// Why the server does not start with the text of a configuration file, without variables and includes; nil where
    /// it does.
    package static func problem(in text: String) -> String? {
        var parser = NATSConfigurationParser(text)
        do throws(NATSConfigurationParser.Problem) {
            return problem(try parser.parse())
        } catch {
            return error.message
        }
    }

    /// Why the server does not start with this configuration; nil where it does.
    static func problem(_ configuration: NATSMap) -> String? {
        var map = configuration
        for entry in configuration.entries where entry.key.lowercased() == "streaming" {
            guard case .map(let content) = entry.value else {
                return "expected streaming section to be a map/struct, got \(describe(entry.value))"
            }
            map = content
        }
        return problem(map, expecting: server)
    }

    private static func problem(_ map: NATSMap, expecting parameter: (String) -> Expectation?) -> String? {
        for entry in map.entries {
            guard let expectation = parameter(entry.key.lowercased()) else { continue }
            if let problem = problem(entry.key, entry.value, expectation) { return problem }
        }
        return nil
    }

    private static func problem(_ name: String, _ value: NATSValue, _ expectation: Expectation) -> String? {
        switch expectation {
        case .string: return mismatch(name, value, "string")
        case .integer: return mismatch(name, value, "int64")
        case .boolean: return mismatch(name, value, "bool")
        case .list: return mismatch(name, value, "slice")
        case .duration:
            guard case .string(let text) = value else { return mismatch(name, value, "string") }
            return GoDuration.problem(text)
        case .storeType:
            guard case .string(let text) = value else { return mismatch(name, value, "string") }
            return ["FILE", "MEMORY", "SQL"].contains(text.uppercased()) ? nil : "unknown store type: \(text)"
        case .section(let title, let parameter):
            guard case .map(let map) = value else {
                return "expected \(title) to be a map/struct, got \(describe(value))"
            }
            return problem(map, expecting: parameter)
        case .channels:
            guard case .map(let channels) = value else {
                return "expected per channel limits to be a map/struct, got \(describe(value))"
            }
            for channel in channels.entries {
                guard case .map(let limits) = channel.value else {
                    return "expected channel limits to be a map/struct, got \(describe(channel.value))"
                }
                if let problem = problem(limits, expecting: channelLimits) { return problem }
            }
            return nil
        }
    }

    private static func mismatch(_ name: String, _ value: NATSValue, _ kind: String) -> String? {
        if value.kindName == kind { return nil }
        return "parameter \"\(name)\" value is expected to be \(kind), got \(value.kindName)"
    }

    /// A value as Go prints it.
    private static func describe(_ value: NATSValue) -> String {
        switch value {
        case .string(let text), .date(let text): text
        case .integer(let number): "\(number)"
        case .float(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        case .array(let elements): "[\(elements.map(describe).joined(separator: " "))]"
        case .map(let map): "map[\(map.entries.map { "\($0.key):\(describe($0.value))" }.joined(separator: " "))]"
        }
    }
}

// MARK: - The parameters, in lower case

extension NATSStreamingOptions {
    private static func server(_ name: String) -> Expectation? {
        switch name {
        case "id", "cid", "cluster_id", "discover_prefix", "dir", "datastore", "ns", "nats_server", "nats_server_url",
            "ft_group", "ft_group_name", "syslog_name", "encryption_cipher", "encryption_key", "credentials",
            "username", "user", "password", "token", "nkey_seed_file":
            .string
        case "st", "store_type", "store", "storetype": .storeType
        case "sd", "stan_debug", "sv", "stan_trace", "secure", "partitioning", "encrypt", "replace_durable": .boolean
        case "hbi", "hb_interval", "server_to_client_hb_interval", "hbt", "hb_timeout", "server_to_client_hb_timeout":
            .duration
        case "hbf", "hb_fail_count", "server_to_client_hb_fail_count": .integer
        case "tls": .section("TLS", tls)
        case "limits", "store_limits", "storelimits": .section("store limits", storeLimits)
        case "file", "file_options": .section("file options", fileOptions)
        case "sql", "sql_options": .section("SQL options", sqlOptions)
        case "cluster": .section("cluster", cluster)
        default: nil
        }
    }

    private static func tls(_ name: String) -> Expectation? {
        ["client_cert", "client_key", "client_ca", "client_cacert"].contains(name) ? .string : nil
    }

    private static func storeLimits(_ name: String) -> Expectation? {
        switch name {
        case "mc", "max_channels", "maxchannels": .integer
        case "channels", "channels_limits", "channelslimits", "per_channel", "per_channel_limits": .channels
        default: channelLimits(name)
        }
    }

    private static func channelLimits(_ name: String) -> Expectation? {
        switch name {
        case "msu", "max_subs", "max_subscriptions", "maxsubscriptions", "mm", "max_msgs", "maxmsgs", "max_count",
            "maxcount", "mb", "max_bytes", "maxbytes":
            .integer
        case "ma", "max_age", "maxage", "mi", "max_inactivity", "maxinactivity": .duration
        default: nil
        }
    }

    private static func cluster(_ name: String) -> Expectation? {
        switch name {
        case "node_id", "log_path": .string
        case "bootstrap", "sync", "raft_logging", "allow_add_remove_node", "proceed_on_restore_failure",
            "bolt_free_list_sync", "bolt_free_list_map", "nodes_connections":
            .boolean
        case "peers": .list
        case "log_cache_size", "log_snapshots", "trailing_logs": .integer
        case "raft_heartbeat_timeout", "raft_election_timeout", "raft_lease_timeout", "raft_commit_timeout": .duration
        default: nil
        }
    }

    private static func fileOptions(_ name: String) -> Expectation? {
        switch name {
        case "compact", "compact_enabled", "crc", "do_crc", "sync", "do_sync", "sync_on_flush": .boolean
        case "compact_frag", "compact_fragmentation", "compact_interval", "compact_min_size", "buffer_size", "crc_poly",
            "slice_max_msgs", "slice_max_count", "slice_msgs", "slice_count", "slice_max_bytes", "slice_max_size",
            "slice_bytes", "slice_size", "file_descriptors_limit", "fds_limit", "parallel_recovery",
            "read_buffer_size", "record_size_limit":
            .integer
        case "slice_max_age", "slice_age", "slice_max_time", "slice_time_limit", "auto_sync": .duration
        case "slice_archive_script", "slice_archive", "slice_script": .string
        default: nil
        }
    }

    private static func sqlOptions(_ name: String) -> Expectation? {
        switch name {
        case "driver", "source": .string
        case "no_caching": .boolean
        case "max_open_conns", "max_conns", "bulk_insert_limit": .integer
        default: nil
        }
    }
}
