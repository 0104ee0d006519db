using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Changes;

/// <summary>One planned write, as data: it can be shown, saved, and applied later to the document as it is then.</summary>
public sealed record PlannedItem
{
    /// <summary>The beginning of a <see cref="Expected"/> state that names a version, such as a revision of a job definition, instead of a digest.</summary>
    public const string VersionPrefix = "version:";

    /// <summary>What is written.</summary>
    public required ResourceId Resource { get; init; }

    /// <summary>The values to set, each with the value that it had when the plan was made. None of them is a secret.</summary>
    public required IReadOnlyList<DocumentDifference> Edits { get; init; }

    /// <summary>The digest of the document as it was read for the plan, see <see cref="DocumentDigest"/>; null if it is not known.</summary>
    public string? Digest { get; init; }

    /// <summary>
    /// The states, as digests or as <c>version:</c> and a version, in which the document may be edited. If there are none, each value to set
    /// must still be the one that it was, or be of the same kind (another tag of the same image, for example).
    /// </summary>
    public IReadOnlyList<string> Expected { get; init; } = [];

    /// <summary>The reference before: the job definition of a target, or the revision that a new one is made from.</summary>
    public string? From { get; init; }

    /// <summary>The reference after; null if AWS decides it.</summary>
    public string? To { get; init; }

    /// <summary>The JSON text of the document as it was read, with what looks like a secret replaced by <c>[redacted]</c>; null if it is not known.</summary>
    public string? Before { get; init; }

    /// <summary>The JSON text of the document with the edits, redacted as well.</summary>
    public string? After { get; init; }

    /// <summary>Why it is written; null if the edits say it.</summary>
    public string? Reason { get; init; }

    /// <summary>Who else manages the resource and may set it back, such as a CloudFormation stack; null if none is known.</summary>
    public string? Owner { get; init; }

    /// <summary>When the plan was made, in UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>With force, create the resource from <see cref="After"/> if it no longer exists.</summary>
    public bool Recreate { get; init; }

    /// <summary>This item and a later one, which was planned on its outcome, as one.</summary>
    /// <param name="next">The later item, of the same resource.</param>
    internal PlannedItem Then(PlannedItem next)
    {
        List<DocumentDifference> edits = [.. Edits];
        foreach (DocumentDifference edit in next.Edits)
        {
            int earlier = edits.FindIndex(each => each.Pointer == edit.Pointer);
            if (earlier < 0)
                edits.Add(edit);
            else
                edits[earlier] = edits[earlier] with { After = edit.After, Removes = edit.Removes };
        }

        return this with { Edits = [.. edits.Where(edit => !(edit.Adds && edit.Removes))], After = next.After };
    }

    /// <summary>The resource; for a new revision the one that it is made from, if the plan names it.</summary>
    public override string ToString() => (Resource with { Name = Resource.Kind == ChangeItemKind.Registration && To is null && From is not null ? From : Resource.Name }).ToString();

    /// <summary>Write even what is already up to date: an earlier write of another document may still become visible.</summary>
    internal bool Anyway { get; init; }
}
