using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Installation;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Finds the data that is lost when resources are deleted or replaced, which has to be named before.</summary>
/// <param name="ports">The services.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
internal sealed class DataLoss(PublishPorts ports, ItemRetry retry, TimeProvider time)
{
    private const string Queue = "AWS::SQS::Queue";

    /// <summary>How long a resource keeps its data: the property, its value if it is missing, and how long one of it is. An archive keeps events for ever by default, a queue messages for four days.</summary>
    private static readonly Dictionary<string, (string Property, long Otherwise, long Unit, Func<long, Message> Loses)> Kept = new(StringComparer.Ordinal)
    {
        [BusParts.ArchiveKind] = ("RetentionDays", long.MaxValue, TimeSpan.TicksPerDay, PublishMessages.LosesOlderEvents),
        [Queue] = ("MessageRetentionPeriod", 345600, TimeSpan.TicksPerSecond, PublishMessages.LosesOlderMessages),
    };

    /// <summary>What is lost with a resource, by its type. The schemas of a registry are in the project, and can be published again.</summary>
    private static readonly Dictionary<string, Func<Message>> Held = new(StringComparer.Ordinal)
    {
        [BusParts.BusKind] = PublishMessages.LosesBus,
        ["AWS::DynamoDB::Table"] = PublishMessages.LosesItems,
        ["AWS::DynamoDB::GlobalTable"] = PublishMessages.LosesItems,
        ["AWS::ECR::Repository"] = PublishMessages.LosesImages,
        ["AWS::Kinesis::Stream"] = PublishMessages.LosesRecords,
        ["AWS::RDS::DBInstance"] = PublishMessages.LosesDatabase,
        ["AWS::RDS::DBCluster"] = PublishMessages.LosesDatabase,
        ["AWS::EFS::FileSystem"] = PublishMessages.LosesFiles,
    };

    /// <summary>The data that is lost with a resource.</summary>
    /// <param name="kind">Its type.</param>
    /// <param name="name">Its name, URL or ARN; null if it was not created.</param>
    /// <param name="environment">Where it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null if none is.</returns>
    public Task<Message?> OfAsync(string kind, string? name, ProjectEnvironment environment, CancellationToken cancellationToken) => (kind, name) switch
    {
        (_, null) => Task.FromResult<Message?>(null),
        (Queue, _) => CountAsync(async () => await ports.Queues.CountMessagesAsync(QueueArn(name, environment), cancellationToken), PublishMessages.LosesMessages, cancellationToken),
        (BusParts.ArchiveKind, _) => CountAsync(() => ArchivedAsync(name, cancellationToken), PublishMessages.LosesArchive, cancellationToken),
        (ProjectStacks.Bucket, _) => CountAsync(async () => await ports.Buckets.HoldsAnyAsync(name, cancellationToken) == true ? 1 : 0, _ => PublishMessages.LosesObjects(), cancellationToken),
        _ => Task.FromResult(Held.TryGetValue(kind, out Func<Message>? loses) ? loses() : null),
    };

    /// <summary>The ARN of a queue, by its URL, which ends in the account and the name.</summary>
    internal static Arn QueueArn(string url, ProjectEnvironment environment) => Arn.In("sqs", environment.Region, environment.AccountId, url.Substring(url.LastIndexOf('/') + 1));

    /// <summary>Whether a change of a resource can lose data, by its type.</summary>
    public static bool Keeps(string kind) => Kept.ContainsKey(kind);

    /// <summary>The data that is lost by a change: what was kept longer before.</summary>
    /// <param name="kind">The type of the resource.</param>
    /// <param name="name">Its name, URL or ARN.</param>
    /// <param name="before">The resource as it was deployed.</param>
    /// <param name="after">The resource as it will be.</param>
    /// <param name="environment">Where it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null if none is.</returns>
    public async Task<Message?> OfChangeAsync(string kind, string? name, JsonObject? before, JsonObject? after, ProjectEnvironment environment, CancellationToken cancellationToken)
    {
        if (!Kept.TryGetValue(kind, out (string Property, long Otherwise, long Unit, Func<long, Message> Loses) kept))
            return null;
        long from = Length(before), to = Length(after);
        if (to >= from || await OfAsync(kind, name, environment, cancellationToken) is null)
            return null;
        // Of an archive that is younger than that, nothing is older.
        return kind == BusParts.ArchiveKind && await IsYoungerAsync(name!, TimeSpan.FromTicks(to * kept.Unit), cancellationToken) ? null : kept.Loses(to);

        long Length(JsonObject? resource) => long.TryParse(resource?["Properties"]?[kept.Property]?.ToString() ?? "", NumberStyles.None, CultureInfo.InvariantCulture, out long length) && length > 0 ? length : kept.Otherwise;
    }

    private async Task<bool> IsYoungerAsync(string archive, TimeSpan age, CancellationToken cancellationToken) =>
        await retry.RunAsync(() => ports.Archives.DescribeArchiveAsync(archive, cancellationToken), cancellationToken) is { } found && found["CreationTime"] is { } created && EventTime.Read(created) is { } at && time.GetUtcNow() - at < age;

    // Of what arrived in the last 24 hours, the count says nothing: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html.
    private async Task<long?> ArchivedAsync(string archive, CancellationToken cancellationToken) =>
        (await ports.Archives.DescribeArchiveAsync(archive, cancellationToken))["EventCount"] is JsonValue value && value.TryGetValue(out long count) && count > 0 ? count : null;

    private async Task<Message?> CountAsync(Func<Task<long?>> count, Func<long?, Message> loses, CancellationToken cancellationToken)
    {
        try
        {
            return await retry.RunAsync(count, cancellationToken) is var held && held != 0 ? loses(held) : null;
        }
        catch (OpsException e) when (e.ErrorId == ErrorIds.ResourceNotFound)
        {
            return null;
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return loses(null); // Unknown is not none.
        }
    }

    /// <summary>Refuses losses that were not named.</summary>
    /// <param name="stack">The name of the stack.</param>
    /// <param name="losses">The name in the template, that in AWS, and what is lost.</param>
    /// <param name="discard">What may be lost.</param>
    /// <param name="observer">Receives each loss that is not named.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.DataLoss"/>.</exception>
    public static void Refuse(string stack, IReadOnlyList<(string Resource, string? Name, Message Loses)> losses, IReadOnlyList<string> discard, IRunObserver observer)
    {
        foreach (string unknown in discard.Where(word => !losses.Any(loss => IsNamed(loss, [word]))))
            observer.Verbose(PublishMessages.NothingToDiscard(unknown));
        (string Resource, string? Name, Message Loses)[] unnamed = [.. losses.Where(loss => !IsNamed(loss, discard))];
        if (unnamed.Length > 0)
            throw new OpsException(ErrorIds.DataLoss, PublishMessages.WouldLose(stack, [.. unnamed.Select(loss => $"{loss.Resource} ({observer.Text(loss.Loses)})")]));
    }

    private static bool IsNamed((string Resource, string? Name, Message Loses) loss, IReadOnlyList<string> discard) =>
        discard.Any(word => word == loss.Resource || (loss.Name is { } name && StackResource.IsNamed(name, word)));
}
