/// When something happens again and again: five fields in numbers or names, or one of cron's words.
///
/// Source: the documentation of robfig/cron v3, whose standard parser Kubernetes and Argo CD use: minute, hour, day of the
/// month, month, day of the week; `@hourly`, `@daily`, `@midnight`, `@weekly`, `@monthly`, `@yearly`, `@annually`,
/// `@every <duration>`.
package struct CronSchedule: Sendable {
    private var minutes: UInt64 = 0, hours: UInt64 = 0, days: UInt64 = 0, months: UInt64 = 0, weekdays: UInt64 = 0
    private var anyDay = true, anyWeekday = true
    /// `@every`: so long after the last time; nil for a schedule of fields.
    private var interval: SimulationTime.Span?

    private static let words = [
        "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
        "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
    ]
    private static let monthNames = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    /// nil where a field is none of `*`, `?`, `*/n`, `a`, `a-b`, `a-b/n`, or a comma list of these.
    package init?(_ text: String) {
        if text.hasPrefix("@every ") {
            guard let duration = GoDuration(String(text.dropFirst(7))), duration.span > .seconds(0) else { return nil }
            interval = max(.seconds(1), .seconds(duration.span.milliseconds / 1000))
            return
        }
        let fields = (Self.words[text] ?? text).split(separator: " ")
        guard fields.count == 5, let minutes = Self.field(fields[0], 0...59), let hours = Self.field(fields[1], 0...23),
            let days = Self.field(fields[2], 1...31), let months = Self.field(fields[3], 1...12, Self.monthNames),
            let weekdays = Self.field(fields[4], 0...7, Self.weekdayNames)
        else { return nil }
        self.minutes = minutes
        self.hours = hours
        self.days = days
        self.months = months
        // 7 is Sunday too.
        self.weekdays = weekdays | (weekdays >> 7 & 1)
        anyDay = fields[2].hasPrefix("*") || fields[2] == "?"
        anyWeekday = fields[4].hasPrefix("*") || fields[4] == "?"
    }

    private static func field(_ text: Substring, _ range: ClosedRange<Int>, _ names: [String] = []) -> UInt64? {
        func number(_ text: Substring) -> Int? {
            if let index = names.firstIndex(of: text.lowercased()) { return index + range.lowerBound }
            return Int(text)
        }
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
            if first != "*", first != "?" {
                let ends = first.split(separator: "-", omittingEmptySubsequences: false).map(number)
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

    /// Whether the schedule fires in the minute of that moment, by the clock of a zone.
    package func matches(_ time: SimulationTime, in zone: TimeZoneRule = .utc) -> Bool {
        guard time >= .epoch else { return false }
        let clock = zone.clock(at: time)
        return matchesDay(clock) && Self.has(hours, clock.hour) && Self.has(minutes, clock.minute)
    }

    /// The first moment after another at which it fires; nil where there is none within five years.
    package func next(after time: SimulationTime, in zone: TimeZoneRule = .utc) -> SimulationTime? {
        if let interval {
            return SimulationTime(milliseconds: time.milliseconds / 1000 * 1000) + interval
        }
        // A status may name any time; days are counted from 1970 on.
        let time = max(time, .epoch)
        let minute = SimulationTime.Span.minutes(1).milliseconds
        var next = SimulationTime(milliseconds: (time.milliseconds / minute + 1) * minute)
        let end = time + .minutes(5 * 366 * 1440)
        while next < end {
            let clock = zone.clock(at: next)
            if !Self.has(months, clock.month), clock.day < 27 {
                // Every month has a day 27, wherever the clock changes on the way.
                next = next + .minutes(Int64(27 - clock.day) * 1440)
            } else if !matchesDay(clock) {
                // Not to midnight at once: the clock may change on the way.
                let left = Int64(23 - clock.hour)
                next = next + .minutes(left > 3 ? (left - 2) * 60 : Int64(60 - clock.minute))
            } else if !Self.has(hours, clock.hour) {
                next = next + .minutes(Int64(60 - clock.minute))
            } else if !Self.has(minutes, clock.minute) {
                next = next + .minutes(1)
            } else {
                return next
            }
        }
        return nil
    }

    /// Day and weekday are alternatives where both are restricted, as cron has it.
    private func matchesDay(_ clock: TimeZoneRule.Clock) -> Bool {
        guard Self.has(months, clock.month) else { return false }
        let day = Self.has(days, clock.day)
        let weekday = Self.has(weekdays, clock.weekday)
        return anyDay || anyWeekday ? day && weekday : day || weekday
    }

    private static func has(_ bits: UInt64, _ number: Int) -> Bool { bits >> UInt64(number) & 1 == 1 }
}
