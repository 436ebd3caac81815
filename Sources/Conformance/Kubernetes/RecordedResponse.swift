import ClusterSimulation
import Manifests

/// Answers of the API server in the form of the recordings.
enum RecordedResponse {
    /// What was asked for, in a line, with the body below it.
    static func title(_ request: Value) -> String {
        var title = "\(request["method"]?.text ?? "") \(request["path"]?.text ?? "")"
        if let user = request["user"]?.text { title += " as \(user)" }
        if let type = request["contentType"]?.text { title += " (\(type))" }
        if let body = request["body"] { title += "\n" + SecretFingerprint.redacted(body.jsonText) }
        return title
    }

    /// The model's answer with the fields that the recorded one has.
    static func normal(
        _ response: HTTPResponse, _ recorded: Value, _ form: NormalForm, _ names: RecordedNames
    ) -> Value {
        let body = response.body
        var normal: Value = ["code": .integer(response.code)]
        if body["kind"]?.symbol == "Status" {
            for key: Symbol in ["status", "reason"] where !(body[key]?.text ?? "").isEmpty { normal[key] = body[key] }
            if body["status"]?.symbol == "Failure", let message = body["message"]?.text, !message.isEmpty {
                normal["message"] = .string(names.recorded(message))
            }
            if let causes = body.at("details", "causes")?.elements, !causes.isEmpty {
                normal["causes"] = Value(.array(causes.map { names.recorded($0) }))
            }
        }
        if recorded["object"] != nil { normal["object"] = form.object(body, names) }
        if recorded["names"] != nil {
            let listed = (body["items"]?.elements ?? []).compactMap { item -> String? in
                let namespace = item.at("metadata", "namespace")?.text ?? ""
                guard namespace.isEmpty || names.namespaces.contains(Symbol(namespace)),
                    !NormalForm.isLeftOut(item)
                else { return nil }
                let name = item.at("metadata", "name")?.text ?? ""
                return namespace.isEmpty ? name : "\(namespace)/\(name)"
            }
            normal["names"] = Value(.array(listed.sorted().map { .string($0) }))
        }
        return normal
    }

    /// One line a field, so that the first difference is a field. The order of causes, and of the parts of a message
    /// that lists several of them, is not significant.
    static func text(_ response: Value) -> String {
        var lines = ["code: \(response["code"]?.integer ?? 0)"]
        for key: Symbol in ["status", "reason"] {
            if let value = response[key]?.text { lines.append("\(key): \(value)") }
        }
        if let message = response["message"]?.text {
            lines.append("message: " + sorted(message: message, parts: response["causes"]?.elements.count ?? 0))
        }
        let causes = (response["causes"]?.elements ?? []).map { cause in
            "cause: \(cause["field"]?.text ?? "") \(cause["reason"]?.text ?? ""): \(cause["message"]?.text ?? "")"
        }
        lines += causes.sorted()
        if let object = response["object"] { lines += NormalForm.fieldLines(object) }
        if let listed = response["names"] { lines.append("names: \(listed.jsonText)") }
        return lines.joined(separator: "\n")
    }

    /// A message whose list `[a, b]` is sorted: the API server gathers some of these from maps.
    private static func sorted(message: String, parts: Int) -> String {
        guard parts > 1, let open = message.firstIndex(of: "["), message.hasSuffix("]") else { return message }
        let list = message[message.index(after: open)...].dropLast()
        return message[...open] + list.components(separatedBy: ", ").sorted().joined(separator: ", ") + "]"
    }
}

extension Substring {
    fileprivate func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
