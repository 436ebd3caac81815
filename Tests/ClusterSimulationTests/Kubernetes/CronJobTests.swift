import Testing

@testable import ClusterSimulation

private typealias Cluster = KubernetesTestCluster

@Suite struct CronJobTests {
    private static func cluster(program: String = "task") -> Cluster {
        Cluster(images: [ImageFact(pattern: "*", program: Symbol(program))])
    }

    private static func cronJob(_ schedule: String, _ fields: Value = [:]) -> Value {
        let template: Value = ["spec": Cluster.podSpec(Cluster.container(), ["restartPolicy": "Never"])]
        var spec: Value = ["schedule": .string(schedule), "jobTemplate": ["spec": ["template": template]]]
        for field in fields.fields { spec[field.key] = field.value }
        return [
            "apiVersion": "batch/v1", "kind": "CronJob", "metadata": ["name": "report", "namespace": "apps"],
            "spec": spec,
        ]
    }

    private static func jobs(_ cluster: Cluster) -> [String] {
        cluster.simulation.objects(of: .job).map { cluster.tables.name($0).text }
    }

    @Test func `a Job a tick, of which the last three are kept`() {
        var cluster = Self.cluster()
        cluster.create(Self.cronJob("*/10 * * * *"))
        cluster.settle(.minutes(8))
        #expect(Self.jobs(cluster) == ["report-10"])
        #expect(cluster.simulation.cronJobState(cluster.key(.cronJob, "report")).active.isEmpty)
        #expect(cluster.settle(.minutes(60)) == .settled)
        #expect(Self.jobs(cluster) == ["report-50", "report-60", "report-70"])
        let status = cluster.simulation.cronJobState(cluster.key(.cronJob, "report"))
        #expect(status.lastScheduled == .epoch + .minutes(70))
        #expect(status.lastSuccessful > status.lastScheduled)
    }

    @Test(arguments: [("Allow", 3, 3), ("Forbid", 1, 1), ("Replace", 1, 1)])
    func `what happens while the last Job still runs`(policy: String, jobs: Int, active: Int) {
        var cluster = Self.cluster(program: "server")
        cluster.create(Self.cronJob("*/10 * * * *", ["concurrencyPolicy": .string(policy)]))
        cluster.settle(.minutes(30))
        #expect(Self.jobs(cluster).count == jobs)
        #expect(cluster.simulation.cronJobState(cluster.key(.cronJob, "report")).active.count == active)
        if policy == "Replace" { #expect(Self.jobs(cluster) == ["report-30"]) }
    }

    @Test func `suspended it starts nothing, and one deadline later the missed times are lost`() {
        var cluster = Self.cluster()
        let fields: Value = ["suspend": true, "startingDeadlineSeconds": 60]
        cluster.create(Self.cronJob("*/10 * * * *", fields))
        #expect(cluster.settle(.minutes(27)) == .settled)
        #expect(Self.jobs(cluster).isEmpty)
        _ = cluster.simulation.patch(cluster.key(.cronJob, "report"), .merge, ["spec": ["suspend": false]], as: .admin)
        cluster.settle(.minutes(4))
        #expect(Self.jobs(cluster).isEmpty)
        cluster.settle(.minutes(6))
        #expect(Self.jobs(cluster) == ["report-40"])
    }

    @Test func `Jobs go with their CronJob`() {
        var cluster = Self.cluster()
        cluster.create(Self.cronJob("*/10 * * * *"))
        cluster.settle(.minutes(25))
        #expect(!Self.jobs(cluster).isEmpty)
        _ = cluster.simulation.delete(cluster.key(.cronJob, "report"), as: .admin)
        cluster.settle(.minutes(30))
        #expect(Self.jobs(cluster).isEmpty)
        #expect(cluster.simulation.nextEventTime == nil)
    }

    @Test(arguments: [
        ("@hourly", "2025-11-27T10:15:00Z", "2025-11-27T11:00:00Z"),
        ("@daily", "2025-11-27T10:15:00Z", "2025-11-28T00:00:00Z"),
        ("@weekly", "2025-11-27T10:15:00Z", "2025-11-30T00:00:00Z"),
        ("@yearly", "2025-11-27T10:15:00Z", "2026-01-01T00:00:00Z"),
        ("@every 90m", "2025-11-27T10:15:00Z", "2025-11-27T11:45:00Z"),
        ("0 3 29 feb *", "2025-11-27T10:15:00Z", "2028-02-29T03:00:00Z"),
        ("30 9 * * mon-fri", "2025-11-28T10:15:00Z", "2025-12-01T09:30:00Z"),
        ("0 0 13 * fri", "2025-11-27T10:15:00Z", "2025-11-28T00:00:00Z"),
        ("*/7 10-12/2 * * *", "2025-11-27T10:56:00Z", "2025-11-27T12:00:00Z"),
    ])
    func `the next time`(schedule: String, after: String, next: String) throws {
        let time = try #require(SimulationTime(rfc3339: after))
        #expect(CronSchedule(schedule)?.next(after: time)?.rfc3339 == next)
    }

    @Test(arguments: [
        ("Europe/Berlin", "2025-03-29T12:00:00Z", "2025-03-30T01:00:00Z"),
        ("Europe/Berlin", "2025-11-27T12:00:00Z", "2025-11-28T02:00:00Z"),
        ("America/New_York", "2025-07-01T12:00:00Z", "2025-07-02T07:00:00Z"),
        ("America/New_York", "2025-12-01T12:00:00Z", "2025-12-02T08:00:00Z"),
        ("Asia/Kolkata", "2025-07-01T00:00:00Z", "2025-07-01T21:30:00Z"),
        ("Etc/GMT-2", "2025-07-01T12:00:00Z", "2025-07-02T01:00:00Z"),
    ])
    func `three in the morning by the clock of a place`(zone: String, after: String, next: String) throws {
        let time = try #require(SimulationTime(rfc3339: after))
        let rule = try #require(TimeZoneRule(zone))
        #expect(CronSchedule("0 3 * * *")?.next(after: time, in: rule)?.rfc3339 == next)
    }

    @Test(arguments: ["", "* * * *", "60 * * * *", "* * 0 * *", "a * * * *", "@reboot", "@every never", "5-1 * * * *"])
    func `no schedule`(text: String) { #expect(CronSchedule(text) == nil) }
}
