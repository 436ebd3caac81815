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
    /// Whether a sync that was allowed at its start may go on.
    var syncOverrun: Bool

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
        syncOverrun = value["syncOverrun"]?.boolean ?? false
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

    /// No window is taken to last longer than this.
    private static let durationMax = SimulationTime.Span.minutes(366 * 24 * 60)

    /// Whether the last start of the window is within its duration.
    package func isActive(at time: SimulationTime) -> Bool { activeStart(at: time) != nil }

    /// The first start of the window that is within its duration at a time.
    private func activeStart(at time: SimulationTime) -> SimulationTime? {
        let duration = min(duration, Self.durationMax)
        let earliest = time + .milliseconds(-duration.milliseconds)
        guard earliest >= .epoch, let start = schedule?.next(after: earliest), start <= time else { return nil }
        return start
    }

    /// When the window starts next, or may end; nil where it never does.
    func nextChange(after time: SimulationTime) -> SimulationTime? {
        if let start = activeStart(at: time) { return start + min(duration, Self.durationMax) }
        return schedule?.next(after: time)
    }

    /// The windows that keep an automated sync from starting: active denials, or else the allowances, none of which is
    /// active then.
    static func blocking(_ windows: [SyncWindow], at time: SimulationTime) -> [SyncWindow] {
        let denials = windows.filter { $0.isDenial && $0.isActive(at: time) }
        return denials.isEmpty ? windows.filter { !$0.isDenial } : denials
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

extension Simulation {
    /// Whether sync windows let an Application sync now.
    func syncWindowsPermit(
        _ key: ObjectKey, _ facts: ApplicationFacts, _ project: AppProjectFacts, isManual: Bool
    ) -> Bool {
        let windows = matchingWindows(key, facts, project)
        return windows.isEmpty || SyncWindow.permits(windows, at: now, isManual: isManual)
    }

    /// Whether a sync that has begun may go on: it may start now, or it might at its start and every window that blocks it
    /// lets syncs overrun, which windows can from Argo CD 3.5 on. Source: specs/argocd.md 11, 16.3; argo-cd#25510.
    func syncWindowsPermit(
        _ key: ObjectKey, _ facts: ApplicationFacts, _ project: AppProjectFacts, running operation: OperationState
    ) -> Bool {
        let windows = matchingWindows(key, facts, project)
        let isManual = !operation.operation.isAutomated
        if windows.isEmpty || SyncWindow.permits(windows, at: now, isManual: isManual) { return true }
        guard configuration.versions.has(.syncOverrun),
            SyncWindow.permits(windows, at: operation.startedAt, isManual: isManual)
        else { return false }
        return SyncWindow.blocking(windows, at: now).allSatisfy(\.syncOverrun)
    }

    private func matchingWindows(
        _ key: ObjectKey, _ facts: ApplicationFacts, _ project: AppProjectFacts
    ) -> [SyncWindow] {
        guard !project.syncWindows.isEmpty else { return [] }
        let name = tables.name(key).text
        let namespace = facts.destination.namespace.text
        return project.syncWindows.filter { $0.matches(application: name, namespace: namespace) }
    }

    /// The starts and ends of windows that are looked at for when a sync may start: a week of a window that starts every
    /// minute. Argo CD asks at every refresh anyway, so that nothing but an earlier look is lost beyond it.
    private static let windowChangesMax = 7 * 1440

    /// When the windows will let an Application sync, in whole minutes; nil where they will not, as far as is looked.
    func nextSyncWindow(
        _ key: ObjectKey, _ facts: ApplicationFacts, _ project: AppProjectFacts, isManual: Bool
    ) -> SimulationTime? {
        let windows = matchingWindows(key, facts, project)
        var time = SimulationTime(milliseconds: (now.milliseconds / 60_000 + 1) * 60_000)
        for _ in 0..<Self.windowChangesMax {
            if SyncWindow.permits(windows, at: time, isManual: isManual) { return time }
            guard let change = windows.compactMap({ $0.nextChange(after: time) }).min() else { return nil }
            time = SimulationTime(
                milliseconds: max(change.milliseconds + 59_999, time.milliseconds + 60_000) / 60_000 * 60_000)
        }
        return nil
    }
}
