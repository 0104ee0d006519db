using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Events.Entries;

/// <summary>Values that an event has and an entry does not contain.</summary>
public sealed record EntryDefaults
{
    /// <summary>The account ID used in AWS documentation examples.</summary>
    public const string SampleAccount = "123456789012";

    /// <summary>The Region used in AWS documentation examples.</summary>
    public const string SampleRegion = "us-east-1";

    /// <summary>The event's <c>id</c>; null for a random one for each event.</summary>
    public string? Id { get; init; }

    /// <summary>The event's <c>account</c>; null for that of the bus's ARN, else <c>123456789012</c>.</summary>
    public string? AccountId { get; init; }

    /// <summary>The event's <c>region</c>; null for that of the bus's ARN, else <c>us-east-1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>The event's <c>time</c>, where the entry has none; null for now.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The defaults from what the user specifies; the Region falls back to the environment (<c>AWS_REGION</c>, <c>AWS_DEFAULT_REGION</c>).</summary>
    /// <param name="id">The ID; null or empty when not specified.</param>
    /// <param name="accountId">The account ID; null or empty when not specified.</param>
    /// <param name="region">The Region; null or empty when not specified.</param>
    /// <param name="time">The time; null when not specified.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the account ID or the Region is not valid.</exception>
    public static EntryDefaults From(string? id, string? accountId, string? region, DateTimeOffset? time, Func<string, string?> environment)
    {
        if (Given(accountId) is { } account && (account.Length != SampleAccount.Length || !account.All(letter => letter is >= '0' and <= '9')))
            throw new OpsException(ErrorIds.InvalidArgument, EntryMessages.NotAnAccount(account));
        if (Given(region) is { } named && !Partitions.IsRegion(named))
            throw new OpsException(ErrorIds.InvalidArgument, EntryMessages.NotARegion(named));
        return new EntryDefaults
        {
            Id = Given(id),
            AccountId = Given(accountId),
            Region = Given(region) ?? Given(environment("AWS_REGION")) ?? Given(environment("AWS_DEFAULT_REGION")),
            Time = time,
        };
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
