/// The clocks of a time zone by today's rules: an offset, and perhaps summer time.
///
/// Known are UTC, `Etc/GMT±n` and the zones listed below; of others nothing is known. Source: the IANA time zone database,
/// files `europe`, `northamerica`, `asia`, `australasia`, `southamerica`, `africa`.
package struct TimeZoneRule: Sendable, Equatable {
    enum Summer: Sendable { case none, europe, unitedStates }

    /// Minutes ahead of UTC in winter.
    let offset: Int64
    let summer: Summer

    package static let utc = TimeZoneRule(offset: 0, summer: .none)

    /// What a clock on the wall shows.
    struct Clock {
        var month: Int
        var day: Int
        /// 0 is Sunday.
        var weekday: Int
        var hour: Int
        var minute: Int
    }

    private static let zones: [String: TimeZoneRule] = {
        var zones = ["UTC": utc, "Etc/UTC": utc, "GMT": utc, "Etc/GMT": utc, "Africa/Abidjan": utc]
        func add(_ hours: Double, _ summer: Summer, _ names: String) {
            for name in names.split(separator: " ") {
                zones[String(name)] = TimeZoneRule(offset: Int64(hours * 60), summer: summer)
            }
        }
        add(0, .europe, "Europe/London Europe/Dublin Europe/Lisbon")
        add(1, .europe, "Europe/Amsterdam Europe/Belgrade Europe/Berlin Europe/Brussels Europe/Budapest")
        add(1, .europe, "Europe/Copenhagen Europe/Madrid Europe/Oslo Europe/Paris Europe/Prague Europe/Rome CET")
        add(1, .europe, "Europe/Stockholm Europe/Vienna Europe/Warsaw Europe/Zurich")
        add(2, .europe, "Europe/Athens Europe/Bucharest Europe/Helsinki Europe/Kyiv Europe/Riga Europe/Sofia")
        add(3, .none, "Europe/Istanbul Europe/Moscow Africa/Nairobi Asia/Riyadh")
        add(1, .none, "Africa/Lagos")
        add(2, .none, "Africa/Johannesburg")
        add(-5, .unitedStates, "America/New_York America/Toronto US/Eastern")
        add(-6, .unitedStates, "America/Chicago US/Central")
        add(-7, .unitedStates, "America/Denver US/Mountain")
        add(-8, .unitedStates, "America/Los_Angeles America/Vancouver US/Pacific")
        add(-7, .none, "America/Phoenix")
        add(-6, .none, "America/Mexico_City")
        add(-5, .none, "America/Bogota America/Lima")
        add(-3, .none, "America/Sao_Paulo America/Argentina/Buenos_Aires")
        add(4, .none, "Asia/Dubai")
        add(5.5, .none, "Asia/Kolkata Asia/Calcutta")
        add(7, .none, "Asia/Bangkok Asia/Jakarta Asia/Ho_Chi_Minh")
        add(8, .none, "Asia/Shanghai Asia/Singapore Asia/Hong_Kong Asia/Taipei Asia/Manila Australia/Perth")
        add(9, .none, "Asia/Tokyo Asia/Seoul")
        add(10, .none, "Australia/Brisbane")
        // In these names the sign is turned round.
        for hours in 1...14 {
            zones["Etc/GMT-\(hours)"] = TimeZoneRule(offset: Int64(hours * 60), summer: .none)
            if hours <= 12 { zones["Etc/GMT+\(hours)"] = TimeZoneRule(offset: Int64(-hours * 60), summer: .none) }
        }
        return zones
    }()

    init(offset: Int64, summer: Summer) {
        self.offset = offset
        self.summer = summer
    }

    /// The zone of that name; empty is UTC, nil one that is not known here.
    package init?(_ name: String) {
        guard let zone = name.isEmpty ? Self.utc : Self.zones[name] else { return nil }
        self = zone
    }

    func clock(at time: SimulationTime) -> Clock {
        let minutes = Self.floor(time.milliseconds, by: 60_000) + offset + (isSummer(time) ? 60 : 0)
        let days = Self.floor(minutes, by: 1440)
        let minuteOfDay = Int(minutes - days * 1440)
        let date = SimulationTime.civilFromDays(days)
        return Clock(
            month: Int(date.1), day: Int(date.2), weekday: Self.weekday(days), hour: minuteOfDay / 60,
            minute: minuteOfDay % 60)
    }

    private func isSummer(_ time: SimulationTime) -> Bool {
        guard summer != .none else { return false }
        let minutes = Self.floor(time.milliseconds, by: 60_000)
        let year = SimulationTime.civilFromDays(Self.floor(minutes, by: 1440)).0
        let from: Int64
        let to: Int64
        switch summer {
        case .none: return false
        case .europe:
            // Last Sundays of March and October, 01:00 UTC everywhere.
            from = Self.sunday(onOrBefore: SimulationTime.daysFromCivil(year: year, month: 3, day: 31)) * 1440 + 60
            to = Self.sunday(onOrBefore: SimulationTime.daysFromCivil(year: year, month: 10, day: 31)) * 1440 + 60
        case .unitedStates:
            // The second Sunday of March and the first of November, 02:00 by the clock of the place.
            from =
                Self.sunday(onOrBefore: SimulationTime.daysFromCivil(year: year, month: 3, day: 14)) * 1440 + 120
                - offset
            to =
                Self.sunday(onOrBefore: SimulationTime.daysFromCivil(year: year, month: 11, day: 7)) * 1440 + 60
                - offset
        }
        return minutes >= from && minutes < to
    }

    private static func sunday(onOrBefore day: Int64) -> Int64 { day - Int64(weekday(day)) }

    /// 1970-01-01 was a Thursday.
    private static func weekday(_ day: Int64) -> Int { Int(day + 4 - floor(day + 4, by: 7) * 7) }

    private static func floor(_ number: Int64, by divisor: Int64) -> Int64 {
        number >= 0 ? number / divisor : (number - divisor + 1) / divisor
    }
}
