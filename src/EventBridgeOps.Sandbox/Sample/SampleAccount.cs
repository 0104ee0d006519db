using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Sample;

/// <summary>
/// A small sample account: images were released, new revisions of job definitions were registered, old revisions were deregistered,
/// but the targets were not updated. It contains every kind of target, and everything that the README names.
/// </summary>
public static class SampleAccount
{
    private const string ManagedBy = "states.amazonaws.com";

    /// <summary>The job definition, with its revision, that the target of the rule for MVP requests references.</summary>
    public const string RequestJobDefinition = "mvp-pipeline-job-definition:1";

    /// <summary>Creates the sample account in an engine that was just started.</summary>
    /// <exception cref="SandboxException">The engine rejected a call, for example because the sample account already exists.</exception>
    public static async Task<SampleSummary> FillAsync(ISandboxEngine engine, CancellationToken cancellationToken = default)
    {
        using SampleClient client = new(engine);
        string account = await client.AccountAsync(cancellationToken);
        SampleStory story = new(account, engine.Environment["AWS_REGION"]);

        foreach ((string operation, string form) in story.RoleCalls)
            await client.IamAsync(operation, form, cancellationToken);
        foreach ((string operation, string input) in SampleStory.EcrCalls)
            await client.EcrAsync(operation, input, cancellationToken);
        foreach ((string? operation, string? input) in story.BatchCalls)
            await client.BatchAsync(operation, input, cancellationToken);
        foreach (string input in story.QueueCalls)
            await client.SqsAsync("CreateQueue", input, cancellationToken);
        foreach ((string operation, string input) in story.EcsCalls)
            await client.EcsAsync(operation, input, cancellationToken);
        await client.DynamoAsync("CreateTable", SampleStory.JobTable, cancellationToken);
        foreach (string bus in SampleStory.Buses)
            await client.EventsAsync("CreateEventBus", $$"""{"Name":"{{bus}}"}""", cancellationToken);

        // moto fails a PutEvents that matches a rule with a Batch target, so requests are left without one there, and can be sent.
        List<SampleRule> rules = story.Rules.Where(rule => engine is not MotoEngine || rule.Name != SampleStory.RequestRule).ToList();
        foreach (SampleRule rule in rules)
        {
            await client.EventsAsync("PutRule", rule.Input.ToString(), cancellationToken);
            await client.EventsAsync("PutTargets", rule.TargetsInput.ToString(), cancellationToken);

            // Last, because targets cannot be added to a rule that a service manages.
            if (rule.IsManaged)
                await client.EventsAsync("PutRule", rule.Input.With("ManagedBy", ManagedBy).ToString(), cancellationToken);
        }

        List<RawDocument> targets = rules.SelectMany(rule => rule.Targets).ToList();
        return new(
            EventBuses: SampleStory.Buses.Count + 1,
            Rules: rules.Count,
            Targets: targets.Count,
            BatchTargets: targets.Count(target => target["BatchParameters"] is not null),
            JobQueues: story.BatchCalls.Count(call => call.Operation == "CreateJobQueue"),
            JobDefinitions: SampleStory.JobDefinitionNames.Count,
            Revisions: story.BatchCalls.Count(call => call.Operation == "RegisterJobDefinition"));
    }

    /// <summary>Those of the images, each a repository or <c>repository:tag</c>, that no job definition of the sample account runs.</summary>
    public static IReadOnlyList<string> ImagesNotRun(IEnumerable<string> images) => [.. images.Where(image => !SampleStory.Runs(image))];

    /// <summary>Deregisters a revision, as a release does.</summary>
    /// <exception cref="SandboxException">The engine rejected the call.</exception>
    public static async Task DeregisterAsync(ISandboxEngine engine, string jobDefinition, CancellationToken cancellationToken = default)
    {
        using SampleClient client = new(engine);
        await client.BatchAsync("DeregisterJobDefinition", $$"""{"jobDefinition":"{{jobDefinition}}"}""", cancellationToken);
    }
}

/// <summary>What the sample account holds.</summary>
/// <param name="EventBuses">Event buses, the default one included.</param>
/// <param name="Rules">Rules on all buses.</param>
/// <param name="Targets">Targets of all rules.</param>
/// <param name="BatchTargets">Those of them that start a Batch job.</param>
/// <param name="JobQueues">Job queues.</param>
/// <param name="JobDefinitions">Names of job definitions.</param>
/// <param name="Revisions">Their revisions, deregistered ones included.</param>
public sealed record SampleSummary(
    int EventBuses, int Rules, int Targets, int BatchTargets, int JobQueues, int JobDefinitions, int Revisions)
{
    /// <summary>In short.</summary>
    public override string ToString() => $"{Rules} rules on {EventBuses} buses";
}
