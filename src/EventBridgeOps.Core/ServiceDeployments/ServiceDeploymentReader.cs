using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>Lists Amazon ECS services with their deployments.</summary>
/// <param name="ecs">The account's Amazon ECS.</param>
/// <param name="region">The Region of the session.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
public sealed class ServiceDeploymentReader(IEcsApi ecs, string region, ItemRetry retry)
{
    /// <summary>The deployments of the services that match a query, ordered by cluster and service, the most recent first.</summary>
    /// <param name="query">Which services.</param>
    /// <param name="observer">Receives progress and failures; the rest continues.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OpsException">The run cannot continue: for example, there are no credentials, or a pattern is not valid.</exception>
    public async IAsyncEnumerable<ServiceDeployment> ReadAsync(ServiceQuery query, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        query.Check();
        ProgressCount progress = new(observer, ServiceDeploymentMessages.Reading());
        IReadOnlyList<ServiceDocument> services = await new ServiceFinder(ecs, retry, query.ThrottleLimit).FindAsync(query.ClusterName, query.ServiceName, observer, cancellationToken);
        progress.Expect(services.Count);
        ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<string>>>> images = new(StringComparer.Ordinal);
        IAsyncEnumerable<IReadOnlyList<ServiceDeployment>> all = OrderedParallel.SelectAsync(
            Streams.From(services),
            query.ThrottleLimit,
            async (service, token) =>
            {
                IReadOnlyList<ServiceDeployment> deployments = await SummarizeAsync(service, definition => images.GetOrAdd(definition, of => new(() => ImagesAsync(of, observer, cancellationToken))).Value);
                progress.Finish(service.ToString());
                return deployments;
            },
            cancellationToken);
        await foreach (IReadOnlyList<ServiceDeployment> deployments in all)
        {
            foreach (ServiceDeployment deployment in deployments)
                yield return deployment;
        }
    }

    private async Task<IReadOnlyList<ServiceDeployment>> SummarizeAsync(ServiceDocument service, Func<string, Task<IReadOnlyList<string>>> images)
    {
        ServiceDeployment summary = new()
        {
            ClusterName = service.ClusterName,
            ServiceName = service.ServiceName,
            ServiceArn = service.Document.String("serviceArn"),
            TaskDefinition = EcsText.TaskDefinition(service.TaskDefinition),
            Region = region,
        };
        List<ServiceDeployment> deployments = [];
        foreach (DeploymentDocument deployment in service.Deployments.OrderBy(each => !each.IsPrimary).ThenByDescending(each => each.CreatedAt))
        {
            string definition = deployment.Document.String("taskDefinition") ?? service.TaskDefinition;
            DeploymentConclusion conclusion = DeploymentConclusion.Of(service, deployment);
            deployments.Add(summary with
            {
                DeploymentId = deployment.Id,
                TaskDefinition = EcsText.TaskDefinition(definition),
                Image = await images(definition),
                IsPrimary = deployment.IsPrimary,
                State = conclusion.State,
                RolloutState = deployment.RolloutState,
                Reason = conclusion.Reason,
                DesiredCount = Count(deployment, "desiredCount"),
                RunningCount = Count(deployment, "runningCount"),
                FailedCount = Count(deployment, "failedTasks"),
                CreatedAt = deployment.CreatedAt,
                UpdatedAt = EcsText.Time(deployment.Document["updatedAt"]),
            });
        }

        if (deployments.Count == 0)
            deployments.Add(summary with { Image = await images(service.TaskDefinition), IsPrimary = true, State = ServiceState.Unknown, Reason = ServiceDeploymentMessages.OtherController(service.Controller).ToString() });
        return deployments;
    }

    private async Task<IReadOnlyList<string>> ImagesAsync(string definition, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (definition.Length == 0)
            return [];
        try
        {
            TaskDefinitionDocument? found = TaskDefinitionDocument.From(await retry.RunAsync(() => ecs.DescribeTaskDefinitionAsync(definition, cancellationToken), cancellationToken));
            return [.. (found?.Containers ?? []).Select(container => container.Image)];
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            observer.Warning(ServiceDeploymentMessages.ImagesUnknown(EcsText.TaskDefinition(definition), e));
            return [];
        }
    }

    private static int Count(DeploymentDocument deployment, string field) =>
        deployment.Document[field] is { } node && node is System.Text.Json.Nodes.JsonValue value && value.TryGetValue(out int count) ? count : 0;
}
