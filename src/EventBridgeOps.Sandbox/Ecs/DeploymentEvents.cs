using EventBridgeOps.Events.Entries;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>What ECS says of a deployment: on the default event bus, and in the events of the service.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html</remarks>
internal static class DeploymentEvents
{
    private const int Most = 100;

    public static void InProgress(Operation operation, RawDocument service, string deploymentId, string reason) =>
        Report(operation, service, "INFO", "SERVICE_DEPLOYMENT_IN_PROGRESS", deploymentId, reason);

    public static void Completed(Operation operation, RawDocument service, string deploymentId, string reason) =>
        Report(operation, service, "INFO", "SERVICE_DEPLOYMENT_COMPLETED", deploymentId, reason);

    /// <summary>Sent for services with the circuit breaker alone.</summary>
    public static void Failed(Operation operation, RawDocument service, string deploymentId, string reason) =>
        Report(operation, service, "ERROR", "SERVICE_DEPLOYMENT_FAILED", deploymentId, reason);

    /// <summary>The service with another event, which is the first one: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html.</summary>
    public static RawDocument Said(Operation operation, RawDocument service, string message) => service.With("events",
    [
        RawDocument.Empty
            .With("id", operation.Account.Random.Id())
            .With("createdAt", Json.Time(operation.Now))
            .With("message", $"(service {service.Text("serviceName")}) {message}"),
        .. service.List("events").Take(Most - 1).Select(RawDocument.From),
    ]);

    private static void Report(Operation operation, RawDocument service, string type, string name, string deploymentId, string reason) =>
        operation.Account.Events.Report(operation, "aws.ecs", "ECS Deployment State Change", [service.Text("serviceArn")!], RawDocument.Empty
            .With("eventType", type)
            .With("eventName", name)
            .With("deploymentId", deploymentId)
            .With("updatedAt", EventTime.Of(operation.Now))
            .With("reason", reason));
}
