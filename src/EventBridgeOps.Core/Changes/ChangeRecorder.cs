using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
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

/// <summary>Records one change in the journal. The journal is not written, and the caller identity not requested, before the first write.</summary>
internal sealed class ChangeRecorder
{
    private readonly ChangeJournal _journal;
    private readonly Lazy<Task<string>> _started;
    private readonly IVoice _voice;

    public ChangeRecorder(ChangeJournal journal, IIdentityApi identity, ChangeOrigin origin, Action<string>? started, IRunObserver observer, CancellationToken cancellationToken)
    {
        (_journal, _voice) = (journal, observer.Voice);
        _started = new(() => StartAsync(journal, identity, origin, started, observer, cancellationToken));
    }

    /// <summary>The change's id; null before the first write.</summary>
    public string? ChangeId => _started.IsValueCreated && _started.Value.Status == TaskStatus.RanToCompletion ? _started.Value.Result : null;

    /// <summary>Announces writes; returns when the line is flushed to disk.</summary>
    public Task WritingAsync(IEnumerable<ItemWrite> writes, bool isRevert, CancellationToken cancellationToken) => AppendAsync(
        JournalLineType.Writing,
        [
            .. writes.Select(write => new JournalItem(write.Item.Resource)
            {
                From = write.Before?.Version ?? write.Item.From,
                To = write.Item.To,
                Before = Text(write.Before?.Document),
                After = Text(write.After),
            }),
        ],
        isRevert,
        cancellationToken);

    /// <summary>Records the outcomes of announced writes.</summary>
    public async Task WrittenAsync(IEnumerable<ItemWrite> writes, bool isRevert, CancellationToken cancellationToken)
    {
        JournalItem[] items =
        [
            .. writes.Where(write => write.After is not null).Select(write => new JournalItem(write.Item.Resource)
            {
                To = write.Made?.Reference,
                Error = write.IsSuperseded ? ChangeMessages.AlreadyUpToDate().In(_voice) : write.Error?.In(_voice).Message,
            }),
        ];
        if (items.Length > 0)
            await AppendAsync(JournalLineType.Written, items, isRevert, cancellationToken);
    }

    /// <summary>Appends a line; returns when it is flushed to disk.</summary>
    public async Task AppendAsync(JournalLineType type, IReadOnlyList<JournalItem> items, bool isRevert, CancellationToken cancellationToken) =>
        await _journal.AppendAsync(new JournalLine(await _started.Value, type) { IsRevert = isRevert, Items = items }, cancellationToken);

    private static string? Text(JsonObject? document) => document is null ? null : DocumentRedactor.Write(document);

    private static async Task<string> StartAsync(ChangeJournal journal, IIdentityApi identity, ChangeOrigin origin, Action<string>? started, IRunObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            origin = origin with { Caller = origin.Caller ?? await identity.GetCallerIdentityAsync(cancellationToken) };
        }
        catch (ServiceCallException e)
        {
            observer.Verbose(ChangeMessages.CallerUnknown(e));
        }

        string id = journal.NewId();
        await journal.AppendAsync(new JournalLine(id, JournalLineType.Started) { Origin = origin }, cancellationToken);
        started?.Invoke(id);
        observer.Verbose(ChangeMessages.Recorded(id, journal.Location));
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
