using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>Creates and deletes the temporary resources of live tests. They are found by what is there, so that nothing is left of a test that was interrupted at any call.</summary>
/// <param name="ports">The services.</param>
/// <param name="project">The project and its environment.</param>
/// <param name="throttleLimit">How many calls are made at a time.</param>
internal sealed class TestResources(LiveTestPorts ports, LiveProject project, int throttleLimit)
{
    /// <summary>How old a resource is that no test can be using, whoever started it: more than creating, waiting and deleting can take.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    // The event buses on which a test can have had a rule of its own.
    private readonly IReadOnlyList<string> _buses = [.. project.Project.Rules.Select(rule => rule.BusName ?? project.Environment.BusName).Append(project.Environment.BusName).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether nothing is left of what was created.</summary>
    public bool IsClean { get; private set; } = true;

    /// <summary>Creates a queue to which rules may send.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="policy">Its policy.</param>
    /// <param name="cancellationToken">Cancels the run; a call that has begun ends.</param>
    /// <returns>The URL of the queue.</returns>
    public Task<string> CreateQueueAsync(string name, string policy, CancellationToken cancellationToken)
    {
        IsClean = false;
        return CallAsync(token => ports.Queues.CreateAsync(name, policy, Tags(), token), cancellationToken);
    }

    /// <summary>Creates an event bus.</summary>
    public Task CreateBusAsync(string name, CancellationToken cancellationToken) =>
        CallAsync(token => DoAsync(ports.Buses.CreateBusAsync(name, Tags(), token)), cancellationToken);

    /// <summary>Creates a rule with its targets.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="tagged">Whether it has the tags of the test, because its event bus has not.</param>
    /// <param name="cancellationToken">Cancels the run; a call that has begun ends.</param>
    /// <exception cref="OpsException">It could not be created.</exception>
    public async Task CreateRuleAsync(TemporaryRule rule, bool tagged, CancellationToken cancellationToken)
    {
        await CallAsync(token => DoAsync(ports.Buses.PutRuleAsync(rule.BusName, rule.Name, rule.Pattern, tagged ? Tags() : new Dictionary<string, string>(), token)), cancellationToken);
        IReadOnlyList<FailedTargetEntry> failed = await CallAsync(token => ports.Rules.PutTargetsAsync(rule.BusName, rule.Name, rule.Targets, token), cancellationToken);
        if (failed.Count > 0)
            throw new OpsException(ErrorIds.WriteFailed, LiveTestMessages.TargetRejected(rule.Name, failed[0].ErrorCode, failed[0].ErrorMessage));
    }

    /// <summary>Deletes what earlier tests of the project in the environment left, and says so.</summary>
    /// <param name="records">The tests of this computer.</param>
    /// <param name="observer">Receives what is deleted, and failures.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public async Task RemoveLeftoversAsync(RunRecords records, IRunObserver observer, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> interrupted = records.Interrupted();
        IReadOnlyList<Found> found;
        try
        {
            found = await FindAsync(TestTags.NamePrefix, cancellationToken);
        }
        catch (ServiceCallException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            observer.Warning(LiveTestMessages.LeftoversNotKnown(e));
            return;
        }

        DateTimeOffset now = ports.Time.GetUtcNow();
        foreach (IGrouping<string, Found> test in found.GroupBy(each => each.Test, StringComparer.Ordinal))
        {
            if (!interrupted.Contains(test.Key) && test.Any(each => now - each.CreatedAt < Abandoned))
            {
                observer.Warning(LiveTestMessages.OtherRun(test.Key));
                continue;
            }

            observer.Warning(LiveTestMessages.RemovingLeftovers(test.Key));
            if (await RemoveAsync([.. test], observer, cancellationToken))
                records.End(test.Key);
        }

        foreach (string name in interrupted.Where(name => !found.Any(each => each.Test == name)))
            records.End(name);
    }

    /// <summary>Deletes the resources of a test, also after it was cancelled.</summary>
    /// <param name="name">The name of the test.</param>
    /// <param name="queueUrl">The URL of its queue, if it is known: a new queue is not listed at once.</param>
    /// <param name="observer">Receives progress and failures.</param>
    public async Task RemoveAsync(string name, string? queueUrl, IRunObserver observer)
    {
        using CancellationTokenSource over = ports.Time.CreateCancellationTokenSource(LiveTester.RemovalPatience);
        try
        {
            List<Found> found = [.. await FindAsync(name, over.Token)];
            if (queueUrl is not null && !found.Exists(each => each.Kind == FoundKind.Queue))
                found.Add(new Found(FoundKind.Queue, name, name, queueUrl, default));
            IsClean = await RemoveAsync(found, observer, over.Token);
        }
        catch (Exception e) when (e is OpsException or OperationCanceledException)
        {
            observer.Failed(new ItemFailure(NotRemoved(LiveTestMessages.Resources(name), e), name));
        }
    }

    /// <summary>The resources with the tags of the project and the environment.</summary>
    private async Task<IReadOnlyList<Found>> FindAsync(string prefix, CancellationToken cancellationToken)
    {
        List<Found> found = [];
        foreach (JsonObject bus in await ListAsync(() => ports.Rules.ListEventBusesAsync(prefix, cancellationToken), cancellationToken))
        {
            if (bus.String("Name") is { } name && bus.String("Arn") is { } arn)
                await AddAsync(FoundKind.Bus, name, name, () => ports.Rules.ListTagsAsync(arn, cancellationToken));
        }

        foreach (string bus in _buses)
        {
            foreach (JsonObject rule in await RulesAsync(bus, prefix, cancellationToken))
            {
                if (rule.String("Name") is { } name && rule.String("Arn") is { } arn)
                    await AddAsync(FoundKind.Rule, name, bus, () => ports.Rules.ListTagsAsync(arn, cancellationToken));
            }
        }

        foreach (string url in await ListAsync(() => ports.Queues.ListAsync(prefix, cancellationToken), cancellationToken))
            await AddAsync(FoundKind.Queue, url.Substring(url.LastIndexOf('/') + 1), url, () => ports.Queues.ListTagsAsync(url, cancellationToken));
        return found;

        async Task AddAsync(FoundKind kind, string name, string place, Func<Task<IReadOnlyDictionary<string, string>>> tags)
        {
            try
            {
                if (TestTags.CreatedAt(await ports.Retry.RunAsync(tags, cancellationToken), project) is { } at)
                    found.Add(new Found(kind, name, TestName(name), place, at));
            }
            catch (ServiceCallException e) when (IsGone(e))
            {
                // It was deleted in the meantime.
            }
        }
    }

    /// <summary>Deletes resources in the order in which that is possible: rules, event buses, queues.</summary>
    private async Task<bool> RemoveAsync(IReadOnlyList<Found> found, IRunObserver observer, CancellationToken cancellationToken)
    {
        bool all = true;
        List<(string Bus, string Rule)> rules = [.. found.Where(each => each.Kind == FoundKind.Rule).Select(each => (each.Place, each.Name))];
        foreach (Found bus in found.Where(each => each.Kind == FoundKind.Bus))
            rules.AddRange((await RulesAsync(bus.Name, null, cancellationToken)).Select(rule => rule.String("Name")).OfType<string>().Select(rule => (bus.Name, rule)));
        ProgressCount progress = new(observer, LiveTestMessages.Removing());
        progress.Expect(rules.Count + found.Count);
        await foreach (bool removed in OrderedParallel.SelectAsync(Streams.From(rules), throttleLimit, async (rule, token) => await GuardAsync(LiveTestMessages.Rule(rule.Rule, rule.Bus), () => DeleteRuleAsync(rule.Bus, rule.Rule, token)), cancellationToken))
            all &= removed;
        foreach (Found each in found.Where(each => each.Kind != FoundKind.Rule))
        {
            all &= each.Kind == FoundKind.Bus
                ? await GuardAsync(LiveTestMessages.Bus(each.Name), () => ports.Buses.DeleteBusAsync(each.Name, cancellationToken))
                : await GuardAsync(LiveTestMessages.Queue(each.Name), () => ports.Queues.DeleteAsync(each.Place, cancellationToken));
        }

        return all;

        async Task<bool> GuardAsync(Message what, Func<Task> remove)
        {
            try
            {
                await ports.Retry.RunAsync(() => DoAsync(remove()), cancellationToken);
            }
            catch (ServiceCallException e) when (IsGone(e))
            {
                // So it is deleted.
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                observer.Failed(new ItemFailure(NotRemoved(what, e), what.ToString()));
                return false;
            }

            progress.Finish(what.ToString());
            return true;
        }
    }

    private async Task DeleteRuleAsync(string bus, string rule, CancellationToken cancellationToken)
    {
        string[] targets = [.. (await ports.Rules.ListTargetsByRuleAsync(bus, rule, cancellationToken).ToListAsync(cancellationToken)).Select(target => target.String("Id")).OfType<string>()];
        if (targets.Length > 0)
            await ports.Buses.RemoveTargetsAsync(bus, rule, targets, cancellationToken);
        await ports.Buses.DeleteRuleAsync(bus, rule, cancellationToken);
    }

    /// <summary>The rules of an event bus; none if it does not exist.</summary>
    private async Task<IReadOnlyList<JsonObject>> RulesAsync(string bus, string? prefix, CancellationToken cancellationToken)
    {
        try
        {
            return await ListAsync(() => ports.Rules.ListRulesAsync(bus, prefix, cancellationToken), cancellationToken);
        }
        catch (ServiceCallException e) when (IsGone(e))
        {
            return [];
        }
    }

    private Task<List<T>> ListAsync<T>(Func<IAsyncEnumerable<T>> list, CancellationToken cancellationToken) => ports.Retry.RunAsync(() => list().ToListAsync(cancellationToken), cancellationToken);

    private Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        ports.Retry.RunAsync(() => GracePeriod.RunAsync(ports.Time, call, cancellationToken), cancellationToken);

    private IReadOnlyDictionary<string, string> Tags() => TestTags.Of(project, ports.Time.GetUtcNow());

    private static OpsException NotRemoved(Message what, Exception reason) => reason is OpsException error
        ? new OpsException(error.ErrorId, LiveTestMessages.NotRemoved(what, error), error)
        : new OpsException(ErrorIds.WaitTimeout, LiveTestMessages.NotRemovedInTime(what), reason);

    private static bool IsGone(ServiceCallException error) => error.ErrorId is ErrorIds.EventBusNotFound or ErrorIds.RuleNotFound or ErrorIds.ResourceNotFound;

    /// <summary>The name of a test, of which the names of its event buses have more.</summary>
    private static string TestName(string name) => string.Join("-", name.Split('-').Take(4));

    private static async Task<bool> DoAsync(Task call)
    {
        await call;
        return true;
    }

    private enum FoundKind
    {
        Rule,
        Bus,
        Queue,
    }

    /// <summary>A resource of a test: its name, that of the test, and its event bus or URL.</summary>
    private sealed record Found(FoundKind Kind, string Name, string Test, string Place, DateTimeOffset CreatedAt);
}
