import ClusterSimulation

/// A chart with the options of a source: `helm.values`, `valuesObject`, `valueFiles`, `parameters`, `releaseName`.
///
/// Source: Argo CD documentation, "Helm": parameters over valuesObject over values over valueFiles over values.yaml;
/// where there is a valuesObject, values is not looked at.
struct HelmSource {
    /// `source.helm`.
    var options: Value
    var chart: Chart
    /// The repository that value files are looked up in, and the chart's folder in it.
    var repository: FileTree
    var path: String
    var budget: ManifestBudget

    func release(_ request: ManifestRequest) -> Chart.Release {
        Chart.Release(
            name: options["releaseName"]?.symbol ?? request.application,
            namespace: options["namespace"]?.symbol ?? request.namespace,
            skipsDefinitions: options["skipCrds"]?.boolean ?? false)
    }

    func objects(_ request: ManifestRequest, templates: TemplateStore) throws(Chart.Failure) -> [Value] {
        var layers: [Value] = []
        for name in options["valueFiles"]?.elements ?? [] {
            if let layer = try valueFile(name) { layers.append(layer) }
        }
        if let object = options["valuesObject"], !object.isNull {
            layers.append(object)
        } else if let text = options["values"], !text.isNull {
            let (document, failure) = TextReader.document(of: text)
            if let failure { throw Chart.Failure(message: "failed to parse values: \(failure.message)") }
            if let document { layers.append(document) }
        }
        var values = try chart.values(layers)
        values = try ChartValues.apply(parameters: options["parameters"]?.elements ?? [], to: values)
        if let field = options["fileParameters"], !field.elements.isEmpty {
            throw Chart.Failure(message: "'helm.fileParameters' is not modelled", isUnknown: true, origin: field.origin)
        }
        return try chart.render(release(request), values: values, templates: templates, budget: budget)
    }

    private func valueFile(_ name: Value) throws(Chart.Failure) -> Value? {
        guard let text = name.text else { return nil }
        if text.hasPrefix("$") || text.contains("://") {
            throw Chart.Failure(
                message: "value file '\(text)' of another source is not modelled", isUnknown: true, origin: name.origin)
        }
        let file =
            text.hasPrefix("/")
            ? repository[ScenarioFiles.normal(String(text.dropFirst()))] : repository[ScenarioFiles.join(path, text)]
        if let file {
            do throws(ManifestBudget.Exhausted) {
                try budget.spend(text: file.bytes.count)
            } catch {
                throw Chart.Failure(message: error.message, isUnknown: true, origin: name.origin)
            }
            return try Chart.document(file)
        }
        if options["ignoreMissingValueFiles"]?.boolean ?? false { return nil }
        throw Chart.Failure(
            message: "open <path to cached source>/\(ScenarioFiles.join(path, text)): no such file or directory")
    }
}
