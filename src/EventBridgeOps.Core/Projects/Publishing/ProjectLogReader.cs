using System.Globalization;
using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Installation;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Which part of the logs of a project.</summary>
[Request]
public sealed partial record ProjectLogQuery : ProjectEnvironmentQuery
{
    /// <summary>How far to go back, in minutes.</summary>
    [Option("number", Min = 1, Max = 527_040)]
    public int SinceMinutes { get; init; } = 60;

    /// <summary>A filter pattern of CloudWatch Logs, for example `ERROR`.</summary>
    [Option("pattern")]
    public string? FilterPattern { get; init; }

    /// <summary>Wait for new lines until you press Ctrl+C.</summary>
    [Option]
    public bool Follow { get; init; }

    /// <summary>Checks the request.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a value is not valid.</exception>
    public void Check() => RequestLimits.Check(this, Request);
}

/// <summary>A line of a log of a project: of its event bus, of its logger, or of another log group of its stack.</summary>
[Record("Log lines", KnownBy = [nameof(Time), nameof(LogGroup), nameof(Text)])]
[Column("Time", nameof(Time), Form = ColumnForm.Moment, Width = 11)]
[Column("Log group", nameof(LogGroup), Room = 20)]
[Column("Text", nameof(Text))]
public sealed partial record ProjectLogLine
{
    /// <summary>When it was written, in UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The name of the log group.</summary>
    public required string LogGroup { get; init; }

    /// <summary>The line as it was written.</summary>
    public required string Text { get; init; }

    /// <summary>Time, log group and text.</summary>
    public override string ToString() => $"{Time.ToString("O", CultureInfo.InvariantCulture)} {LogGroup} {Text}";
}

/// <summary>Reads the logs of a project.</summary>
/// <param name="stacks">AWS CloudFormation.</param>
/// <param name="monitoring">Amazon CloudWatch Logs.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
public sealed class ProjectLogReader(IStackApi stacks, IMonitoringApi monitoring, ItemRetry retry, TimeProvider time)
{
    private const string LogGroupKind = "AWS::Logs::LogGroup";

    /// <summary>The lines.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.ResourceNotFound"/>: the environment is not published, or has no log.</exception>
    public async IAsyncEnumerable<ProjectLogLine> ReadAsync(ProjectLogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        query.Check();
        string name = ProjectPlace.Of(query).Template.StackName;
        Stack stack = await retry.RunAsync(() => stacks.DescribeAsync(name, cancellationToken), cancellationToken) ?? throw new OpsException(ErrorIds.ResourceNotFound, PublishMessages.NotPublished(name));
        List<StackResource> resources = await stacks.ReadResourcesAsync(stack, retry, cancellationToken);
        string[] groups = [.. resources.Where(resource => resource.Kind == LogGroupKind).Select(resource => resource.PhysicalId).OfType<string>()];
        if (groups.Length == 0)
            throw new OpsException(ErrorIds.ResourceNotFound, PublishMessages.NoLogs(name));
        await foreach ((string group, LogEvent happened) in new LogFollower(monitoring, retry, time).ReadAsync(groups, TimeSpan.FromMinutes(query.SinceMinutes), query.FilterPattern, query.Follow, cancellationToken))
            yield return new ProjectLogLine { Time = happened.Time, LogGroup = group, Text = happened.Text.TrimEnd() };
    }
}
