extension Outcome {
    /// The outcome with a function applied to every text that may quote the input; names, ids, digests and places in
    /// files stay as they are.
    package func mappingTexts(_ change: (String) -> String) -> Outcome {
        var outcome = self
        func changed(_ cause: Cause) -> Cause {
            var cause = cause
            cause.object = change(cause.object)
            return cause
        }
        outcome.violations = violations.map { violation in
            var violation = violation
            violation.message = change(violation.message)
            violation.remedy = change(violation.remedy)
            violation.causes = violation.causes.map(changed)
            violation.endedBy = violation.endedBy.map(changed)
            return violation
        }
        for index in unknowns.indices { outcome.unknowns[index].message = change(unknowns[index].message) }
        for index in applications.indices { outcome.applications[index].message = change(applications[index].message) }
        for index in pods.indices { outcome.pods[index].message = change(pods[index].message) }
        for index in timeline.indices { outcome.timeline[index].text = change(timeline[index].text) }
        for index in namespaces.indices {
            for condition in namespaces[index].conditions.indices {
                let message = namespaces[index].conditions[condition].message
                outcome.namespaces[index].conditions[condition].message = change(message)
            }
        }
        return outcome
    }
}
