using System.Text.Json.Nodes;
using EventBridgeOps.Services;

namespace EventBridgeOps.Archives;

/// <summary>The operations of Amazon EventBridge on archives and replays. Documents are passed as the service wrote them; times are seconds since 1970.</summary>
/// <remarks>
/// Every list is complete: paging is the adapter's work. Every method throws <see cref="ServiceCallException"/> when the
/// service refuses or cannot be reached. Shapes: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html.
/// </remarks>
public interface IArchiveApi
{
    /// <summary>ListArchives: one document (<c>ArchiveName</c>, <c>EventSourceArn</c>, <c>State</c>, ...) for each archive. It has neither the ARN nor the pattern.</summary>
    /// <param name="namePrefix">Only archives whose name starts so; null for all.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<JsonObject> ListArchivesAsync(string? namePrefix, CancellationToken cancellationToken);

    /// <summary>DescribeArchive: the archive's document.</summary>
    /// <param name="archiveName">The name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<JsonObject> DescribeArchiveAsync(string archiveName, CancellationToken cancellationToken);

    /// <summary>ListReplays: one document (<c>ReplayName</c>, <c>EventSourceArn</c>, <c>State</c>, ...) for each replay. It has neither the ARN nor the destination.</summary>
    /// <param name="namePrefix">Only replays whose name starts so; null for all.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<JsonObject> ListReplaysAsync(string? namePrefix, CancellationToken cancellationToken);

    /// <summary>DescribeReplay: the replay's document.</summary>
    /// <param name="replayName">The name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<JsonObject> DescribeReplayAsync(string replayName, CancellationToken cancellationToken);

    /// <summary>StartReplay: <c>ReplayArn</c>, <c>State</c>, <c>ReplayStartTime</c>. It is sent once: a second call would find the name in use.</summary>
    /// <param name="request">What to replay.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task<JsonObject> StartReplayAsync(ReplayRequest request, CancellationToken cancellationToken);

    /// <summary>CancelReplay: <c>ReplayArn</c>, <c>State</c>.</summary>
    /// <param name="replayName">The name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<JsonObject> CancelReplayAsync(string replayName, CancellationToken cancellationToken);
}

/// <summary>The request of StartReplay.</summary>
/// <param name="ReplayName">The name, from 1 to 64 characters, which no other replay of the account and Region had in the last 90 days.</param>
/// <param name="ArchiveArn">The archive.</param>
/// <param name="EventBusArn">The event bus, which must be that of the archive.</param>
/// <param name="From">The time of the first event.</param>
/// <param name="To">The time of the last event.</param>
/// <param name="RuleArns">The rules that receive the events; empty for all rules of the event bus.</param>
/// <param name="Description">The description; null for none.</param>
public sealed record ReplayRequest(string ReplayName, string ArchiveArn, string EventBusArn, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> RuleArns, string? Description);
