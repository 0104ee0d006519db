using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Events.Schedules;
using EventBridgeOps.Installation;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Which part of the logs of a project.</summary>
[Request]
public sealed partial record ProjectLogQuery : ProjectEnvironmentQuery
{
    /// <summary>The time of the first line: ISO 8601, or how long ago, such as <c>2h</c>.</summary>
    [Option("time", Otherwise = "1 hour ago")]
    public string? Since { get; init; }

    /// <summary>Only lines of this level and above. Those that do not say their level are then left out.</summary>
    [Option("level")]
    public ProjectLogLevel Level { get; init; }

    /// <summary>A filter pattern of CloudWatch Logs, for example `ERROR`.</summary>
    [Option("pattern")]
    public string? FilterPattern { get; init; }

    /// <summary>Wait for new lines until you press Ctrl+C.</summary>
    [Option]
    public bool Follow { get; init; }

    /// <summary>Checks the request.</summary>
    /// <param name="now">The time now.</param>
    /// <returns>How far to go back.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a value is not valid.</exception>
    public TimeSpan Check(DateTimeOffset now)
    {
        RequestLimits.Check(this, Request);
        if (string.IsNullOrEmpty(Since))
            return TimeSpan.FromHours(1);
        DateTimeOffset first = MomentText.Read(Since!, now) ?? throw new OpsException(ErrorIds.InvalidArgument, PublishMessages.NotATime(nameof(Since), Since!));
        return first < now ? now - first : throw new OpsException(ErrorIds.InvalidArgument, PublishMessages.NotYet(nameof(Since), first));
    }
}

/// <summary>Reads the logs of a project.</summary>
/// <param name="ports">The services.</param>
/// <param name="monitoring">Amazon CloudWatch Logs.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
public sealed class ProjectLogReader(PublishPorts ports, IMonitoringApi monitoring, ItemRetry retry, TimeProvider time)
{
    private const string LogGroupKind = "AWS::Logs::LogGroup";

    /// <summary>The lines.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.ResourceNotFound"/>: the environment is not published, or has no log. <see cref="ErrorIds.WrongAccountOrRegion"/>: the session is not in the account and Region of the environment.</exception>
    public async IAsyncEnumerable<ProjectLogLine> ReadAsync(ProjectLogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TimeSpan back = query.Check(time.GetUtcNow());
        ProjectPlace place = ProjectPlace.Of(query);
        await EnvironmentSession.RequireAsync(place.Environment, ports.Region, ports.Identity, retry, cancellationToken);
        string name = place.Template.StackName;
        Stack stack = await retry.RunAsync(() => ports.Stacks.DescribeAsync(name, cancellationToken), cancellationToken) ?? throw new OpsException(ErrorIds.ResourceNotFound, PublishMessages.NotPublished(name));
        List<StackResource> resources = await ports.Stacks.ReadResourcesAsync(stack, retry, cancellationToken);
        string[] groups = [.. resources.Where(resource => resource.Kind == LogGroupKind).Select(resource => resource.PhysicalId).OfType<string>()];
        if (groups.Length == 0)
            throw new OpsException(ErrorIds.ResourceNotFound, PublishMessages.NoLogs(name));
        await foreach ((string group, LogEvent happened) in new LogFollower(monitoring, retry, time).ReadAsync(groups, back, query.FilterPattern, query.Follow, cancellationToken))
        {
            ProjectLogLine line = ProjectLogLine.Of(group, happened);
            if (line.Level >= query.Level)
                yield return line;
        }
    }
}
