using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Automation;

/// <summary>A deployment that the automation started, as it is remembered until Amazon ECS reports its end.</summary>
/// <param name="Id">The deployment's ID.</param>
/// <param name="From">The task definition before: family and revision.</param>
/// <param name="To">The task definition that is deployed.</param>
/// <param name="ChangeId">The change in the journal; null if an earlier run wrote it and ended before it could say so.</param>
/// <param name="Facts">What the result says of it: cluster, service, repository, tag and more.</param>
public sealed record StartedDeployment(string Id, string? From, string? To, string? ChangeId, IReadOnlyDictionary<string, string> Facts)
{
    internal JsonObject ToDocument() => new()
    {
        ["from"] = From,
        ["to"] = To,
        ["changeId"] = ChangeId,
        ["facts"] = new JsonObject(Facts.Select(fact => new KeyValuePair<string, JsonNode?>(fact.Key, fact.Value))),
    };

    internal static StartedDeployment Read(string id, JsonObject document) => new(
        id, document.String("from"), document.String("to"), document.String("changeId"),
        (document["facts"] as JsonObject ?? []).ToDictionary(fact => fact.Key, fact => Document.Text(fact.Value) ?? "", StringComparer.Ordinal));
}

/// <summary>Remembers the deployments that were started, so that their end can be told from that of others.</summary>
/// <param name="ledger">Where they are remembered; null: only in this instance, as long as it runs.</param>
public sealed class StartedDeployments(IWorkLedger? ledger)
{
    private readonly ConcurrentDictionary<string, StartedDeployment> _own = new(StringComparer.Ordinal);

    /// <summary>Remembers a deployment.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.WorkTableUnavailable"/>.</exception>
    public Task RecordAsync(StartedDeployment deployment, CancellationToken cancellationToken)
    {
        if (ledger is not null)
            return ledger.RecordAsync(Key(deployment.Id), deployment.ToDocument(), cancellationToken);
        _own[deployment.Id] = deployment;
        return Task.CompletedTask;
    }

    /// <summary>A deployment; null if it is not one that was started here.</summary>
    /// <param name="id">The deployment's ID.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.WorkTableUnavailable"/>.</exception>
    public async Task<StartedDeployment?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (ledger is null)
            return _own.TryGetValue(id, out StartedDeployment? own) ? own : null;
        return await ledger.FindAsync(Key(id), cancellationToken) is { } found ? StartedDeployment.Read(id, found) : null;
    }

    private static WorkKey Key(string id) => new("started-deployment", id);
}
