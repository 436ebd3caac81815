/// Every third-party operator of the model, in the order in which they are told of a change. One line each: the catalogues
/// of controllers, programs, observers, analysers and finalizers follow from it.
package enum OperatorCatalogue {
    package static let all: [Operator] = [
        .argoEvents,
        .vault,
        .actionsRunners,
        .certManager,
        .ingressNginx,
        .ngrok,
        .externalDNS,
        .cloudNativePG,
        .redis,
        .argoWorkflows,
        .webhookCertgen,
        .gatewayAPI,
    ]
}
