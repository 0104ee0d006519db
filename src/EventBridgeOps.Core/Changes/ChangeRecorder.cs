using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Services;

namespace EventBridgeOps.Changes;

/// <summary>Where a change comes from.</summary>
internal sealed record ChangeOrigin(ChangeKind Kind, string Region, string? Undoes)
{
    /// <summary>Who is calling, if it is known already.</summary>
    public CallerIdentity? Caller { get; init; }
}

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
    public async Task RegisteringAsync(JobDefinitionDocument before, JsonObject after, CancellationToken cancellationToken) =>
        await _journal.AppendAsync(JournalLine.ForRegistering(await _started.Value, before, after), cancellationToken);

    /// <summary>Records the outcome of a new revision.</summary>
    public async Task RegisteredAsync(Registration registration, CancellationToken cancellationToken) =>
        await _journal.AppendAsync(JournalLine.ForRegistered(await _started.Value, registration, _voice), cancellationToken);

    /// <summary>Announces that a revision will be deregistered; returns when the line is flushed to disk.</summary>
    public async Task DeregisteringAsync(JobDefinitionDocument revision, CancellationToken cancellationToken) =>
        await _journal.AppendAsync(JournalLine.ForDeregistering(await _started.Value, revision), cancellationToken);

    /// <summary>Records the outcome of a deregistration.</summary>
    public async Task DeregisteredAsync(JobDefinitionDocument revision, OpsException? error, CancellationToken cancellationToken) =>
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
