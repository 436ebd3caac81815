/// Every program model: what runs where nothing more is known, and the programs of the operators.
package enum ProgramCatalogue {
    package static let all: [ProgramModel] =
        [ProgramModel("server"), ProgramModel("task", start: { _, _ in .completes() })]
        + OperatorCatalogue.all.flatMap(\.programs)

    /// All of them by name.
    package static let models = ProgramModels(all)
}
