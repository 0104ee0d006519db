using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Archives;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.Core.Tests.Support;

/// <summary>Archives and replays in memory. A replay takes a look for each of its states.</summary>
internal sealed class FakeArchives : IArchiveApi
{
    public Dictionary<string, JsonObject> Archives { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, JsonObject> Replays { get; } = new(StringComparer.Ordinal);

    /// <summary>What StartReplay was asked for.</summary>
    public List<ReplayRequest> Started { get; } = [];

    public List<string> Cancelled { get; } = [];

    /// <summary>The states that a replay is in, one look after the other, with the seconds since 1970 of its last event.</summary>
    public Queue<(string State, long? Last)> Course { get; } = new();

    /// <summary>Runs before a replay is started; may throw.</summary>
    public Action? Before { get; set; }

    /// <summary>Runs after a replay was started; may throw.</summary>
    public Action? After { get; set; }

    public Action? BeforeCancel { get; set; }

    public FakeArchives Archive(string name, string bus = "bus", string state = "ENABLED", long events = 5, int days = 0, long created = 0, string? pattern = null)
    {
        Archives[name] = new JsonObject
        {
            ["ArchiveName"] = name, ["ArchiveArn"] = $"arn:aws:events:{FakeAccount.Region}:{FakeAccount.Id}:archive/{name}", ["EventSourceArn"] = $"arn:aws:events:{FakeAccount.Region}:{FakeAccount.Id}:event-bus/{bus}",
            ["State"] = state, ["EventCount"] = events, ["SizeBytes"] = events * 100, ["RetentionDays"] = days, ["CreationTime"] = created, ["EventPattern"] = pattern,
        };
        return this;
    }

    public FakeArchives Replay(string name, string state, string archive = "a", long from = 0, long to = 100, long? last = null)
    {
        Replays[name] = new JsonObject
        {
            ["ReplayName"] = name, ["State"] = state, ["EventSourceArn"] = $"arn:aws:events:{FakeAccount.Region}:{FakeAccount.Id}:archive/{archive}", ["EventStartTime"] = from, ["EventEndTime"] = to, ["EventLastReplayedTime"] = last,
            ["Destination"] = new JsonObject { ["Arn"] = $"arn:aws:events:{FakeAccount.Region}:{FakeAccount.Id}:event-bus/bus", ["FilterArns"] = new JsonArray("arn:aws:events:eu-west-1:123456789012:rule/bus/r") },
        };
        return this;
    }

    public async IAsyncEnumerable<JsonObject> ListArchivesAsync(string? namePrefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (JsonObject archive in Archives.Where(archive => archive.Key.StartsWith(namePrefix ?? "", StringComparison.Ordinal)).Select(archive => Read(archive.Value)))
            yield return archive;
    }

    public Task<JsonObject> DescribeArchiveAsync(string archiveName, CancellationToken cancellationToken) => Task.FromResult(Find(Archives, archiveName));

    public async IAsyncEnumerable<JsonObject> ListReplaysAsync(string? namePrefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (JsonObject replay in Replays.Where(replay => replay.Key.StartsWith(namePrefix ?? "", StringComparison.Ordinal)).Select(replay => Read(replay.Value)))
            yield return replay;
    }

    public Task<JsonObject> DescribeReplayAsync(string replayName, CancellationToken cancellationToken)
    {
        if (Course.TryDequeue(out (string State, long? Last) next))
            (Replays[replayName]["State"], Replays[replayName]["EventLastReplayedTime"]) = (next.State, next.Last);
        return Task.FromResult(Find(Replays, replayName));
    }

    public Task<JsonObject> StartReplayAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        Before?.Invoke();
        Started.Add(request);
        Replay(request.ReplayName, "STARTING", from: request.From.ToUnixTimeSeconds(), to: request.To.ToUnixTimeSeconds());
        Replays[request.ReplayName]["ReplayStartTime"] = request.To.ToUnixTimeSeconds();
        After?.Invoke();
        return Task.FromResult(Read(new JsonObject { ["ReplayArn"] = "arn", ["State"] = "STARTING", ["ReplayStartTime"] = 1 }));
    }

    public Task<JsonObject> CancelReplayAsync(string replayName, CancellationToken cancellationToken)
    {
        BeforeCancel?.Invoke();
        Cancelled.Add(replayName);
        return Task.FromResult(new JsonObject { ["ReplayArn"] = "arn", ["State"] = "CANCELLING" });
    }

    public static ServiceCallException Error(string code, string errorId = ErrorIds.RequestRejected) => FakeAccount.Error(errorId, "StartReplay", code);

    // As an adapter reads it: numbers are those of a text.
    private static JsonObject Read(JsonObject document) => Document.Parse(Document.Write(document));

    private static JsonObject Find(Dictionary<string, JsonObject> all, string name) => all.TryGetValue(name, out JsonObject? found) ? Read(found) : throw Error("ResourceNotFoundException", ErrorIds.ResourceNotFound);
}
