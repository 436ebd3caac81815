/// A pattern in the schemas of a CustomResourceDefinition.
struct DefinitionPattern {
    /// As the API server names the place: `spec.validation.openAPIV3Schema.properties[spec].pattern`.
    var path: String
    var pattern: Symbol
    var origin: Origin

    /// Every pattern of a definition, those of versions that are not stored and of combinations included.
    ///
    /// The API server keeps one schema where all versions have the same, and names it so. Source:
    /// apiextensions-apiserver `pkg/apis/apiextensions/v1/conversion.go` and `pkg/apiserver/schema/validation.go`.
    static func all(of body: Value) -> [DefinitionPattern] {
        let versions = body.at("spec", "versions")?.elements ?? []
        let schemas: [Value] = versions.map { $0.at("schema", "openAPIV3Schema") ?? nil }
        var found: [DefinitionPattern] = []
        if let first = schemas.first, schemas.dropFirst().allSatisfy({ $0 == first }) {
            collect(first, "spec.validation.openAPIV3Schema", &found)
        } else {
            for (index, schema) in schemas.enumerated() {
                collect(schema, "spec.versions[\(index)].schema.openAPIV3Schema", &found)
            }
        }
        return found
    }

    private static func collect(_ schema: Value, _ path: String, _ found: inout [DefinitionPattern]) {
        for field in schema.fields {
            switch field.key.text {
            case "pattern":
                guard let pattern = field.value.symbol, !pattern.isEmpty else { continue }
                found.append(DefinitionPattern(path: "\(path).pattern", pattern: pattern, origin: field.value.origin))
            case "properties":
                for property in field.value.fields {
                    collect(property.value, "\(path).properties[\(property.key)]", &found)
                }
            case "items", "additionalProperties", "not": collect(field.value, "\(path).\(field.key)", &found)
            case "allOf", "anyOf", "oneOf":
                for (index, part) in field.value.elements.enumerated() {
                    collect(part, "\(path).\(field.key)[\(index)]", &found)
                }
            default: continue
            }
        }
    }
}
