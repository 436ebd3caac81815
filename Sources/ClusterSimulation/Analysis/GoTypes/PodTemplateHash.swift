/// The hashes after which the workload controllers name what they make of a template.
///
/// They are the ones that the real cluster computes, so names and labels are its own. They depend on the version: a
/// field more in a Go type, and every hash is another. Source: `pkg/controller` (`ComputeHash`),
/// `pkg/controller/history` and `pkg/controller/statefulset`; held against recordings. The collision count is left
/// out, as it is until two templates of one workload have the same hash.
package final class PodTemplateHash {
    /// The minor version of Kubernetes whose hashes these are.
    let minor: Int
    private let template: Value
    private let type: GoStruct

    /// - Parameters:
    ///   - template: a `spec.template` as it is written.
    ///   - minor: the minor version of Kubernetes.
    init(_ template: Value, minor: Int) {
        self.minor = minor
        type = GoTables.podTemplate(minor: minor)
        self.template = GoDefaults.filled(template, as: type)
    }

    /// `pod-template-hash` of a Deployment's Pods, `controller-revision-hash` of a DaemonSet's.
    private(set) lazy var text: Symbol = {
        let dump = GoDump.bytes(template, as: type)
        return Self.safeText(dump.reduce(Self.basis) { ($0 ^ UInt32($1)) &* Self.prime })
    }()

    /// The end of a StatefulSet's revision name: the hash of the patch that its ControllerRevision keeps, and of the
    /// collision count, which a StatefulSet always counts.
    private(set) lazy var revision: Symbol = {
        var patched = template
        patched["$patch"] = "replace"
        // Until 1.33, JSON shows a time that was never set.
        if minor < 34, var metadata = patched["metadata"] {
            metadata["creationTimestamp"] = Value(.null)
            patched["metadata"] = metadata
        }
        var json = GoJSON()
        json.write(["spec": ["template": patched]])
        return Self.safeText((json.bytes + "0".utf8).reduce(Self.basis) { ($0 &* Self.prime) ^ UInt32($1) })
    }()

    /// Equal for templates that a Deployment takes as the same: all but the hash that its ReplicaSets add.
    private(set) lazy var identity: UInt64 = {
        var plain = template
        if var metadata = plain["metadata"], var labels = metadata["labels"] {
            labels["pod-template-hash"] = nil
            metadata["labels"] = labels.fields.isEmpty ? .none : labels
            plain["metadata"] = metadata
        }
        return plain.contentHash
    }()

    // FNV of 32 bits: 1a for templates, 1 for revisions.
    private static let basis: UInt32 = 0x811C_9DC5
    private static let prime: UInt32 = 0x0100_0193

    /// The decimal digits in characters that spell nothing: no vowels, nothing that looks alike.
    ///
    /// Source: `rand.SafeEncodeString` of apimachinery.
    private static func safeText(_ hash: UInt32) -> Symbol {
        let alphabet = Array("bcdfghjklmnpqrstvwxz2456789".utf8)
        return Symbol(utf8: String(hash).utf8.map { alphabet[Int($0) % alphabet.count] })
    }
}
