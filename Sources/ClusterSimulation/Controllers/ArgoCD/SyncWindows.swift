/// One of `spec.syncWindows` of an AppProject. Source: specs/argocd.md 11.
///
/// Times are UTC: a window with another `timeZone` is taken as invalid, and an invalid window blocks syncs.
package struct SyncWindow: Sendable {
    var isDenial: Bool
    /// nil where the schedule or the duration cannot be read.
    var schedule: CronSchedule?
    var duration: SimulationTime.Span
    var applications: [String]
    var clusters: [String]
    var namespaces: [String]
    var manualSync: Bool
    var andOperator: Bool

    package init(_ value: Value) {
        isDenial = value["kind"]?.text == "deny"
        let duration = value["duration"].flatMap(GoDuration.init(value:))
        let zone = value["timeZone"]?.text ?? ""
        let isUTC = zone.isEmpty || zone == "UTC" || zone == "Etc/UTC"
        schedule = duration == nil || !isUTC ? nil : CronSchedule(value["schedule"]?.text ?? "")
        self.duration = duration?.span ?? .milliseconds(0)
        applications = (value["applications"]?.symbols ?? []).map(\.text)
        clusters = (value["clusters"]?.symbols ?? []).map(\.text)
        namespaces = (value["namespaces"]?.symbols ?? []).map(\.text)
        manualSync = value["manualSync"]?.boolean ?? false
        andOperator = value["andOperator"]?.boolean ?? false
    }

    /// Whether the window is meant for an Application: any of its lists matches, or with `andOperator` all that are
    /// set.
    package func matches(application: String, namespace: String) -> Bool {
        func any(_ patterns: [String], _ texts: [String]) -> Bool {
            patterns.contains { pattern in texts.contains { ProjectDestination.glob(pattern, $0) } }
        }
        let lists = [
            (applications, [application]), (clusters, [ArgoCD.inClusterServer.text, ArgoCD.inClusterName.text]),
            (namespaces, [namespace]),
        ]
        let set = lists.filter { !$0.0.isEmpty }
        return andOperator ? !set.isEmpty && set.allSatisfy(any) : set.contains(where: any)
    }

    /// Whether the last start of the window is within its duration.
    package func isActive(at time: SimulationTime) -> Bool {
        guard let schedule else { return false }
        let minute = SimulationTime.Span.minutes(1).milliseconds
        var start = SimulationTime(milliseconds: time.milliseconds / minute * minute)
        while time - start < duration, start >= .epoch {
            if schedule.matches(start) { return true }
            start = SimulationTime(milliseconds: start.milliseconds - minute)
        }
        return false
    }

    /// Whether a sync may start now, with the windows that match its Application.
    package static func permits(_ windows: [SyncWindow], at time: SimulationTime, isManual: Bool) -> Bool {
        if windows.contains(where: { $0.schedule == nil }) { return false }
        let denials = windows.filter { $0.isDenial && $0.isActive(at: time) }
        if !denials.isEmpty { return isManual && denials.allSatisfy(\.manualSync) }
        let allows = windows.filter { !$0.isDenial }
        if allows.isEmpty || allows.contains(where: { $0.isActive(at: time) }) { return true }
        return isManual && allows.allSatisfy(\.manualSync)
    }
}

/// A schedule of five fields: minute, hour, day of the month, month, day of the week, in numbers.
package struct CronSchedule: Sendable {
    private var minutes: UInt64, hours: UInt64, days: UInt64, months: UInt64, weekdays: UInt64
    private var anyDay: Bool, anyWeekday: Bool

    /// nil where a field is none of `*`, `*/n`, `a`, `a-b`, `a-b/n`, or a comma list of these.
    package init?(_ text: String) {
        let fields = text.split(separator: " ")
        guard fields.count == 5, let minutes = Self.field(fields[0], 0...59), let hours = Self.field(fields[1], 0...23),
            let days = Self.field(fields[2], 1...31), let months = Self.field(fields[3], 1...12),
            let weekdays = Self.field(fields[4], 0...7)
        else { return nil }
        self.minutes = minutes
        self.hours = hours
        self.days = days
        self.months = months
        // 7 is Sunday too.
        self.weekdays = weekdays | (weekdays >> 7 & 1)
        anyDay = fields[2].hasPrefix("*")
        anyWeekday = fields[4].hasPrefix("*")
    }

    private static func field(_ text: Substring, _ range: ClosedRange<Int>) -> UInt64? {
        var bits: UInt64 = 0
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
            guard pieces.count <= 2, let first = pieces.first else { return nil }
            var step = 1
            if pieces.count == 2 {
                guard let number = Int(pieces[1]), number > 0 else { return nil }
                step = number
            }
            var bounds = range
            if first != "*" {
                let ends = first.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
                guard ends.count <= 2, let low = ends[0], let high = ends.count == 2 ? ends[1] : low,
                    range.contains(low), range.contains(high), low <= high
                else { return nil }
                bounds = low...(pieces.count == 2 && ends.count == 1 ? range.upperBound : high)
            }
            for value in stride(from: bounds.lowerBound, through: bounds.upperBound, by: step) {
                bits |= 1 << UInt64(value)
            }
        }
        return bits
    }

    /// Whether the schedule fires in the minute of that moment, UTC. Day and weekday are alternatives where both are
    /// restricted, as cron has it.
    package func matches(_ time: SimulationTime) -> Bool {
        let minuteOfEpoch = time.milliseconds / 60_000
        let minuteOfDay = minuteOfEpoch % 1440, day = minuteOfEpoch / 1440
        func has(_ bits: UInt64, _ number: Int64) -> Bool { bits >> UInt64(number) & 1 == 1 }
        guard has(minutes, minuteOfDay % 60), has(hours, minuteOfDay / 60) else { return false }
        // 1970-01-01 was a Thursday.
        let weekday = (day + 4) % 7
        // `2025-11-27T…`
        let date = Array(time.rfc3339.utf8)
        let month = Int64(date[5] - 48) * 10 + Int64(date[6] - 48)
        let dayOfMonth = Int64(date[8] - 48) * 10 + Int64(date[9] - 48)
        guard has(months, month) else { return false }
        let dayMatches = has(days, dayOfMonth), weekdayMatches = has(weekdays, weekday)
        return anyDay || anyWeekday ? dayMatches && weekdayMatches : dayMatches || weekdayMatches
    }
}

extension Simulation {
    /// Whether sync windows let an Application sync now.
    func syncWindowsPermit(
        _ key: ObjectKey, _ facts: ApplicationFacts, _ project: AppProjectFacts, isManual: Bool
    ) -> Bool {
        let windows = matchingWindows(key, facts, project)
        return windows.isEmpty || SyncWindow.permits(windows, at: now, isManual: isManual)
    }

    private func matchingWindows(
        _ key: ObjectKey, _ facts: ApplicationFacts, _ project: AppProjectFacts
    ) -> [SyncWindow] {
        guard !project.syncWindows.isEmpty else { return [] }
        let name = tables.name(key).text, namespace = facts.destination.namespace.text
        return project.syncWindows.filter { $0.matches(application: name, namespace: namespace) }
    }

    /// When the windows will let an Application sync, looking a week ahead; nil where they will not.
    func nextSyncWindow(
        _ key: ObjectKey, _ facts: ApplicationFacts, _ project: AppProjectFacts, isManual: Bool
    ) -> SimulationTime? {
        let windows = matchingWindows(key, facts, project)
        var time = SimulationTime(milliseconds: (now.milliseconds / 60_000 + 1) * 60_000)
        for _ in 0..<7 * 1440 {
            if SyncWindow.permits(windows, at: time, isManual: isManual) { return time }
            time = time + .minutes(1)
        }
        return nil
    }
}
