using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Archives;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Services;

/// <summary>Archives and replays over the wire.</summary>
internal sealed class ArchiveApi(AwsDocumentClient client) : IArchiveApi
{
    private const int PageSize = 100;

    private static readonly ServiceOperation ListArchives = Operation(nameof(ListArchives));
    private static readonly ServiceOperation DescribeArchive = Operation(nameof(DescribeArchive));
    private static readonly ServiceOperation ListReplays = Operation(nameof(ListReplays));
    private static readonly ServiceOperation DescribeReplay = Operation(nameof(DescribeReplay));
    private static readonly ServiceOperation StartReplay = Operation(nameof(StartReplay)) with { IsRepeatable = false };
    private static readonly ServiceOperation CancelReplay = Operation(nameof(CancelReplay));

    public IAsyncEnumerable<JsonObject> ListArchivesAsync(string? namePrefix, CancellationToken cancellationToken) =>
        ListAsync(ListArchives, ServicesMessages.Archives(), namePrefix, "Archives", "ArchiveName", cancellationToken);

    public Task<JsonObject> DescribeArchiveAsync(string archiveName, CancellationToken cancellationToken) =>
        NamedAsync(DescribeArchive, ServicesMessages.Archive(archiveName), "ArchiveName", archiveName, "ArchiveName", cancellationToken);

    public IAsyncEnumerable<JsonObject> ListReplaysAsync(string? namePrefix, CancellationToken cancellationToken) =>
        ListAsync(ListReplays, ServicesMessages.Replays(), namePrefix, "Replays", "ReplayName", cancellationToken);

    public Task<JsonObject> DescribeReplayAsync(string replayName, CancellationToken cancellationToken) =>
        NamedAsync(DescribeReplay, ServicesMessages.Replay(replayName), "ReplayName", replayName, "ReplayName", cancellationToken);

    public async Task<JsonObject> StartReplayAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        JsonObject destination = new() { ["Arn"] = request.EventBusArn };
        if (request.RuleArns.Count > 0)
            destination["FilterArns"] = new JsonArray([.. request.RuleArns.Select(arn => JsonValue.Create(arn))]);
        JsonObject document = new()
        {
            ["ReplayName"] = request.ReplayName,
            ["EventSourceArn"] = request.ArchiveArn,
            ["EventStartTime"] = request.From.ToUnixTimeMilliseconds() / 1000m,
            ["EventEndTime"] = request.To.ToUnixTimeMilliseconds() / 1000m,
            ["Destination"] = destination,
        };
        if (request.Description is { } description)
            document["Description"] = description;
        return await AnswerAsync(StartReplay, ServicesMessages.Replay(request.ReplayName), document, "State", cancellationToken);
    }

    public Task<JsonObject> CancelReplayAsync(string replayName, CancellationToken cancellationToken) =>
        NamedAsync(CancelReplay, ServicesMessages.Replay(replayName), "ReplayName", replayName, "State", cancellationToken);

    private async IAsyncEnumerable<JsonObject> ListAsync(
        ServiceOperation operation, Message subject, string? namePrefix, string field, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonObject request = new() { ["Limit"] = PageSize };
        if (namePrefix is { Length: > 0 })
            request["NamePrefix"] = namePrefix;
        await foreach (Answer page in Listing.PagesAsync(client, operation, subject, request, "NextToken", cancellationToken))
        {
            foreach (JsonObject document in page.Documents(field, name))
                yield return document;
        }
    }

    private Task<JsonObject> NamedAsync(ServiceOperation operation, Message subject, string field, string name, string required, CancellationToken cancellationToken) =>
        AnswerAsync(operation, subject, new JsonObject { [field] = name }, required, cancellationToken);

    private async Task<JsonObject> AnswerAsync(ServiceOperation operation, Message subject, JsonObject request, string required, CancellationToken cancellationToken)
    {
        Answer answer = new(operation, subject, await client.InvokeAsync(operation, subject, request, cancellationToken));
        _ = answer.RequiredText(required);
        return answer.Document;
    }

    private static ServiceOperation Operation(string name) => new(AwsService.EventBridge, name, "events:" + name);
}
