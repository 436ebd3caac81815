internal import HeapModule

/// One scheduled piece of work: plain data, ordered by (time, sequence).
struct Event: Comparable {
    var time: SimulationTime
    /// Given in order of scheduling, so that events of one instant run in the order in which they were caused.
    var sequence: UInt32
    var controller: ControllerID
    /// What the controller looks at.
    var key: ObjectKey
    var cause: TraceID
    /// Whether it comes again and again whatever happens: a run in which nothing else is scheduled has settled.
    var isPeriodic = false

    @inline(__always)
    static func < (left: Event, right: Event) -> Bool {
        left.time != right.time ? left.time < right.time : left.sequence < right.sequence
    }

    @inline(__always)
    static func == (left: Event, right: Event) -> Bool { left.sequence == right.sequence && left.time == right.time }
}

/// A controller of the catalogue: an index into `ControllerCatalogue.all`.
package struct ControllerID: Hashable, Sendable {
    package let index: UInt16
    @inline(__always) package init(index: UInt16) { self.index = index }
}

/// The events to come. Work scheduled for the current instant runs in this instant, after what is already scheduled.
struct EventQueue {
    private var heap = Heap<Event>()
    private var nextSequence: UInt32 = 0
    private var periodicCount = 0

    @inline(__always)
    mutating func schedule(
        _ controller: ControllerID, _ key: ObjectKey, at time: SimulationTime, cause: TraceID, isPeriodic: Bool = false
    ) {
        heap.insert(
            Event(
                time: time, sequence: nextSequence, controller: controller, key: key, cause: cause,
                isPeriodic: isPeriodic))
        nextSequence += 1
        if isPeriodic { periodicCount += 1 }
    }

    var next: Event? { heap.min }
    var count: Int { heap.count }
    /// Whether nothing is scheduled but what comes again and again.
    var isSettled: Bool { heap.count == periodicCount }

    mutating func pop() -> Event? {
        let event = heap.popMin()
        if event?.isPeriodic == true { periodicCount -= 1 }
        return event
    }
}
