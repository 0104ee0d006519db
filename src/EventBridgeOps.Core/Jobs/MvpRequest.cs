using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Jobs;

/// <summary>The priority of a request.</summary>
public enum MvpPriority
{
    /// <summary>Low priority.</summary>
    Low,

    /// <summary>Normal priority, the default.</summary>
    Normal,

    /// <summary>High priority.</summary>
    High,
}

/// <summary>A request to build an MVP. <see cref="ToString"/> shows no secret.</summary>
public sealed record MvpRequest
{
    /// <summary>The job ID; null for a new one.</summary>
    public string? JobId { get; init; }

    /// <summary>The user.</summary>
    public string? UserId { get; init; }

    /// <summary>The product.</summary>
    public string? ProductId { get; init; }

    /// <summary>The ARN of a Secrets Manager secret with the database URL; or, with <see cref="AllowPlainDatabaseUrl"/>, the URL itself.</summary>
    public string? DatabaseUrl { get; init; }

    /// <summary>Send the URL itself. Everyone who can read the events of the event bus, its archives or the logs of its targets can then read it.</summary>
    public bool AllowPlainDatabaseUrl { get; init; }

    /// <summary>The priority.</summary>
    public MvpPriority Priority { get; init; } = MvpPriority.Normal;

    /// <summary>The name of the business.</summary>
    public string? BusinessName { get; init; }

    /// <summary>The estimated duration in seconds, or with units: <c>14400</c>, <c>4h</c>, <c>1d12h</c>, <c>04:00:00</c>. It is sent as a number of seconds.</summary>
    public string? EstimatedDuration { get; init; }

    /// <summary>The requested features.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>The email address of the user.</summary>
    public string? UserEmail { get; init; }

    /// <summary>Additional fields for the <c>metadata</c> of the event.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>The event bus; null for that of the run.</summary>
    public string? EventBusName { get; init; }

    /// <summary>The environment variable that <see cref="DatabaseUrl"/> comes from, so that messages name it; null for none.</summary>
    internal string? DatabaseVariable { get; init; }

    /// <summary>Where it was read, for people, so that messages name its members and not parameters; null when it was not read from a file.</summary>
    internal string? Origin { get; init; }

    /// <summary>The request with a database: that which the user specifies, else that of <see cref="DatabaseSetting"/>.</summary>
    /// <param name="given">The URL or the ARN of its secret; null if none is specified.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public MvpRequest WithDatabase(string? given, Func<string, string?> environment) =>
        this with { DatabaseUrl = DatabaseSetting.Find(given, environment), DatabaseVariable = given is null ? DatabaseSetting.VariableOf(environment) : null };

    /// <summary>Checks the request.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidRequest"/>, with all faults.</exception>
    public void Check()
    {
        IReadOnlyList<Message> faults = MvpRequestCheck.Faults(this);
        if (faults.Count > 0)
            throw new OpsException(ErrorIds.InvalidRequest, JobMessages.Faults(Origin, Message.Join("; ", faults)));
    }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"JobId = {JobId}, UserId = {UserId}, ProductId = {ProductId}");
        return true;
    }
}
