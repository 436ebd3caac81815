import Testing

@testable import ClusterSimulation

/// Checks that are compiled into Argo CD, where no recording reaches. Source: gitops-engine/pkg/health of argoproj/argo-cd.
@Suite struct CompiledInHealthTests {
    private static let annotation: Symbol = "autoscaling.alpha.kubernetes.io/conditions"

    static let autoscalers: [HealthSample] = [
        // health_hpa.go, `checkConditions`: the first condition that says something decides.
        HealthSample(
            "autoscaling", "HorizontalPodAutoscaler",
            status: conditions(
                condition("AbleToScale", "True", "ready for a new scale"),
                condition("ScalingActive", "False", "no metrics", reason: "FailedGetResourceMetric")),
            .healthy, "ready for a new scale"),
        HealthSample(
            "autoscaling", "HorizontalPodAutoscaler",
            status: conditions(
                condition("ScalingActive", "False", "no metrics", reason: "FailedGetResourceMetric"),
                condition("AbleToScale", "True")),
            .degraded, "no metrics"),
        HealthSample(
            "autoscaling", "HorizontalPodAutoscaler",
            status: conditions(condition("ScalingActive", "False", reason: "FailedGetExternalMetric")),
            .progressing, "Waiting to Autoscale"),
        HealthSample(
            "autoscaling", "HorizontalPodAutoscaler",
            annotations: [
                (annotation, #"[{"type":"AbleToScale","status":"True","message":"it \u0041 is \"fine\""}]"#)
            ], .healthy, "it A is \"fine\""),
        HealthSample("autoscaling", "HorizontalPodAutoscaler", annotations: [(annotation, "[{")], .unknown),
    ]

    static let jobs: [HealthSample] = [
        // health_job.go: what a Job that is suspended says is the message of a failure, which it has not.
        HealthSample("batch", "Job", status: conditions(condition("Suspended", "True", "Job suspended")), .suspended),
        HealthSample(
            "batch", "Job", status: conditions(condition("Suspended", "False", "Job resumed")), .healthy, "Job resumed"),
        HealthSample(
            "batch", "Job",
            status: conditions(condition("Complete", "True", "done"), condition("Failed", "True", "too often")),
            .degraded, "too often"),
        HealthSample("batch", "Job", .progressing),
    ]

    static let pods: [HealthSample] = [
        // health_pod.go: init containers are asked first for why a Pod failed, and not at all while it starts.
        HealthSample(
            "", "Pod",
            status: [
                "phase": "Failed",
                "initContainerStatuses": [["name": "setup", "state": ["terminated": ["exitCode": 3]]]],
                "containerStatuses": [["name": "main", "state": ["terminated": ["exitCode": 1]]]],
            ], .degraded, "container \"setup\" failed with exit code 3"),
        HealthSample(
            "", "Pod",
            status: [
                "phase": "Pending",
                "initContainerStatuses": [["state": ["waiting": ["reason": "CrashLoopBackOff", "message": "no"]]]],
            ], spec: ["restartPolicy": "Always"], .progressing),
        HealthSample(
            "", "Pod",
            status: [
                "phase": "Pending",
                "containerStatuses": [
                    ["state": ["waiting": ["reason": "ImagePullBackOff", "message": "a"]]],
                    ["state": ["waiting": ["reason": "ErrImagePull", "message": "b"]]],
                ],
            ], spec: ["restartPolicy": "Always"], .degraded, "a, b"),
        HealthSample("", "Pod", status: ["phase": "Odd"], .unknown),
    ]

    @Test(arguments: autoscalers + jobs + pods)
    func `as the compiled-in check says`(sample: HealthSample) {
        #expect(sample.found == sample.expected)
    }
}
