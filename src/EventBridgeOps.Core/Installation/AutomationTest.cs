using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Automation;
using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Installation;

/// <summary>How to test an installation.</summary>
[Request]
public sealed partial record TestRequest : AutomationQuery
{
    /// <summary>The tag of the image that is pushed.</summary>
    [Option("tag", Otherwise = "the first tag that the configuration follows")]
    public string? ImageTag { get; init; }

    /// <summary>The maximum time to wait for the function, in seconds.</summary>
    [Option("number", Min = 1, Max = 3600)]
    public int TimeoutSeconds { get; init; } = 180;

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        RequestLimits.Check(this, Request);
    }
}

/// <summary>What a test creates and removes. Every method throws <see cref="Services.ServiceCallException"/> if the service rejects the call or cannot be reached.</summary>
public interface ITestResourcesApi
{
    /// <summary>CreateRepository.</summary>
    /// <param name="name">The name of the repository.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>The URI of the repository.</returns>
    Task<string> CreateRepositoryAsync(string name, CancellationToken cancellationToken);

    /// <summary>Pushes an image without layers: uploads its configuration, and puts its manifest.</summary>
    /// <param name="repository">The name of the repository.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="cancellationToken">Cancels the calls; whether they took effect is then unknown.</param>
    Task PushImageAsync(string repository, string tag, CancellationToken cancellationToken);

    /// <summary>DeleteRepository, with its images.</summary>
    /// <param name="name">The name of the repository.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task DeleteRepositoryAsync(string name, CancellationToken cancellationToken);

    /// <summary>PutRule: a rule on the default event bus that matches no event.</summary>
    /// <param name="name">The name of the rule.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task PutUnmatchedRuleAsync(string name, CancellationToken cancellationToken);

    /// <summary>RemoveTargets and DeleteRule.</summary>
    /// <param name="name">The name of the rule.</param>
    /// <param name="targetId">The ID of its target.</param>
    /// <param name="cancellationToken">Cancels the calls; whether they took effect is then unknown.</param>
    Task DeleteRuleAsync(string name, string targetId, CancellationToken cancellationToken);
}

/// <summary>Tests an installation: the push of an image is followed from Amazon ECR to a target, with resources of the test alone.</summary>
/// <remarks>The rule of the test matches no event, so that nothing is started; targets of disabled rules are not followed. Everything is removed afterwards, also if the test fails or is cancelled.</remarks>
/// <param name="stacks">AWS CloudFormation.</param>
/// <param name="resources">Creates and removes what the test needs.</param>
/// <param name="rules">Amazon EventBridge.</param>
/// <param name="batch">AWS Batch.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
public sealed class AutomationTest(IStackApi stacks, ITestResourcesApi resources, IEventBridgeApi rules, IBatchApi batch, ItemRetry retry, TimeProvider time)
{
    private const string TargetId = "test";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Runs the test.</summary>
    /// <param name="request">How.</param>
    /// <param name="approve">Asks whether to create and remove the resources of the test.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellationToken">Ends the test; what it created is removed all the same.</param>
    /// <returns>The steps as they finish.</returns>
    public async IAsyncEnumerable<CheckResult> RunAsync(TestRequest request, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        request.Check();
        CheckResults results = new(observer.Voice);
        Stack? stack = await retry.RunAsync(() => stacks.DescribeAsync(request.StackName, cancellationToken), cancellationToken);
        CheckResult found = StackCheck.Of(request.StackName, stack, results);
        yield return found;
        if (stack is null || found.Status != CheckStatus.OK)
            yield break;
        (TestNames? possible, CheckResult? obstacle) = Names(stack, request, results);
        if (possible is not { } names)
        {
            yield return obstacle!;
            yield break;
        }

        if (await approve(new PlannedChange(names.Repository, InstallationMessages.TestWith(names.Repository, names.JobDefinition, names.Rule)), cancellationToken) != Approval.Write)
            yield break;
        List<(Message What, Func<Task> Remove)> made = [];
        try
        {
            foreach (Func<Task<CheckResult>> step in Steps(stack, names, request, made, observer, results, cancellationToken))
            {
                CheckResult result = await step();
                yield return result;
                if (result.Status != CheckStatus.OK)
                    break;
            }
        }
        finally
        {
            await RemoveAsync(made, observer);
        }
    }

    private IEnumerable<Func<Task<CheckResult>>> Steps(Stack stack, TestNames names, TestRequest request, List<(Message What, Func<Task> Remove)> made, IRunObserver observer, CheckResults results, CancellationToken cancellationToken)
    {
        string uri = "";
        yield return () => StepAsync(InstallationMessages.RepositoryNamed(names.Repository), async () =>
        {
            made.Add((InstallationMessages.RepositoryNamed(names.Repository), () => resources.DeleteRepositoryAsync(names.Repository, CancellationToken.None)));
            uri = await resources.CreateRepositoryAsync(names.Repository, cancellationToken);
            return InstallationMessages.Created();
        });
        yield return () => StepAsync(InstallationMessages.DefinitionNamed(names.JobDefinition), async () =>
        {
            made.Add((InstallationMessages.DefinitionNamed(names.JobDefinition), () => DeregisterAsync(names.JobDefinition)));
            JsonObject definition = new()
            {
                ["jobDefinitionName"] = names.JobDefinition,
                ["type"] = "container",
                ["containerProperties"] = new JsonObject { ["image"] = $"{uri}:before", ["vcpus"] = 1, ["memory"] = 128 },
            };
            RegisteredJobDefinition registered = await batch.RegisterJobDefinitionAsync(definition, cancellationToken);
            return InstallationMessages.RevisionRuns(registered.Revision, "before");
        });
        yield return () => StepAsync(InstallationMessages.RuleNamed(names.Rule), async () =>
        {
            made.Add((InstallationMessages.RuleNamed(names.Rule), () => resources.DeleteRuleAsync(names.Rule, TargetId, CancellationToken.None)));
            await resources.PutUnmatchedRuleAsync(names.Rule, cancellationToken);
            IReadOnlyList<FailedTargetEntry> failed = await rules.PutTargetsAsync("default", names.Rule, [await TargetAsync(stack, names, cancellationToken)], cancellationToken);
            return failed.Count == 0 ? InstallationMessages.TargetNames($"{names.JobDefinition}:1") : throw new OpsException(ErrorIds.WriteFailed, InstallationMessages.TargetRejected(failed[0].ErrorCode, failed[0].ErrorMessage));
        });
        yield return () => StepAsync(InstallationMessages.Push(names.Repository, names.Tag), async () =>
        {
            await resources.PushImageAsync(names.Repository, names.Tag, cancellationToken);
            return InstallationMessages.Pushed();
        });
        yield return () => StepAsync(InstallationMessages.FunctionNamed(request.StackName), async () =>
        {
            int revision = await WaitAsync(async () => await RevisionAsync(names, cancellationToken), request, InstallationMessages.WaitingForRevision(names.JobDefinition), observer, cancellationToken);
            return InstallationMessages.RevisionRuns(revision, names.Tag);
        }, InstallationMessages.SeeCheck());
        yield return () => StepAsync(InstallationMessages.Target(), async () =>
        {
            string reference = await WaitAsync(() => FollowedAsync(names, cancellationToken), request, InstallationMessages.WaitingForTarget(names.Rule), observer, cancellationToken);
            return InstallationMessages.TargetNames(reference);
        }, InstallationMessages.SeeCheck());

        Task<CheckResult> StepAsync(Message check, Func<Task<Message>> run, Message? advice = null) =>
            results.GuardAsync(1, check, advice ?? InstallationMessages.SeePermissions(), async () => results.Ok(1, check, await run()), cancellationToken);
    }

    /// <summary>A target with a job queue of the account, because rules are found by the job queues that there are. The rule matches no event, so no job is submitted to it.</summary>
    private async Task<JsonObject> TargetAsync(Stack stack, TestNames names, CancellationToken cancellationToken)
    {
        List<JsonObject> queues = await retry.RunAsync(() => batch.DescribeJobQueuesAsync(cancellationToken).ToListAsync(cancellationToken), cancellationToken);
        return new JsonObject
        {
            ["Id"] = TargetId,
            ["Arn"] = queues.Select(queue => queue.String("jobQueueArn")).FirstOrDefault(arn => arn is not null) ?? throw new OpsException(ErrorIds.ResourceNotFound, InstallationMessages.NoJobQueue()),
            ["RoleArn"] = stack.Outputs.TryGetValue("RoleArn", out string? role) ? role : null,
            ["BatchParameters"] = new JsonObject { ["JobDefinition"] = $"{names.JobDefinition}:1", ["JobName"] = names.JobDefinition },
        };
    }

    private async Task<int?> RevisionAsync(TestNames names, CancellationToken cancellationToken)
    {
        List<JsonObject> active = await retry.RunAsync(() => batch.DescribeJobDefinitionsAsync(names.JobDefinition, "ACTIVE", cancellationToken).ToListAsync(cancellationToken), cancellationToken);
        JsonObject? newer = active.Find(definition => (definition["containerProperties"] as JsonObject)?.String("image")?.EndsWith(":before", StringComparison.Ordinal) == false);
        return newer?["revision"]?.GetValue<int>();
    }

    private async Task<string?> FollowedAsync(TestNames names, CancellationToken cancellationToken)
    {
        List<JsonObject> targets = await retry.RunAsync(() => rules.ListTargetsByRuleAsync("default", names.Rule, cancellationToken).ToListAsync(cancellationToken), cancellationToken);
        return targets.Select(target => (target["BatchParameters"] as JsonObject)?.String("JobDefinition")).FirstOrDefault(reference => reference is not null && !reference.EndsWith(":1", StringComparison.Ordinal));
    }

    private async Task<T> WaitAsync<T>(Func<Task<T?>> look, TestRequest request, Message activity, IRunObserver observer, CancellationToken cancellationToken)
        where T : class
    {
        long start = time.GetTimestamp();
        while (true)
        {
            if (await look() is { } seen)
                return seen;
            if (time.GetElapsedTime(start).TotalSeconds > request.TimeoutSeconds)
                throw new OpsException(ErrorIds.WaitTimeout, InstallationMessages.NothingHappened(request.TimeoutSeconds));
            observer.Progress(new RunProgress(activity, 0, null, string.Format(CultureInfo.InvariantCulture, "{0:0} s", time.GetElapsedTime(start).TotalSeconds)));
            await time.Delay(Interval, cancellationToken);
        }
    }

    private async Task<int> WaitAsync(Func<Task<int?>> look, TestRequest request, Message activity, IRunObserver observer, CancellationToken cancellationToken) =>
        int.Parse(await WaitAsync(async () => (await look())?.ToString(CultureInfo.InvariantCulture), request, activity, observer, cancellationToken), CultureInfo.InvariantCulture);

    private async Task DeregisterAsync(string jobDefinition)
    {
        foreach (JsonObject revision in await batch.DescribeJobDefinitionsAsync(jobDefinition, "ACTIVE", CancellationToken.None).ToListAsync(CancellationToken.None))
            await batch.DeregisterJobDefinitionAsync($"{jobDefinition}:{revision["revision"]}", CancellationToken.None);
    }

    /// <summary>Removes what the test made, the last thing first.</summary>
    private static async Task RemoveAsync(List<(Message What, Func<Task> Remove)> made, IRunObserver observer)
    {
        for (int i = made.Count - 1; i >= 0; i--)
        {
            try
            {
                await made[i].Remove();
            }
            catch (OpsException e)
            {
                observer.Failed(new ItemFailure(new OpsException(e.ErrorId, InstallationMessages.NotRemoved(made[i].What, e), e), made[i].What.ToString()));
            }
        }
    }

    /// <summary>Names that the parameters of the stack allow.</summary>
    private (TestNames? Names, CheckResult? Obstacle) Names(Stack stack, TestRequest request, CheckResults results)
    {
        if (Parameter(stack, "ImagePush") == "false")
            return (null, results.Skip(1, InstallationMessages.TestNamesOf("ImagePush"), InstallationMessages.PushesOff()));
        string own = "ebops-test-" + time.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        if (Name(Parameter(stack, "Repositories") ?? "*", own) is not { } repository)
            return (null, NoName("Repositories"));
        if (Name(Parameter(stack, "JobDefinitions") ?? "*", own) is not { } definition)
            return (null, NoName("JobDefinitions"));
        return (new TestNames(repository, definition, own, request.ImageTag ?? Tag(stack)), null);

        CheckResult NoName(string parameter) => results.Skip(1, InstallationMessages.TestNamesOf(parameter), InstallationMessages.NoTestName(parameter, Parameter(stack, parameter)));
    }

    /// <summary>The first tag that the configuration follows, with a text in place of wildcards.</summary>
    private static string Tag(Stack stack) =>
        Name(SettingFields.Read(Parameter(stack, "Settings") is { Length: > 0 } settings ? settings : null, "Settings", _ => null).Push.Tags[0], "1") ?? "latest";

    /// <summary>A name that a pattern matches; the pattern itself if <paramref name="own"/> is short, and null if it has no wildcards.</summary>
    private static string? Name(string pattern, string own)
    {
        NamePattern wanted = NamePattern.Parse(pattern);
        if (!wanted.HasWildcard)
            return own.Length == 1 ? pattern : null;
        int first = pattern.IndexOf('*');
        string name = (first < 0 ? pattern : pattern.Substring(0, first) + own + pattern.Substring(first + 1).Replace("*", "")).Replace('?', 'x');
        return wanted.IsMatch(name) ? name : null;
    }

    private static string? Parameter(Stack stack, string name) => stack.Parameters.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    private sealed record TestNames(string Repository, string JobDefinition, string Rule, string Tag);
}
