/// A moment of virtual time: milliseconds since 1970-01-01T00:00:00Z. Never read from a clock.
package struct SimulationTime: Hashable, Comparable, Sendable {
    package var milliseconds: Int64

    @inline(__always)
    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Marks "not set" in packed rows.
    package static let never = SimulationTime(milliseconds: .min)
    /// After every other time.
    static let endless = SimulationTime(milliseconds: .max)
    package static let epoch = SimulationTime(milliseconds: 0)

    @inline(__always)
    package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
    @inline(__always)
    package static func + (time: Self, span: Span) -> Self {
        Self(milliseconds: time.milliseconds &+ span.milliseconds)
    }
    @inline(__always)
    package static func - (left: Self, right: Self) -> Span {
        Span(milliseconds: left.milliseconds &- right.milliseconds)
    }

    /// A length of virtual time in milliseconds.
    package struct Span: Hashable, Comparable, Sendable {
        package var milliseconds: Int64
        @inline(__always)
        package init(milliseconds: Int64) { self.milliseconds = milliseconds }
        package static func milliseconds(_ count: Int64) -> Span { Span(milliseconds: count) }
        package static func seconds(_ count: Int64) -> Span { Span(milliseconds: count &* 1000) }
        package static func minutes(_ count: Int64) -> Span { Span(milliseconds: count &* 60_000) }
        @inline(__always)
        package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
    }
}

// MARK: - RFC 3339

extension SimulationTime {
    /// Reads `2025-11-27T04:10:00Z`, with optional fraction and offset; nil for anything else.
    package init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int64? {
            guard range.upperBound <= bytes.count else { return nil }
            var result: Int64 = 0
            for byte in bytes[range] {
                guard byte >= 48, byte <= 57 else { return nil }
                result = result * 10 + Int64(byte - 48)
            }
            return result
        }
        guard bytes.count >= 20, bytes[4] == 45, bytes[7] == 45, bytes[10] | 0x20 == 116, bytes[13] == 58,
            bytes[16] == 58,
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        var index = 19
        var fraction: Int64 = 0
        if index < bytes.count, bytes[index] == 46 {
            index += 1
            var scale: Int64 = 100
            let start = index
            while index < bytes.count, bytes[index] >= 48, bytes[index] <= 57 {
                fraction += Int64(bytes[index] - 48) * scale
                scale /= 10
                index += 1
            }
            if index == start { return nil }
        }
        guard index < bytes.count else { return nil }
        var offset: Int64 = 0
        if bytes[index] | 0x20 == 122 {
            index += 1
        } else if bytes[index] == 43 || bytes[index] == 45,
            let hours = number(index + 1..<index + 3), let minutes = number(index + 4..<index + 6),
            bytes[index + 3] == 58
        {
            offset = (hours * 60 + minutes) * (bytes[index] == 43 ? 1 : -1)
            index += 6
        } else {
            return nil
        }
        guard index == bytes.count else { return nil }
        let days = Self.daysFromCivil(year: year, month: month, day: day)
        // 31 February would be a day of March.
        guard Self.civilFromDays(days) == (year, month, day) else { return nil }
        let minutes = (days * 24 + hour) * 60 + minute - offset
        self.init(milliseconds: (minutes * 60 + second) * 1000 + fraction)
    }

    /// `2025-11-27T04:10:00Z`, whole seconds as Kubernetes writes them.
    package var rfc3339: String {
        var seconds = milliseconds / 1000
        if milliseconds % 1000 < 0 { seconds -= 1 }
        var days = seconds / 86_400
        var rest = seconds % 86_400
        if rest < 0 {
            rest += 86_400
            days -= 1
        }
        let (year, month, day) = Self.civilFromDays(days)
        func padded(_ number: Int64, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
            + "\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))Z"
    }

    /// Days since 1970-01-01 of a date of the proleptic Gregorian calendar.
    static func daysFromCivil(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The date, in the proleptic Gregorian calendar, of a number of days since 1970-01-01.
    static func civilFromDays(_ days: Int64) -> (Int64, Int64, Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthShifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthShifted + 2) / 5 + 1
        let month = monthShifted < 10 ? monthShifted + 3 : monthShifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
