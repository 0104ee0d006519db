using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Installation;

/// <summary>Which part of the log.</summary>
[Request]
public sealed partial record AutomationLogQuery : AutomationQuery
{
    /// <summary>How far to go back, in minutes.</summary>
    [Option("number", Min = 1, Max = 527_040)]
    public int SinceMinutes { get; init; } = 60;

    /// <summary>A filter pattern of CloudWatch Logs, for example `Error`.</summary>
    [Option("pattern")]
    public string? FilterPattern { get; init; }

    /// <summary>Wait for new lines until you press Ctrl+C.</summary>
    [Option]
    public bool Follow { get; init; }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        RequestLimits.Check(this, Request);
    }
}

/// <summary>A line of the log of the function.</summary>
[Record("Log lines", State = nameof(Level))]
[Column("Time", nameof(Time), Form = ColumnForm.Moment, Width = 11)]
[Column("Level", nameof(Level), Width = 7)]
[Column("Event", nameof(Event), Width = 17)]
[Column("Message", nameof(Message))]
public sealed partial record AutomationLogLine
{
    /// <summary>When it was written, in UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The level.</summary>
    public AutomationLogLevel Level { get; init; }

    /// <summary>The name of what happened, for example <c>invocation.done</c>; null for a line of AWS Lambda itself.</summary>
    public string? Event { get; init; }

    /// <summary>What happened; of an item, its name, status and reason.</summary>
    public required string Message { get; init; }

    /// <summary>The ID of the invocation; null if the line does not belong to one.</summary>
    [Field(Unlisted = true)]
    public string? RequestId { get; init; }

    /// <summary>The line as it was written.</summary>
    [Field(Document = true)]
    public required string Text { get; init; }

    /// <summary>Time and message.</summary>
    public override string ToString() => $"{Time.ToString("O", CultureInfo.InvariantCulture)} {Level} {Event} {Message}";

    /// <summary>The line of an event of the log.</summary>
    internal static AutomationLogLine Of(LogEvent happened)
    {
        string text = happened.Text.TrimEnd();
        JsonObject? line = happened.ReadJson();
        return new AutomationLogLine
        {
            Time = happened.Time,
            Level = line?.String("level") is { } level && Enum.TryParse(level, out AutomationLogLevel known) ? known : AutomationLogLevel.Info,
            Event = line?.String("event"),
            Message = line?.String("message") ?? Item(line) ?? text,
            RequestId = line?.String("requestId"),
            Text = text,
        };
    }

    private static string? Item(JsonObject? line) => line?.String("name") is { } name ? $"{name}: {line.String("status")}{(line.String("reason") is { } reason ? $" ({reason})" : "")}" : null;
}

/// <summary>The level of a line of the log.</summary>
public enum AutomationLogLevel : long
{
    /// <summary>Why something was done or skipped.</summary>
    Debug,

    /// <summary>What was done.</summary>
    Info,

    /// <summary>What needs attention although nothing failed.</summary>
    [State(Tone.Warning)]
    Warning,

    /// <summary>What failed.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    Error,
}

/// <summary>Reads the log of the function.</summary>
/// <param name="stacks">AWS CloudFormation.</param>
/// <param name="monitoring">Amazon CloudWatch Logs.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
public sealed class AutomationLogReader(IStackApi stacks, IMonitoringApi monitoring, ItemRetry retry, TimeProvider time)
{
    /// <summary>The lines.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.ResourceNotFound"/>: there is no such stack.</exception>
    public async IAsyncEnumerable<AutomationLogLine> ReadAsync(AutomationLogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        query.Check();
        Stack stack = await retry.RunAsync(() => stacks.DescribeAsync(query.StackName, cancellationToken), cancellationToken) ?? throw new OpsException(ErrorIds.ResourceNotFound, InstallationMessages.NotInstalled(query.StackName));
        List<StackResource> resources = await stacks.ReadResourcesAsync(stack, retry, cancellationToken);
        string group = resources.Find(resource => resource.LogicalId == "Logs")?.PhysicalId ?? throw new OpsException(ErrorIds.ResourceNotFound, AutomationTemplate.IsForeign(stack) ? InstallationMessages.NotOurs(stack.Name) : InstallationMessages.NoResource(stack.Name, "Logs"));
        await foreach ((_, LogEvent happened) in new LogFollower(monitoring, retry, time).ReadAsync([group], TimeSpan.FromMinutes(query.SinceMinutes), query.FilterPattern, query.Follow, cancellationToken))
            yield return AutomationLogLine.Of(happened);
    }
}
