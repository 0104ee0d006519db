using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>Waits for deployments, each by its own ID: what a service runs in the end may be another one.</summary>
internal sealed class DeploymentWatch(IEcsApi ecs, ItemRetry retry, TimeProvider time, IRunObserver observer)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(15);

    /// <summary>Says of each deployment that its outcome is not known.</summary>
    public static async IAsyncEnumerable<Draft<ServiceUpdateResult>> NotConcluded(IAsyncEnumerable<Draft<ServiceUpdateResult>> drafts, IRunObserver observer)
    {
        await foreach (Draft<ServiceUpdateResult> draft in drafts)
            yield return IsStarted(draft) ? draft with { Result = draft.Result with { Reason = Join(draft.Result.Reason, observer.Text(ServiceDeploymentMessages.NotConcluded(draft.Result.DeploymentId!))) } } : draft;
    }

    /// <summary>Waits until each deployment is concluded or the time is over, and returns each as it is.</summary>
    /// <param name="drafts">The results of the run so far.</param>
    /// <param name="timeout">How long to wait after the last one was started.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async IAsyncEnumerable<Draft<ServiceUpdateResult>> WaitAsync(IAsyncEnumerable<Draft<ServiceUpdateResult>> drafts, TimeSpan timeout, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<Draft<ServiceUpdateResult>> open = [];
        await foreach (Draft<ServiceUpdateResult> draft in drafts.WithCancellation(cancellationToken))
        {
            if (IsStarted(draft))
                open.Add(draft);
            else
                yield return draft;
        }

        (long start, int total) = (time.GetTimestamp(), open.Count);
        for (TimeSpan delay = FirstLook; open.Count > 0; delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestLook.Ticks)))
        {
            foreach (Draft<ServiceUpdateResult> done in await LookAsync(open, cancellationToken))
                yield return done;
            if (open.Count == 0)
                break;
            observer.Progress(new RunProgress(ServiceDeploymentMessages.Waiting(), total - open.Count, total, open[0].Result.ToString()));
            if (time.GetElapsedTime(start) + delay > timeout)
            {
                foreach (Draft<ServiceUpdateResult> late in open)
                    yield return Fail(late, ServiceState.Deploying, new OpsException(ErrorIds.WaitTimeout, ServiceDeploymentMessages.StillDeploying(late.Result.ToString(), late.Result.DeploymentId!, timeout.TotalSeconds)));
                break;
            }

            await time.Delay(delay, cancellationToken);
        }
    }

    /// <summary>Looks at all services, ten in a call, and takes out what is concluded.</summary>
    private async Task<List<Draft<ServiceUpdateResult>>> LookAsync(List<Draft<ServiceUpdateResult>> open, CancellationToken cancellationToken)
    {
        List<Draft<ServiceUpdateResult>> done = [];
        foreach (IGrouping<string, Draft<ServiceUpdateResult>> cluster in open.GroupBy(draft => draft.Result.ClusterName, StringComparer.Ordinal).ToList())
        {
            List<Draft<ServiceUpdateResult>> all = [.. cluster];
            for (int first = 0; first < all.Count; first += ServiceFinder.PerCall)
            {
                List<Draft<ServiceUpdateResult>> some = all.GetRange(first, Math.Min(ServiceFinder.PerCall, all.Count - first));
                try
                {
                    IReadOnlyList<ServiceDocument> found = await ServiceFinder.DescribeAsync(ecs, retry, cluster.Key, [.. some.Select(draft => draft.Result.ServiceName).Distinct(StringComparer.Ordinal)], cancellationToken);
                    foreach (Draft<ServiceUpdateResult> draft in some)
                        Add(await ConcludeAsync(draft, found.FirstOrDefault(service => service.ServiceName == draft.Result.ServiceName), cancellationToken));
                }
                catch (OpsException e) when (!e.EndsRun)
                {
                    foreach (Draft<ServiceUpdateResult> draft in some.Where(draft => !done.Exists(concluded => concluded.Result.DeploymentId == draft.Result.DeploymentId)))
                        Add(Fail(draft, ServiceState.Unknown, new OpsException(ErrorIds.NotVerified, ServiceDeploymentMessages.Unknown(draft.Result.ToString(), draft.Result.DeploymentId!, ServiceDeploymentMessages.LookupFailed(e)), e)));
                }
            }
        }

        open.RemoveAll(draft => done.Exists(concluded => concluded.Result.DeploymentId == draft.Result.DeploymentId));
        return done;

        void Add(Draft<ServiceUpdateResult>? concluded)
        {
            if (concluded is not null)
                done.Add(concluded);
        }
    }

    private async Task<Draft<ServiceUpdateResult>?> ConcludeAsync(Draft<ServiceUpdateResult> draft, ServiceDocument? service, CancellationToken cancellationToken)
    {
        (string name, string id) = (draft.Result.ToString(), draft.Result.DeploymentId!);
        if (service is null)
            return Fail(draft, ServiceState.Unknown, new OpsException(ErrorIds.DeploymentFailed, ServiceDeploymentMessages.ServiceGone(name, id)));
        if (service.Deployments.FirstOrDefault(each => each.Id == id) is { } own)
        {
            DeploymentConclusion conclusion = DeploymentConclusion.Of(service, own);
            return Conclude(draft, conclusion);
        }

        return Conclude(draft, await RecallAsync(draft.Result, cancellationToken));
    }

    /// <summary>What became of a deployment that the service no longer lists.</summary>
    private async Task<DeploymentConclusion> RecallAsync(ServiceUpdateResult result, CancellationToken cancellationToken)
    {
        if (result.CreatedAt is not { } created)
            return new(ServiceState.Unknown, observer.Text(ServiceDeploymentMessages.NotListed()));
        try
        {
            JsonObject? own = await DeploymentRecall.FindAsync(ecs, retry, result.ClusterName, result.ServiceName, created, cancellationToken);
            string? reason = own?.String("statusReason");
            return own?.String("status") switch
            {
                null => new(ServiceState.Unknown, observer.Text(ServiceDeploymentMessages.NotListed())),
                "SUCCESSFUL" => new(ServiceState.Completed, reason),
                "STOPPED" or "STOP_REQUESTED" => new(ServiceState.Replaced, reason),
                var status when status.StartsWith("ROLLBACK", StringComparison.Ordinal) => new(ServiceState.RolledBack, reason),
                var status => new(ServiceState.Unknown, observer.Text(ServiceDeploymentMessages.OtherStatus(status))),
            };
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            return new(ServiceState.Unknown, observer.Text(ServiceDeploymentMessages.LookupFailed(e)));
        }
    }

    private Draft<ServiceUpdateResult>? Conclude(Draft<ServiceUpdateResult> draft, DeploymentConclusion conclusion)
    {
        (string name, string id) = (draft.Result.ToString(), draft.Result.DeploymentId!);
        Message why = conclusion.Reason is { Length: > 0 } reason ? ServiceDeploymentMessages.Words(reason) : ServiceDeploymentMessages.NoReason();
        return conclusion.State switch
        {
            ServiceState.Deploying => null,
            ServiceState.Completed => draft with { Result = draft.Result with { State = ServiceState.Completed } },
            ServiceState.Unknown => Fail(draft, ServiceState.Unknown, new OpsException(ErrorIds.NotVerified, ServiceDeploymentMessages.Unknown(name, id, why))),
            var state => Fail(draft, state, new OpsException(ErrorIds.DeploymentFailed, state switch
            {
                ServiceState.RolledBack => ServiceDeploymentMessages.RolledBack(name, id, why),
                ServiceState.Replaced => ServiceDeploymentMessages.Replaced(name, id, why),
                _ => ServiceDeploymentMessages.DeploymentFailed(name, id, why),
            })),
        };
    }

    private Draft<ServiceUpdateResult> Fail(Draft<ServiceUpdateResult> draft, ServiceState state, OpsException error) =>
        draft with { Error = error, Result = draft.Result with { Status = SyncStatus.Failed, State = state, Reason = observer.Text(error), ErrorId = error.ErrorId } };

    private static bool IsStarted(Draft<ServiceUpdateResult> draft) => draft.Result is { Status: SyncStatus.Updated, DeploymentId: not null };

    private static string Join(string? first, string second) => string.IsNullOrEmpty(first) ? second : $"{first} {second}";
}
