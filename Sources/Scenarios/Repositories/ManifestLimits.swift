import ClusterSimulation

/// Bounds on what manifests may be made of a scenario's files, so that memory and time follow the input: a line that
/// repeats or multiplies others costs what it stands for. A breach in a scenario is a located error; in a source of an
/// Application it is an unknown, since Argo CD itself would go on.
package enum ManifestLimits {
    /// The most bytes of text that one template gives, and that each function in it returns. 16 MiB.
    package static let templateSizeMax = 16 << 20

    /// The most bytes of text that all templates, values files and files of kustomizations of a rehearsal give, each
    /// counted as often as it is read: 64 MiB, and 16 for each byte of input.
    package static func textMax(inputSize: Int) -> Int { 64 << 20 + 16 * inputSize }

    /// The most objects that a scenario names, or that the sources of its Applications give, each counted as often as
    /// it is named: 100,000, and one for each 100 bytes of input.
    package static func objectsMax(inputSize: Int) -> Int { 100_000 + inputSize / 100 }

    /// The most elements that `helm.parameters` with indices may bring about, and that setting them may copy.
    package static let parameterElementsMax = 10_000_000
}

/// What was made so far for one request. A class, since parts of a build that fails count too.
final class ManifestBudget {
    /// A bound is reached.
    struct Exhausted: Error {
        var message: String
    }

    private let textMax: Int
    private let objectsMax: Int
    /// Bytes that were read or made.
    private(set) var text = 0

    /// - Parameter inputSize: the bytes of all files of the scenario.
    init(inputSize: Int) {
        textMax = ManifestLimits.textMax(inputSize: inputSize)
        objectsMax = ManifestLimits.objectsMax(inputSize: inputSize)
    }

    /// Counts bytes of text that are read, or made.
    func spend(text bytes: Int) throws(Exhausted) {
        text += bytes
        if text > textMax {
            throw Exhausted(message: "the sources of this rehearsal give more than \(textMax) bytes of text")
        }
    }

    /// Refuses objects that are too many for any rehearsal, while they are gathered.
    func admit(objects count: Int) throws(Exhausted) {
        if count > objectsMax { throw tooManyObjects }
    }

    private var tooManyObjects: Exhausted {
        Exhausted(message: "the sources of this rehearsal give more than \(objectsMax) objects")
    }
}
