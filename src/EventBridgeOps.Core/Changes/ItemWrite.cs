using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.Changes;

/// <summary>One planned write on its way.</summary>
internal sealed class ItemWrite(PlannedItem item)
{
    private enum Step
    {
        Pending,
        Accepted,
        Done,
    }

    private readonly List<JsonObject> _sent = [];
    private Step _step;

    public PlannedItem Item => item;

    /// <summary>The document as it was before the first try; null when none was there.</summary>
    public ResourceDocument? Before { get; private set; }

    /// <summary>The document that was announced in the journal and sent; null when none was.</summary>
    public JsonObject? After { get; private set; }

    /// <summary>All documents that were sent, in as many tries.</summary>
    public IReadOnlyList<JsonObject> Sent => _sent;

    /// <summary>The version that the write made; null if the kind has none or it is unknown.</summary>
    public ResourceVersion? Made { get; private set; }

    /// <summary>Why it failed; null if it succeeded.</summary>
    public OpsException? Error { get; private set; }

    /// <summary>Places, as JSON pointers, where the service filled in more than was sent.</summary>
    public IReadOnlyList<string> Filled { get; private set; } = [];

    public bool IsPending => _step == Step.Pending;

    public bool IsAccepted => _step == Step.Accepted;

    public bool IsWritten => After is not null && Error is null && !IsSuperseded;

    /// <summary>True if it was sent, had no effect, and turned out to be unnecessary: another writer did the same.</summary>
    public bool IsSuperseded { get; private set; }

    /// <summary>Whether the last try may have taken effect although it was answered with an error.</summary>
    public bool MayHaveArrived => Error is ServiceCallException { MayHaveArrived: true };

    /// <summary>Whether any try may still take effect: it was not verified, or has failed for a reason that may pass.</summary>
    public bool MayComeToShow => Error is { ErrorId: ErrorIds.NotVerified } or ServiceCallException { MayPass: true };

    /// <summary>Decides what to do after the resource was read.</summary>
    /// <param name="kind">The kind of resource.</param>
    /// <param name="now">The resource as it is now; null if it does not exist.</param>
    /// <param name="force">Whether it is written even if it was modified.</param>
    public void Compare(IResourceKind kind, ResourceDocument? now, bool force)
    {
        bool tried = After is not null;
        JsonObject? after = now is not null ? kind.Edit(item, now, force) : item is { Recreate: true, After: { } whole } ? Events.Documents.Document.Parse(whole) : null;
        if (tried && now is not null && kind.IsEffect(this, now))
            Accept(now.Version is { } version ? new ResourceVersion(version, now.Arn) : null);
        else if (now is null && (after is null || !force))
            End(kind.Refuse(item.Resource, Obstacle.Gone, now, item));
        else if (after is null)
            End(kind.Refuse(item.Resource, kind.Edit(item, now!, force: true) is not null ? Obstacle.Modified : Obstacle.OtherKind, now, item));
        else if (now is not null && !item.Anyway && kind.IsSame(now.Document, after))
            Supersede(now);
        else if (now is not null && !force && item.Expected.Count > 0 && !item.Expected.Any(now.IsIn))
            End(kind.Refuse(item.Resource, Obstacle.Modified, now, item));
        else
        {
            (Before, After) = (tried && kind.IsRepeatable ? Before : now, after);
            _sent.Add(after);
        }
    }

    /// <summary>The service answered.</summary>
    /// <param name="error">Why it refused the write; null if it accepted it.</param>
    /// <param name="made">The version that the write made.</param>
    public void Answer(OpsException? error, ResourceVersion? made = null)
    {
        Error = error;
        if (error is null)
            Accept(made);
        else if (error is not ServiceCallException { MayPass: true })
            _step = Step.Done;
    }

    /// <summary>The write shows when it is read back.</summary>
    /// <param name="filled">Places where the service filled in more than was sent.</param>
    public void Show(IReadOnlyList<string>? filled = null) => (_step, Error, Filled) = (Step.Done, null, filled ?? []);

    /// <summary>The write has failed.</summary>
    /// <param name="error">Why.</param>
    public void End(OpsException error) => (_step, Error) = (Step.Done, error);

    private void Accept(ResourceVersion? made) => (_step, Error, Made) = (Step.Accepted, null, made);

    private void Supersede(ResourceDocument now)
    {
        (_step, Error, IsSuperseded) = (Step.Done, null, true);
        Before = now;
    }
}

/// <summary>A version of a resource, where the service counts them.</summary>
/// <param name="Reference">Name and number: <c>app:13</c>.</param>
/// <param name="Arn">Its ARN, or the ID of the deployment of a service; null if it is unknown.</param>
internal sealed record ResourceVersion(string Reference, string? Arn);
