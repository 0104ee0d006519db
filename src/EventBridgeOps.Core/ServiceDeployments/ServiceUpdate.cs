using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Images;
using EventBridgeOps.Runs;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>Deploys Amazon ECS services: find, compare, approve, read again, journal, register and update, verify, and wait where told.</summary>
/// <param name="ecs">The account's Amazon ECS.</param>
/// <param name="ecr">Amazon ECR.</param>
/// <param name="identity">Who is calling, for the journal.</param>
/// <param name="region">The Region of the session.</param>
/// <param name="journal">The journal in which the change is recorded.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
/// <param name="time">The clock.</param>
public sealed class ServiceUpdate(IEcsApi ecs, IEcrApi ecr, IIdentityApi identity, string region, ChangeJournal journal, ItemRetry retry, TimeProvider time)
{
    /// <summary>Deploys the selected services, and returns the outcome of each.</summary>
    /// <remarks>
    /// Without an image, a service gets a new deployment of its task definition, unless it already runs what the tags point to. With an image, a
    /// revision of its task definition is registered in which only the image of the containers that run the repository is different, and the
    /// service is updated to it. Services that already run the image are not changed, and a revision with the same content that an interrupted
    /// run has left is used, so a run can be repeated. Without waiting, a deployment is only started: nothing is said about its outcome.
    /// </remarks>
    /// <param name="selections">Which services, and which image; one after the other. A service is deployed once in a run.</param>
    /// <param name="options">How to go about it.</param>
    /// <param name="approve">Asks for approval of each planned write.</param>
    /// <param name="observer">Receives progress, warnings and failures; the run continues after a failure.</param>
    /// <param name="cancellationToken">Cancels the run; what was in flight is recorded in the journal. Deployments that were started continue.</param>
    /// <exception cref="OpsException">The run cannot continue: for example, there are no credentials, or the journal cannot be written.</exception>
    public async IAsyncEnumerable<ServiceUpdateResult> RunAsync(
        IAsyncEnumerable<ServiceSelection> selections, ServiceUpdateOptions options, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        options.Check();
        ChangeRecorder recorder = new(journal, identity, new ChangeOrigin(ChangeKind.Deployment, region, null), options.ChangeStarted, observer, cancellationToken);
        ChangeRun run = new(recorder, options, approve, observer, retry, time);
        ServiceKind services = new(ecs, retry);
        IAsyncEnumerable<Draft<ServiceUpdateResult>> drafts = WriteAsync(run, services, selections, options, approve, observer, cancellationToken);
        DeploymentWatch watch = new(ecs, retry, time, observer);
        drafts = options.Wait ? watch.WaitAsync(drafts, TimeSpan.FromSeconds(options.TimeoutSeconds), cancellationToken) : DeploymentWatch.NotConcluded(drafts, observer);
        await foreach (ServiceUpdateResult result in run.FinishAsync(services, drafts, cancellationToken))
            yield return result;
    }

    private async IAsyncEnumerable<Draft<ServiceUpdateResult>> WriteAsync(
        ChangeRun run, ServiceKind services, IAsyncEnumerable<ServiceSelection> selections, ServiceUpdateOptions options, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ServiceFinder finder = new(ecs, retry, options.ThrottleLimit);
        TaskDefinitionKind revisions = new(ecs, retry);
        ServicePlanner planner = new(ecs, new ServiceImages(ecs, ecr, region, retry, options.SkipImageCheck, cancellationToken), revisions, options, region, retry, time, observer, cancellationToken);
        HashSet<string> seen = new(StringComparer.Ordinal);
        await foreach (ServiceSelection selection in selections.WithCancellation(cancellationToken))
        {
            FailureCount failures = new(observer);
            IReadOnlyList<ServiceDocument>? found = await ItemGuard.RunAsync(async () => (IReadOnlyList<ServiceDocument>?)await finder.FindAsync(selection.ClusterName, selection.ServiceName, failures, cancellationToken), selection.ToString(), failures, cancellationToken);
            if (found is null)
                continue;
            List<ServicePlan?> all = await OrderedParallel.SelectAsync(
                Streams.From(found.Where(service => seen.Add($"{service} {selection.Image}"))), options.ThrottleLimit, (service, _) => planner.PlanAsync(selection, service), cancellationToken).ToListAsync(cancellationToken);
            List<ServicePlan> plans = [.. all.OfType<ServicePlan>()];
            if (plans.Count == 0 && failures.Failures == 0 && all.Count == found.Count)
                observer.Warning(ServiceDeploymentMessages.NothingToDeploy(selection.ToString(), region));
            await foreach (Draft<ServiceUpdateResult> draft in WriteAsync(run, services, revisions, plans, approve, observer, cancellationToken))
                yield return draft;
        }
    }

    // Services that share a task definition share the new revision.
    private async IAsyncEnumerable<Draft<ServiceUpdateResult>> WriteAsync(
        ChangeRun run, ServiceKind services, TaskDefinitionKind revisions, List<ServicePlan> plans, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<Draft<ServiceUpdateResult>> registrations = [.. plans.Where(plan => plan.Revision is not null).GroupBy(plan => plan.Revision!.From, StringComparer.Ordinal).Select(same => new Draft<ServiceUpdateResult>(same.First().Result, same.First().Revision))];
        Dictionary<string, Draft<ServiceUpdateResult>> registered = new(StringComparer.Ordinal);
        await foreach (Draft<ServiceUpdateResult> draft in run.WriteAsync(revisions, EachAsync(Streams.From(registrations)), SyncStatus.Updated, ServiceDeploymentMessages.Registering(), cancellationToken))
            registered[draft.Result.PreviousTaskDefinition!] = draft;
        await foreach (Draft<ServiceUpdateResult> draft in run.WriteAsync(services, EachAsync(DraftsAsync(plans, registered, approve, observer, cancellationToken)), SyncStatus.Updated, ServiceDeploymentMessages.Deploying(), cancellationToken))
            yield return draft.Result.DeploymentId is { } id ? draft with { Result = draft.Result with { CreatedAt = services.CreatedAt(id) } } : draft;
    }

    private async IAsyncEnumerable<Draft<ServiceUpdateResult>> DraftsAsync(
        List<ServicePlan> plans, Dictionary<string, Draft<ServiceUpdateResult>> registered, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (ServicePlan plan in plans)
        {
            Draft<ServiceUpdateResult>? registration = plan.Revision is null ? null : registered[plan.Revision.From!];
            if ((plan.Error ?? registration?.Error) is { } error)
                yield return new(plan.Result with { Status = SyncStatus.Failed, Reason = observer.Text(error), ErrorId = error.ErrorId, ChangeId = registration?.Result.ChangeId }, null, error);
            else if (registration is { Result.Status: SyncStatus.WouldUpdate or SyncStatus.Skipped })
                yield return await PreviewAsync(plan, registration.Result, approve, cancellationToken);
            else if (registration?.Write?.Made?.Arn is { } made)
                yield return Draft(plan, ServiceKind.PlanTaskDefinition(plan.Service, made, time.GetUtcNow()), observer);
            else if (plan.TaskDefinitionArn is { } ready)
                yield return Draft(plan, ServiceKind.PlanTaskDefinition(plan.Service, ready, time.GetUtcNow()), observer);
            else if (plan.Deploys)
                yield return Draft(plan, ServiceKind.PlanDeployment(plan.Service, time.GetUtcNow()), observer);
            else
                yield return new(plan.Result);
        }
    }

    // The number of a revision that is not registered is not known.
    private static async Task<Draft<ServiceUpdateResult>> PreviewAsync(ServicePlan plan, ServiceUpdateResult registration, ApproveChange approve, CancellationToken cancellationToken)
    {
        if (registration.Status == SyncStatus.WouldUpdate)
            await approve(new PlannedChange(ResourceId.Service(plan.Service.ClusterName, plan.Service.ServiceName).ToString(), ServiceDeploymentMessages.UpdateToNew(plan.Service.ToString(), plan.Result.PreviousTaskDefinition)), cancellationToken);
        return new(plan.Result with { Status = registration.Status, Reason = registration.Reason });
    }

    private static Draft<ServiceUpdateResult> Draft(ServicePlan plan, PlannedItem item, IRunObserver observer) =>
        new(plan.Result with { TaskDefinition = item.To }, item) { Reason = plan.Reason is { } reason ? observer.Text(reason) : null };

    private static async IAsyncEnumerable<IReadOnlyList<Draft<ServiceUpdateResult>>> EachAsync(IAsyncEnumerable<Draft<ServiceUpdateResult>> drafts)
    {
        await foreach (Draft<ServiceUpdateResult> draft in drafts)
            yield return [draft];
    }
}
