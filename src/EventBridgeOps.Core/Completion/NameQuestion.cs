using EventBridgeOps.Events.Messages;
using EventBridgeOps.Jobs;

namespace EventBridgeOps.Completion;

/// <summary>Which names to suggest, based on the command line typed so far.</summary>
public sealed record NameQuestion
{
    /// <summary>The kind of names.</summary>
    public required NameKind Kind { get; init; }

    /// <summary>For rules and targets: the buses, with or without wildcards; empty for <c>EVENTBRIDGE_BUS_NAME</c>, else all.</summary>
    public IReadOnlyList<string> EventBusName { get; init; } = [];

    /// <summary>For targets: the rules, with or without wildcards; empty for all.</summary>
    public IReadOnlyList<string> RuleName { get; init; } = [];

    /// <summary>For services: the clusters, with or without wildcards; empty for <c>CLUSTER_NAME</c>, else all.</summary>
    public IReadOnlyList<string> ClusterName { get; init; } = [];

    /// <summary>For tags: the repository.</summary>
    public string? RepositoryName { get; init; }

    /// <summary>For repositories and tags: the account of the registry; null for the session's own.</summary>
    public string? RegistryId { get; init; }

    /// <summary>For jobs: their store.</summary>
    public JobStoreChoice? Store { get; init; }

    /// <summary>For changes: the journal's folder; null for the usual one.</summary>
    public string? JournalPath { get; init; }

    /// <summary>For changes: the table of the journal; null for a folder.</summary>
    public string? JournalTable { get; init; }

    /// <summary>Whether the names come from an account and not from this computer.</summary>
    public bool NeedsAccount => (Kind <= NameKind.Job && Store?.Path is null) || JournalTable is not null;

    /// <summary>Creates the question from a command line typed so far.</summary>
    /// <param name="kind">The kind of names.</param>
    /// <param name="given">Reads a parameter by its name in PowerShell (<c>EventBusName</c>): its values; none when it is not given.</param>
    /// <param name="setting">Reads an environment variable.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: two parameters contradict each other.</exception>
    public static NameQuestion From(NameKind kind, Func<string, IReadOnlyList<string>> given, Func<string, string?> setting)
    {
        return new NameQuestion
        {
            Kind = kind,
            EventBusName = given("EventBusName") is { Count: > 0 } buses ? buses : setting("EVENTBRIDGE_BUS_NAME") is { Length: > 0 } bus ? [bus] : [],
            RuleName = given("RuleName"),
            ClusterName = given("ClusterName") is { Count: > 0 } clusters ? clusters : setting("CLUSTER_NAME") is { Length: > 0 } cluster ? [cluster] : [],
            RepositoryName = One("RepositoryName") ?? One("Repository"),
            RegistryId = One("RegistryId"),
            Store = kind == NameKind.Job ? JobStoreChoice.From(One("StorePath"), One("TableName"), setting) : null,
            JournalPath = One("JournalPath"),
            JournalTable = kind == NameKind.Change ? One("JournalTable") : null,
        };

        string? One(string parameter) => given(parameter) is { Count: > 0 } values ? values[values.Count - 1] : null;
    }

    /// <summary>The question as a text that no other question has: of what it says, only what its kind depends on, for the rest may be the very word that is typed.</summary>
    public string Key => string.Join("\n", [Kind.ToString(), .. Kind switch
    {
        NameKind.Rule => EventBusName,
        NameKind.Target => [.. EventBusName, "", .. RuleName],
        NameKind.Repository => [RegistryId],
        NameKind.ImageTag => [RegistryId, RepositoryName],
        NameKind.Service => ClusterName,
        NameKind.Job => [Store?.Path, Store?.TableName],
        NameKind.Change => [JournalPath, JournalTable],
        _ => (IReadOnlyList<string?>)[],
    }]);
}
