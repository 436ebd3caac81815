import ClusterSimulation

/// A row of an outcome's tables that is kept in `content`. The order of cells is the order the views name them in.
protocol LedgerContent {
    func write(to writer: inout ContentWriter)
    init(from reader: inout ContentReader) throws
}

extension ApplicationRow: LedgerContent {
    func write(to writer: inout ContentWriter) {
        for cell in [name, namespace, project, sync, health, message] { writer.text(cell) }
    }

    init(from reader: inout ContentReader) throws {
        self.init(
            name: try reader.text(), namespace: try reader.text(), project: try reader.text(),
            sync: try reader.text(), health: try reader.text(), message: try reader.text())
    }
}

extension PodRow: LedgerContent {
    func write(to writer: inout ContentWriter) {
        for cell in [namespace, name, status, ready, message] { writer.text(cell) }
    }

    init(from reader: inout ContentReader) throws {
        self.init(
            namespace: try reader.text(), name: try reader.text(), status: try reader.text(),
            ready: try reader.text(), message: try reader.text())
    }
}

extension NamespaceRow: LedgerContent {
    func write(to writer: inout ContentWriter) {
        writer.text(name)
        writer.text(phase)
        writer.array { writer in
            for condition in conditions {
                writer.array { writer in
                    for cell in [condition.type, condition.status, condition.reason, condition.message] {
                        writer.text(cell)
                    }
                }
            }
        }
    }

    init(from reader: inout ContentReader) throws {
        let name = try reader.text()
        let phase = try reader.text()
        let conditions = try reader.array().map { value in
            var reader = try ContentReader(value)
            return Condition(
                type: try reader.text(), status: try reader.text(), reason: try reader.text(),
                message: try reader.text())
        }
        self.init(name: name, phase: phase, conditions: conditions)
    }
}

extension TimelineEntry: LedgerContent {
    func write(to writer: inout ContentWriter) {
        writer.time(at)
        writer.text(actor)
        writer.text(text)
        writer.text(source)
    }

    init(from reader: inout ContentReader) throws {
        self.init(
            at: try reader.time(), actor: try reader.text(), text: try reader.text(),
            source: try reader.optionalText())
    }
}

extension ChangeSetRow: LedgerContent {
    func write(to writer: inout ContentWriter) {
        writer.text(name)
        writer.text(title)
        writer.text(repository)
        writer.time(mergedAt)
        writer.time(revertedAt)
        writer.text(revision)
        writer.text(source)
        for files in [changedFiles, removedFiles] {
            writer.array { writer in
                for file in files { writer.text(file) }
            }
        }
    }

    init(from reader: inout ContentReader) throws {
        self.init(
            name: try reader.text(), title: try reader.text(), repository: try reader.text(),
            mergedAt: try reader.optionalTime(), revertedAt: try reader.optionalTime(),
            revision: try reader.text(), source: try reader.optionalText(), changedFiles: try reader.texts(),
            removedFiles: try reader.texts())
    }
}
