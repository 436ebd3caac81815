extension Operator {
    /// Argo Events, and the NATS Streaming that it installs.
    static let argoEvents = Operator(
        programs: [ArgoEventsPrograms.controller, ArgoEventsPrograms.natsStreaming],
        controllers: [
            EventBusController.controller, EventClientControllers.eventSource, EventClientControllers.sensor,
        ],
        analysers: [
            "argoproj.io/EventBus": EventBusFacts.analyse,
            "argoproj.io/EventSource": EventClientFacts.analyseEventSource,
            "argoproj.io/Sensor": EventClientFacts.analyseSensor,
        ],
        finalizers: FinalizerOwners.Entry.of(
            ArgoEvents.program, "eventbus-controller", "eventsource-controller", "sensor-controller"))
}
