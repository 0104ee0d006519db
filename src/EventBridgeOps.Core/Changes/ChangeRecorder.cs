using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Changes;

/// <summary>Where a change comes from.</summary>
internal sealed record ChangeOrigin(ChangeKind Kind, string Region, string? Undoes)
{
    /// <summary>Who is calling, if it is known already.</summary>
    public CallerIdentity? Caller { get; init; }
}

/// <summary>A revision of a job definition that a change starts from.</summary>
/// <param name="Name">The job definition's name.</param>
/// <param name="From">Name and revision.</param>
/// <param name="Before">The document, as it could be registered again.</param>
internal sealed record RevisionWrite(string Name, string From, JsonObject Before);

/// <summary>Records one change in the journal. The journal is not written, and the caller identity not requested, before the first write.</summary>
internal sealed class ChangeRecorder
{
    private readonly ChangeJournal _journal;
    private readonly Lazy<Task<string>> _started;
    private readonly IVoice _voice;
    private readonly bool _reverting;

    public ChangeRecorder(ChangeJournal journal, IIdentityApi identity, ChangeOrigin origin, Action<string>? started, IRunObserver observer, CancellationToken cancellationToken)
    {
        (_journal, _voice) = (journal, observer.Voice);
        _started = new(() => StartAsync(journal, identity, origin, started, observer, cancellationToken));
    }

    private ChangeRecorder(ChangeRecorder first) => (_journal, _started, _voice, _reverting) = (first._journal, first._started, first._voice, true);

    /// <summary>The change's id; null before the first write.</summary>
    public string? ChangeId => _started.IsValueCreated && _started.Value.Status == TaskStatus.RanToCompletion ? _started.Value.Result : null;

    /// <summary>The same change, for rolling back what it wrote.</summary>
    public ChangeRecorder Reverting() => new(this);

    /// <summary>Announces writes; returns when the line is flushed to disk.</summary>
    public async Task WritingAsync(string bus, string rule, IReadOnlyList<WriteOutcome> writes, CancellationToken cancellationToken) =>
        await _journal.AppendAsync(JournalLine.ForWriting(await _started.Value, bus, rule, _reverting, writes), cancellationToken);

    /// <summary>Records the outcomes of announced writes.</summary>
    public async Task WrittenAsync(string bus, string rule, IEnumerable<WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        WriteOutcome[] announced = [.. outcomes.Where(outcome => outcome.After is not null)];
        if (announced.Length > 0)
            await _journal.AppendAsync(JournalLine.ForWritten(await _started.Value, bus, rule, _reverting, announced, _voice), cancellationToken);
    }

    /// <summary>Announces a new revision; returns when the line is flushed to disk.</summary>
    public async Task RegisteringAsync(RevisionWrite revision, JsonObject after, CancellationToken cancellationToken) =>
        await _journal.AppendAsync(JournalLine.ForRegistering(await _started.Value, revision, after), cancellationToken);

    /// <summary>Records the outcome of a new revision.</summary>
    /// <param name="name">The job definition's name.</param>
    /// <param name="made">Name and revision of what was made; null when nothing was, or it is unknown.</param>
    /// <param name="error">Why it failed; null when it did not.</param>
    /// <param name="cancellationToken">Ends the wait for the journal.</param>
    public async Task RegisteredAsync(string name, string? made, OpsException? error, CancellationToken cancellationToken) =>
        await _journal.AppendAsync(JournalLine.ForRegistered(await _started.Value, name, made, error, _voice), cancellationToken);

    /// <summary>Announces that a revision will be deregistered; returns when the line is flushed to disk.</summary>
    public async Task DeregisteringAsync(RevisionWrite revision, CancellationToken cancellationToken) =>
        await _journal.AppendAsync(JournalLine.ForDeregistering(await _started.Value, revision), cancellationToken);

    /// <summary>Records the outcome of a deregistration.</summary>
    public async Task DeregisteredAsync(RevisionWrite revision, OpsException? error, CancellationToken cancellationToken) =>
        await _journal.AppendAsync(JournalLine.ForDeregistered(await _started.Value, revision, error, _voice), cancellationToken);

    private static async Task<string> StartAsync(ChangeJournal journal, IIdentityApi identity, ChangeOrigin origin, Action<string>? started, IRunObserver observer, CancellationToken cancellationToken)
    {
        CallerIdentity? caller = origin.Caller;
        try
        {
            caller ??= await identity.GetCallerIdentityAsync(cancellationToken);
        }
        catch (ServiceCallException e)
        {
            observer.Verbose(ChangeMessages.CallerUnknown(e));
        }

        string id = journal.NewId();
        await journal.AppendAsync(JournalLine.ForStart(id, origin, caller?.AccountId, caller?.Arn), cancellationToken);
        started?.Invoke(id);
        observer.Verbose(ChangeMessages.Recorded(id, journal.Folder));
        return id;
    }
}

/// <summary>The operations of AWS STS that the product uses.</summary>
public interface IIdentityApi
{
    /// <summary>GetCallerIdentity: who is calling. It needs no permission.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ServiceCallException">The service rejected the call or could not be reached.</exception>
    Task<CallerIdentity> GetCallerIdentityAsync(CancellationToken cancellationToken);
}

/// <summary>The caller as STS names it.</summary>
/// <param name="AccountId">Twelve digits.</param>
/// <param name="Arn">The user's or assumed role's ARN.</param>
/// <param name="UserId">The unique id of the user or role session.</param>
public sealed record CallerIdentity(string AccountId, string Arn, string UserId);

/// <summary>The outcome of a write.</summary>
/// <param name="TargetId">The target's id within its rule.</param>
/// <param name="Before">The document before the write; null when none was there.</param>
/// <param name="After">The document that was written; null when nothing was.</param>
/// <param name="Error">Why it failed; null if it succeeded.</param>
internal sealed record WriteOutcome(string TargetId, JsonObject? Before, JsonObject? After, OpsException? Error)
{
    public bool Written => After is not null && Error is null;

    public bool Failed => Error is not null;
}
