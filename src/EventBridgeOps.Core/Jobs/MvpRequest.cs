using System.Text;
using System.Text.Json.Nodes;

namespace EventBridgeOps.Jobs;

/// <summary>How urgent a request is.</summary>
public enum MvpPriority
{
    /// <summary>Not urgent.</summary>
    Low,

    /// <summary>As most are.</summary>
    Normal,

    /// <summary>Before the others.</summary>
    High,
}

/// <summary>What a user asks for: an MVP to be built. <see cref="ToString"/> shows no secret.</summary>
public sealed record MvpRequest
{
    /// <summary>The job's id; null for a new one.</summary>
    public string? JobId { get; init; }

    /// <summary>Who asks.</summary>
    public string? UserId { get; init; }

    /// <summary>For which product.</summary>
    public string? ProductId { get; init; }

    /// <summary>The ARN of a Secrets Manager secret that holds the database's URL; or that URL itself, where <see cref="AllowPlainDatabaseUrl"/> says so.</summary>
    public string? DatabaseUrl { get; init; }

    /// <summary>Send the URL itself: everybody who can read the bus's events, its archive or its targets' logs can then read it.</summary>
    public bool AllowPlainDatabaseUrl { get; init; }

    /// <summary>How urgent it is.</summary>
    public MvpPriority Priority { get; init; } = MvpPriority.Normal;

    /// <summary>The name of the business.</summary>
    public string? BusinessName { get; init; }

    /// <summary>How long it is expected to take; a whole number goes as one.</summary>
    public string? EstimatedDuration { get; init; }

    /// <summary>What it is to have.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>The user's e-mail address.</summary>
    public string? UserEmail { get; init; }

    /// <summary>Anything else for the event's <c>metadata</c>.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>The bus; null for the run's.</summary>
    public string? EventBusName { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"JobId = {JobId}, UserId = {UserId}, ProductId = {ProductId}");
        return true;
    }
}
