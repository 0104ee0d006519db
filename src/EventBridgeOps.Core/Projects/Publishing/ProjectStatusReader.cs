using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Shows the state of a published environment: the stack and its resources, the last run, what differs from the folder, and what became of the events of the last hour.</summary>
/// <param name="ports">The services.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
public sealed class ProjectStatusReader(PublishPorts ports, ItemRetry retry, TimeProvider time)
{
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    private static readonly string[] Metrics = ["Invocations", "FailedInvocations", "InvocationsSentToDlq", "InvocationsFailedToBeSentToDlq"];

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Shows it.</summary>
    /// <param name="query">Which project and environment, and whether to watch. When the run has ended, everything is looked at again; what has not changed is not shown again.</param>
    /// <param name="observer">Spells what is said, and receives progress.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>; <see cref="ErrorIds.WrongAccountOrRegion"/>: the session is not in the account and Region of the environment.</exception>
    public async IAsyncEnumerable<CheckResult> ShowAsync(ProjectStatusQuery query, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ProjectPlace place = ProjectPlace.Of(query);
        CallerIdentity caller = await EnvironmentSession.RequireAsync(place.Environment, ports.Region, ports.Identity, retry, cancellationToken);
        CheckResults results = new(observer.Voice);
        ShownResults shown = new();
        StackEventReader events = new(ports.Stacks, retry);
        while (query.Watch)
        {
            // Asked for before the stack is read: what a run does as its last is seen then.
            bool isRunning = PublishLog.IsRunning(place.Project.Folder, place.Environment.Name);
            Stack? stack = await FindAsync(place, cancellationToken);
            bool isOver = !isRunning && stack is not { IsBusy: true };
            foreach (CheckResult changed in isOver ? [] : shown.Changed([StackResult(place.Template, stack, results), .. Steps(place, results)]))
                yield return changed;
            if (stack is { IsEmpty: false } && new ProjectOwner(place.Template.Tags).Owns(stack) != false)
            {
                foreach (StackEvent happened in await events.NewAsync(stack, cancellationToken))
                    yield return EventResult(happened, results);
            }

            if (isOver)
                break;
            observer.Progress(new RunProgress(StackMessages.Progress(place.Template.StackName), 0, null, stack?.Status));
            await time.Delay(Interval, cancellationToken);
        }

        await foreach (CheckResult result in LookAsync(place, caller, results, cancellationToken))
        {
            foreach (CheckResult changed in shown.Changed([result]))
                yield return changed;
        }
    }

    private static CheckResult EventResult(StackEvent happened, CheckResults results)
    {
        Message name = PublishMessages.Resource(happened.Kind, happened.LogicalId), what = PublishMessages.Happened(happened.Status, happened.Time, happened.Reason);
        return happened.Status.EndsWith("_FAILED", StringComparison.Ordinal) ? results.Fail(1, name, what, PublishMessages.PublishAgain())
            : happened.Status.EndsWith("_COMPLETE", StringComparison.Ordinal) ? results.Ok(1, name, what) : results.Skip(1, name, what);
    }

    private Task<Stack?> FindAsync(ProjectPlace place, CancellationToken cancellationToken) =>
        retry.RunAsync(() => ports.Stacks.DescribeAsync(place.Template.StackName, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<CheckResult> LookAsync(ProjectPlace place, CallerIdentity caller, CheckResults results, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ProjectTemplate template = place.Template;
        Stack? stack = await FindAsync(place, cancellationToken);
        yield return StackResult(template, stack, results);
        foreach (CheckResult step in Steps(place, results))
            yield return step;
        if (stack is null or { IsEmpty: true } || new ProjectOwner(template.Tags).Owns(stack) == false)
            yield break;

        List<StackResource> resources = await ports.Stacks.ReadAllResourcesAsync(stack, retry, cancellationToken);
        foreach (StackResource resource in resources.Where(resource => !resource.Status.EndsWith("_COMPLETE", StringComparison.Ordinal)))
        {
            Message name = PublishMessages.Resource(resource.Kind, resource.LogicalId), status = Message.Verbatim(resource.Status);
            yield return resource.Status.EndsWith("_FAILED", StringComparison.Ordinal) ? results.Fail(1, name, status, PublishMessages.PublishAgain()) : results.Skip(1, name, status);
        }

        if (stack.IsBusy || stack.IsNotCreated)
            yield break;
        List<StackResource> there = resources.FindAll(resource => resource.Exists);
        foreach (StackResource resource in there)
        {
            if (await GoneAsync(resource, results, cancellationToken) is { } gone)
                yield return gone;
        }

        ProjectPlace wanted = place;
        if (place.RegistryName is not null && !there.Exists(resource => resource.Kind == SchemaParts.RegistryKind) && await new RegistryCheck(ports, retry).FaultAsync(place, caller, [], cancellationToken) is { } fault)
        {
            wanted = place.WithoutRegistry();
            yield return results.Skip(1, PublishMessages.Registry(place.RegistryName), fault);
        }

        await foreach (CheckResult same in new DeployedCheck(wanted, ports.Rules, ports.Deployed, retry, results).RunAsync(there, 1, cancellationToken))
            yield return same;
        foreach (StackResource rule in there.Where(resource => resource.Kind == RuleParts.Kind))
            yield return await DeliveriesAsync(rule, results, cancellationToken);
        foreach (StackResource queue in there.Where(resource => resource.Kind == "AWS::SQS::Queue"))
            yield return await WaitingAsync(queue, place, results, cancellationToken);
    }

    private static CheckResult StackResult(ProjectTemplate template, Stack? stack, CheckResults results)
    {
        Message name = StackMessages.StackNamed(template.StackName);
        return stack switch
        {
            null or { IsEmpty: true } => results.Fail(0, name, PublishMessages.Missing(), PublishMessages.PublishIt()),
            _ when new ProjectOwner(template.Tags).Owns(stack) == false => results.Fail(0, name, PublishMessages.NotOurs(stack.Name), PublishMessages.PublishIt()),
            { IsBusy: true } => results.Skip(0, name, PublishMessages.StackIs(stack.Status, stack.ChangedAt)),
            { Status: "CREATE_COMPLETE" or "UPDATE_COMPLETE" } => results.Ok(0, name, PublishMessages.StackIs(stack.Status, stack.ChangedAt)),
            _ => results.Fail(0, name, PublishMessages.StackIs(stack.Status, stack.StatusReason ?? stack.ChangedAt), PublishMessages.PublishAgain()),
        };
    }

    private static IEnumerable<CheckResult> Steps(ProjectPlace place, CheckResults results)
    {
        if (PublishLog.LastRun(place.Project.Folder, place.Environment.Name) is not { } run)
            yield break;
        Message name = PublishMessages.LastRun();
        yield return run.IsFinished ? results.Ok(1, name, PublishMessages.RunFinished(run.StartedAt))
            : PublishLog.IsRunning(place.Project.Folder, place.Environment.Name) ? results.Skip(1, name, PublishMessages.RunContinues(run.StartedAt))
            : results.Fail(1, name, PublishMessages.RunNotFinished(run.StartedAt), PublishMessages.GoOn());
        foreach (PublishedStep step in run.Steps)
        {
            Message check = PublishMessages.Step(step.Step);
            yield return step switch
            {
                { Error: { } error } => results.Fail(2, check, Message.Verbatim(error), PublishMessages.SeeLog(WorkFolder.Parent, place.Environment.Name)),
                { EndedAt: { } ended } => results.Ok(2, check, PublishMessages.StepEnded(ended, (ended - step.StartedAt).TotalSeconds)),
                _ => results.Skip(2, check, PublishMessages.StepOpen(step.StartedAt)),
            };
        }
    }

    /// <summary>A resource that was deleted elsewhere; null if it is there, or if it is not known.</summary>
    private async Task<CheckResult?> GoneAsync(StackResource resource, CheckResults results, CancellationToken cancellationToken)
    {
        Message name = PublishMessages.Resource(resource.Kind, resource.LogicalId);
        CheckResult result = await results.GuardAsync(1, name, PublishMessages.GrantRead(resource.Kind), async () =>
            await retry.RunAsync(() => ports.Deployed.ExistsAsync(resource.Kind, resource.PhysicalId!, cancellationToken), cancellationToken) == false
                ? results.Fail(1, name, PublishMessages.Deleted(), PublishMessages.DeletedElsewhere())
                : results.Ok(1, name, Message.Verbatim(resource.PhysicalId!)), cancellationToken);
        return result.Status == CheckStatus.OK ? null : result;
    }

    private async Task<CheckResult> DeliveriesAsync(StackResource rule, CheckResults results, CancellationToken cancellationToken)
    {
        RuleName named = RuleName.OfPhysicalId(rule.PhysicalId!);
        Dictionary<string, string> dimensions = new() { ["RuleName"] = named.Name };
        if (named.Bus != BusName.Default)
            dimensions["EventBusName"] = named.Bus;
        Message name = PublishMessages.LastHour(rule.LogicalId);
        return await results.GuardAsync(1, name, PublishMessages.GrantMetrics(), async () =>
        {
            DateTimeOffset now = time.GetUtcNow();
            long[] sums = await Task.WhenAll(Metrics.Select(metric => retry.RunAsync(() => ports.Deployed.SumAsync(metric, dimensions, now - Recent, now, cancellationToken), cancellationToken)));
            Message counts = PublishMessages.Deliveries(sums[0], sums[1], sums[2], sums[3]);
            return sums[1] + sums[2] + sums[3] == 0 ? results.Ok(1, name, counts) : results.Fail(1, name, counts, PublishMessages.SeeDeadLetters());
        }, cancellationToken);
    }

    private async Task<CheckResult> WaitingAsync(StackResource queue, ProjectPlace place, CheckResults results, CancellationToken cancellationToken)
    {
        Message name = PublishMessages.Resource(queue.Kind, queue.LogicalId);
        return await results.GuardAsync(1, name, PublishMessages.GrantRead(queue.Kind), async () =>
        {
            Arn arn = DataLoss.QueueArn(queue.PhysicalId!, place.Environment);
            long count = await retry.RunAsync(() => ports.Queues.CountMessagesAsync(arn, cancellationToken), cancellationToken);
            return queue.LogicalId == StackNames.DeadLetterQueue && count > 0 ? results.Fail(1, name, PublishMessages.Waiting(count), PublishMessages.SeeDeadLetters()) : results.Ok(1, name, PublishMessages.Waiting(count));
        }, cancellationToken);
    }
}
