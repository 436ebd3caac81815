/// Every controller of the model, in the order in which they are told of a change. One line each.
package enum ControllerCatalogue {
    package static let all: [Controller] = [
        DefinitionFinalizer.controller,
        ApplicationController.controller,
        EventBusController.controller,
        EventClientControllers.eventSource,
        EventClientControllers.sensor,
        VaultSecrets.controller,
    ]
}
