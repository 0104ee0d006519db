using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>The deployments that the document of a service lists, and what is kept of them beside it.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html</remarks>
internal static class Rollouts
{
    public const string InProgress = "IN_PROGRESS";
    public const string Completed = "COMPLETED";
    public const string Failed = "FAILED";
    public const string IsPrimary = "PRIMARY";

    public static IEnumerable<RawDocument> Of(RawDocument service) => service.List("deployments").Select(RawDocument.From);

    public static RawDocument? Primary(RawDocument service) => Of(service).FirstOrDefault(deployment => deployment.Text("status") == IsPrimary);

    /// <summary>The service with these deployments, whose tasks are those of the service.</summary>
    public static RawDocument With(RawDocument service, IEnumerable<RawDocument> deployments)
    {
        List<RawDocument> all = deployments.ToList();
        return service
            .With("deployments", all)
            .With("runningCount", all.Sum(deployment => deployment.Number("runningCount") ?? 0))
            .With("pendingCount", all.Sum(deployment => deployment.Number("pendingCount") ?? 0));
    }

    /// <summary>The service with a deployment in place of the one with its ID.</summary>
    public static RawDocument WithChanged(RawDocument service, RawDocument deployment) =>
        With(service, Of(service).Select(other => other.Text("id") == deployment.Text("id") ? deployment : other));

    /// <summary>The service with another primary deployment; those that were there start no more tasks.</summary>
    public static RawDocument WithPrimary(RawDocument service, RawDocument primary) => With(
        service,
        [primary, .. Of(service).Where(other => other.Text("id") != primary.Text("id")).Select(other => other.With("status", "ACTIVE").With("pendingCount", 0))]);

    /// <summary>What is kept of a deployment beside its document: its service deployment, its service revision, and whether it is a rollback.</summary>
    public static RawDocument Kept(Operation operation, RawDocument deployment) =>
        operation.State["ecsRollouts"].Find(deployment.Text("id")!) ?? RawDocument.Empty;

    /// <summary>The service with its current service deployment and revision.</summary>
    public static RawDocument WithCurrent(Operation operation, RawDocument service, RawDocument primary)
    {
        RawDocument kept = Kept(operation, primary);
        return service
            .With("currentServiceDeployment", kept.Text("serviceDeploymentArn"))
            .With("currentServiceRevisions",
            [
                RawDocument.Empty
                    .With("arn", kept.Text("serviceRevisionArn"))
                    .With("requestedTaskCount", service.Number("desiredCount") ?? 0)
                    .With("runningTaskCount", primary.Number("runningCount") ?? 0)
                    .With("pendingTaskCount", primary.Number("pendingCount") ?? 0),
            ]);
    }
}
