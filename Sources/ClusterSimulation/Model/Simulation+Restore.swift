/// What a snapshot says of its objects and no client may: uid, age, generation, and statuses as their controllers keep them.
extension Simulation {
    /// Keeps the uids of a snapshot of a simulated cluster free for its own objects.
    package mutating func reserveUIDs(of documents: [Value]) {
        for document in documents {
            let uid = ObjectDraft.number(uid: document.at("metadata", "uid")?.text)
            state.lastUID = max(state.lastUID, uid)
        }
    }

    /// Gives an object that was just stored what its document says of it. Nothing is written, nobody is told.
    package mutating func restore(_ key: ObjectKey, from document: Value) {
        let metadata = document["metadata"] ?? nil
        let uid = ObjectDraft.number(uid: metadata["uid"]?.text)
        if uid != 0 { state.rows[key.offset].uid = uid }
        if let created = metadata["creationTimestamp"]?.text.flatMap(SimulationTime.init(rfc3339:)) {
            state.rows[key.offset].created = created
        }
        if let generation = metadata["generation"]?.integer, state[key].generation > 0 {
            state.rows[key.offset].generation = UInt32(clamping: generation)
        }
        if let status = document["status"], let typed = typedStatus(key, status) {
            state.statuses[key.offset] = typed
            if tables.kindID(key) == .pod { notePod(key) }
        }
        for address in facts(ofService: key)?.clusterIPs ?? [] { memory.addresses.note(address) }
    }

    private func facts(ofService key: ObjectKey) -> ServiceFacts? {
        tables.kindID(key) == .service ? facts(key, ServiceFacts.self) : nil
    }

    /// A status as the kind's controller keeps it; nil for kinds whose status stays a document.
    private mutating func typedStatus(_ key: ObjectKey, _ document: Value) -> Status? {
        let kind = tables.kindID(key)
        switch kind {
        case .pod: return PodStatus(PodState(document, body: tables.body(state[key].body).value))
        case .deployment, .replicaSet, .statefulSet, .daemonSet:
            return WorkloadStatus(WorkloadState(document), kind: kind)
        case .job: return JobStatus(JobState(document))
        case .cronJob: return CronJobStatus(CronJobState(document))
        case .podDisruptionBudget: return DisruptionBudgetStatus(DisruptionBudgetState(document))
        case .persistentVolume, .persistentVolumeClaim:
            return VolumeStatus(phase: document["phase"]?.symbol ?? .empty)
        case .namespace: return document["phase"]?.symbol == "Active" ? NamespaceStatus.active : nil
        case tables.applicationKind:
            let application = ApplicationState(document: document)
            let hasFailures = application.operation?.results.contains { $0.code == .syncFailed } ?? false
            memory.argoCD.noteSync(key, hasFailures: hasFailures)
            return ApplicationStatus(application, tables: tables)
        default: return nil
        }
    }

    /// The Pods of a snapshot go on: their containers run the programs of their images, and what was ready works.
    ///
    /// A program is asked how it starts, for that tells what works in it; what it would refuse now it has got over then.
    package mutating func resumePods() {
        for key in objects(of: .pod) where !state[key].isDeleting {
            guard let template = facts(key, PodTemplateFacts.self),
                let pod = state.status(key, as: PodStatus.self)?.state,
                !pod.node.isEmpty
            else { continue }
            memory.addresses.note(pod.address)
            noteBound(key, to: pod.node)
            if pod.phase.isTerminal { continue }
            var run = PodRun(key: key, template: template, state: pod)
            for index in run.state.containers.indices
            where run.state.containers[index].phase == .running && index < template.allContainers.count {
                resume(index, of: &run)
                memory.kubelet.notePull(of: template.container(at: index).image, on: pod.node)
            }
            state.statuses[key.offset] = PodStatus(run.state)
            notePod(key)
            if run.state.isReady { Kubelet.startPrograms(&self, run, areResumed: true) }
        }
    }

    private mutating func resume(_ index: Int, of run: inout PodRun) {
        let started = startContainer(run.context(index, self))
        var container = run.state.containers[index]
        container.program = started.program
        var programs = [started.program]
        switch started.start {
        case .runs(let others):
            programs = others ?? programs
            if !container.isReady, run.template.container(at: index).hasReadinessProbe {
                container.due = now + configuration.latencies[.containerReady]
            }
        case .completes(let span):
            container.completes = true
            container.due = max(now, container.since + (span ?? configuration.latencies[.taskDuration]))
        case .waits(let message) where !container.isReady:
            container.waits = true
            container.message = message
        case .exits, .waits: break
        }
        container.controllerPrograms = tables.list(programs)
        run.state.containers[index] = container
    }
}
