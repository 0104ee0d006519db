using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Changes;

/// <summary>How one kind of resource is read, written, verified, described and undone. All else is the same for all kinds: see <see cref="ChangeRun"/>.</summary>
internal interface IResourceKind
{
    /// <summary>The kind.</summary>
    ChangeItemKind Kind { get; }

    /// <summary>Whether a write whose effect is unknown may be sent again. If not, its effect is read first.</summary>
    bool IsRepeatable { get; }

    /// <summary>How many groups are read back together; 1 to read each group back right after its write.</summary>
    int GroupsReadBack { get; }

    /// <summary>The operation as a phrase that starts with its verb, which every question and preview shows.</summary>
    /// <param name="item">The planned write.</param>
    /// <param name="isUndo">Whether it restores what was there before a change.</param>
    Message Describe(PlannedItem item, bool isUndo);

    /// <summary>Resources of the same group are read and written together, and have one line in the journal.</summary>
    /// <param name="resource">The resource.</param>
    string GroupOf(ResourceId resource);

    /// <summary>Reads a group as it is now. A resource that does not exist is left out.</summary>
    /// <param name="resources">Resources of one group.</param>
    /// <param name="budget">The time of the item.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyDictionary<string, ResourceDocument>> ReadAsync(IReadOnlyList<ResourceId> resources, RetryBudget budget, CancellationToken cancellationToken);

    /// <summary>Makes the document to write of the document as it is now.</summary>
    /// <param name="item">The planned write.</param>
    /// <param name="now">The document as it is now.</param>
    /// <param name="force">Whether values that are no longer those of the plan are set as well.</param>
    /// <returns>Null if the edits do not fit the document.</returns>
    JsonObject? Edit(PlannedItem item, ResourceDocument now, bool force);

    /// <summary>Whether a document needs no write to become another.</summary>
    /// <param name="now">The document as it is now.</param>
    /// <param name="after">The document after the edits.</param>
    bool IsSame(JsonObject now, JsonObject after);

    /// <summary>Whether an earlier write of this run is what is there now.</summary>
    /// <param name="write">The write, which was sent.</param>
    /// <param name="now">The document as it is now.</param>
    bool IsEffect(ItemWrite write, ResourceDocument now);

    /// <summary>Sends the writes of a group. Each is answered with <see cref="ItemWrite.Answer"/>.</summary>
    /// <param name="writes">The writes.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task WriteAsync(IReadOnlyList<ItemWrite> writes, CancellationToken cancellationToken);

    /// <summary>Reads back what was accepted. Each that shows is concluded with <see cref="ItemWrite.Show"/> or <see cref="ItemWrite.End"/>.</summary>
    /// <param name="writes">The accepted writes.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    Task ReadBackAsync(IReadOnlyList<ItemWrite> writes, CancellationToken cancellationToken);

    /// <summary>Why an item could not be written.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="obstacle">What was found.</param>
    /// <param name="now">The document as it is now; null if there is none.</param>
    /// <param name="item">The planned write.</param>
    OpsException Refuse(ResourceId resource, Obstacle obstacle, ResourceDocument? now, PlannedItem item);

    /// <summary>Why an accepted write could not be verified.</summary>
    /// <param name="write">The write.</param>
    /// <param name="fault">Why it could not be read back; null if it did not show in time.</param>
    /// <param name="waited">How long was waited.</param>
    OpsException NotVerified(ItemWrite write, OpsException? fault, TimeSpan waited);

    /// <summary>Plans to revert what a change wrote to one resource.</summary>
    /// <param name="written">What the change wrote to it, in order; not empty.</param>
    /// <param name="time">The time of the plan.</param>
    UndoStep Undo(IReadOnlyList<ChangeItem> written, DateTimeOffset time);

    /// <summary>Plans to revert what this run wrote to one resource; null if it cannot be reverted.</summary>
    /// <param name="written">The writes, in order; not empty.</param>
    /// <param name="time">The time of the plan.</param>
    PlannedItem? RollBack(IReadOnlyList<ItemWrite> written, DateTimeOffset time);
}

/// <summary>A document as the service returned it.</summary>
/// <param name="Document">What is edited and written.</param>
/// <param name="Version">The version, if the service counts them: name and revision of a job definition.</param>
internal sealed record ResourceDocument(JsonObject Document, string? Version = null)
{
    /// <summary>The job definition reference: the one that a target has, or the version.</summary>
    public string? Reference { get; init; } = Version;

    /// <summary>The ARN of the version, or the ID of the deployment of a service; null if there is none.</summary>
    public string? Arn { get; init; }

    /// <summary>Whether the document is in a state that a plan expects.</summary>
    public bool IsIn(string state) => state.StartsWith(PlannedItem.VersionPrefix, StringComparison.Ordinal)
        ? state.Substring(PlannedItem.VersionPrefix.Length) == Version
        : DocumentDigest.Matches(Document, state);
}

/// <summary>What stands in the way of a write.</summary>
internal enum Obstacle
{
    /// <summary>The resource no longer exists.</summary>
    Gone,

    /// <summary>The edits do not fit the document: it is of another kind by now.</summary>
    OtherKind,

    /// <summary>It was modified after the plan was made.</summary>
    Modified,
}

/// <summary>How to undo what was written to one resource.</summary>
/// <param name="Item">The planned write; null if nothing can be written.</param>
/// <param name="Reason">Why nothing can be written; null if there is nothing to undo.</param>
internal sealed record UndoStep(PlannedItem? Item, Message? Reason = null);
