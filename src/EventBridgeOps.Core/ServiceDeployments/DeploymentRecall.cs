using System.Text.Json.Nodes;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>Finds a deployment that its service no longer lists: Amazon ECS keeps it in another list, for 90 days. Source: ListServiceDeployments.</summary>
internal static class DeploymentRecall
{
    /// <summary>How far apart Amazon ECS may put the creation of a deployment in its two lists of deployments.</summary>
    private static readonly TimeSpan SameDeployment = TimeSpan.FromSeconds(5);

    /// <summary>Returns the deployment that was created at a time; null if there is none.</summary>
    public static async Task<JsonObject?> FindAsync(IEcsApi ecs, ItemRetry retry, string cluster, string service, DateTimeOffset created, CancellationToken cancellationToken)
    {
        List<JsonObject> listed = await retry.RunAsync(() => ecs.ListServiceDeploymentsAsync(cluster, service, cancellationToken).ToListAsync(cancellationToken), cancellationToken);
        // The two lists have no ID in common.
        return listed.Select(each => (Document: each, Apart: EcsText.Time(each["createdAt"]) is { } time ? (time - created).Duration() : TimeSpan.MaxValue))
            .Where(each => each.Apart <= SameDeployment).OrderBy(each => each.Apart).Select(each => each.Document).FirstOrDefault();
    }
}
