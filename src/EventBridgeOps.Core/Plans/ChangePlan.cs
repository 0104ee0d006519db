using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Plans;

/// <summary>Planned writes that can be saved, reviewed, and applied later, in another process or by someone else.</summary>
/// <remarks>
/// A plan holds edits and not documents to write: when it is applied, each document is read again, and is edited only if it is still as it
/// was when the plan was made. What looks like a secret is replaced by <c>[redacted]</c>.
/// </remarks>
public sealed record ChangePlan
{
    /// <summary>The version of the form in which plans are saved.</summary>
    public const int Version = 1;

    /// <summary>The kind of change.</summary>
    public ChangeKind Kind { get; init; }

    /// <summary>The Region that it is for.</summary>
    public required string Region { get; init; }

    /// <summary>The account that it is for; null if STS did not return it.</summary>
    public string? AccountId { get; init; }

    /// <summary>The ARN of the identity that made the plan; null if STS did not return it.</summary>
    public string? Identity { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The planned writes, in the order in which they are applied.</summary>
    public required IReadOnlyList<PlannedItem> Items { get; init; }

    /// <summary>The digest of the plan without this digest, for a signature or to compare two plans: <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public string Digest => Events.Documents.DocumentDigest.Of(PlanDocument.Write(this));

    /// <summary>The plan's JSON text, with its digest.</summary>
    public override string ToString() => PlanDocument.WriteText(this);

    /// <summary>Reads a plan.</summary>
    /// <param name="json">The JSON text that <see cref="ToString"/> returned.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidPlan"/>: it is not a plan, it was modified, or a later version of the product made it.</exception>
    public static ChangePlan Parse(string json) => PlanDocument.Read(json);
}
