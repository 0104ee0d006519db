using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Core.Tests.Support;

/// <summary>A kind of resource whose reads, writes and looks are what a test says.</summary>
internal sealed class ScriptedKind : IResourceKind
{
    public ChangeItemKind Kind => ChangeItemKind.Target;

    public bool IsRepeatable { get; init; } = true;

    public int GroupsReadBack => 1;

    /// <summary>What is there now, by name.</summary>
    public Dictionary<string, ResourceDocument> There { get; } = [];

    /// <summary>The document of the edits; null if they do not fit. The second is whether they are forced.</summary>
    public Func<ResourceDocument, bool, JsonObject?> Edits { get; init; } = (_, _) => Document("after");

    /// <summary>What the service answers to a try, counted from 1; null for success.</summary>
    public Func<int, ItemWrite, OpsException?> Answers { get; init; } = (_, _) => null;

    /// <summary>What a look back finds, counted from 1: an error, or whether the write shows.</summary>
    public Func<int, bool> Shows { get; init; } = _ => true;

    public int Reads { get; private set; }

    public int Tries { get; private set; }

    public int Looks { get; private set; }

    public static JsonObject Document(string value) => new() { ["value"] = value };

    public Message Describe(PlannedItem item, bool isUndo) => Message.Verbatim("described");

    public string GroupOf(ResourceId resource) => "group";

    public Task<IReadOnlyDictionary<string, ResourceDocument>> ReadAsync(IReadOnlyList<ResourceId> resources, RetryBudget budget, CancellationToken cancellationToken)
    {
        Reads++;
        return Task.FromResult<IReadOnlyDictionary<string, ResourceDocument>>(There);
    }

    public JsonObject? Edit(PlannedItem item, ResourceDocument now, bool force) => Edits(now, force);

    public bool IsSame(JsonObject now, JsonObject after) => JsonNode.DeepEquals(now, after);

    public bool IsEffect(ItemWrite write, ResourceDocument now) => write.After is { } after && JsonNode.DeepEquals(now.Document, after);

    public Task WriteAsync(IReadOnlyList<ItemWrite> writes, CancellationToken cancellationToken)
    {
        Tries++;
        foreach (ItemWrite write in writes)
            write.Answer(Answers(Tries, write));
        return Task.CompletedTask;
    }

    public Task ReadBackAsync(IReadOnlyList<ItemWrite> writes, CancellationToken cancellationToken)
    {
        Looks++;
        if (Shows(Looks))
        {
            foreach (ItemWrite write in writes)
                write.Show();
        }

        return Task.CompletedTask;
    }

    public OpsException Refuse(ResourceId resource, Obstacle obstacle, ResourceDocument? now, PlannedItem item) => new(ErrorIds.TargetChanged, Message.Verbatim(obstacle.ToString()));

    public OpsException NotVerified(ItemWrite write, OpsException? fault, TimeSpan waited) => new(ErrorIds.NotVerified, Message.Verbatim($"not verified: {fault?.Message}"));

    public UndoStep Undo(IReadOnlyList<ChangeItem> written, DateTimeOffset time) => new(null);

    public PlannedItem? RollBack(IReadOnlyList<ItemWrite> written, DateTimeOffset time) => null;
}
