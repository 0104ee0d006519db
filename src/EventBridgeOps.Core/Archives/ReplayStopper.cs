using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Archives;

/// <summary>Cancels replays. Events that were replayed before are not recalled.</summary>
/// <param name="api">The replays of the account.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
public sealed class ReplayStopper(IArchiveApi api, ItemRetry retry)
{
    private readonly ReplayReader _replays = new(api, retry);

    /// <summary>Cancels each replay, and returns it as it is then.</summary>
    /// <param name="names">The names or ARNs.</param>
    /// <param name="approve">Asks for approval of each.</param>
    /// <param name="observer">Receives warnings and failures; the rest continues.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <exception cref="OpsException">The run cannot continue: for example, there are no credentials.</exception>
    public async IAsyncEnumerable<Replay> RunAsync(IEnumerable<string> names, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string name in names.Distinct(StringComparer.Ordinal))
        {
            if (await ItemGuard.RunAsync<Replay>(async () => await CancelAsync(name, approve, observer, cancellationToken), name, observer, cancellationToken) is { } replay)
                yield return replay;
        }
    }

    // EventBridge answered CANCELLING for a replay that was already completed (LocalStack's test_archive_and_replay.snapshot.json, recorded from AWS), so its state is read first.
    private async Task<Replay> CancelAsync(string name, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        Replay replay = await _replays.FindAsync(name, cancellationToken);
        if (replay.HasEnded || replay.State == ReplayState.Cancelling)
            return Ended(replay, observer);
        switch (await approve(new PlannedChange(ReplayMessages.Replay(replay.ReplayName).In(observer.Voice), ReplayMessages.Cancel(replay.ArchiveName)), cancellationToken))
        {
            case Approval.WhatIf:
                return replay with { State = ReplayState.WouldCancel };
            case Approval.Declined:
                return replay with { State = ReplayState.Skipped, Reason = observer.Text(ChangeMessages.Declined()) };
        }

        try
        {
            JsonObject answer = await retry.RunAsync(() => api.CancelReplayAsync(replay.ReplayName, cancellationToken), cancellationToken);
            return replay with { State = Replay.StateOf(answer.String("State")), Reason = answer.String("StateReason") };
        }
        catch (ServiceCallException e) when (e.Call.Code == "IllegalStatusException")
        {
            return Ended(await _replays.FindAsync(name, cancellationToken), observer); // It ended in the meantime, or an earlier call had arrived.
        }
    }

    private static Replay Ended(Replay replay, IRunObserver observer)
    {
        Message said = replay.HasEnded ? ReplayMessages.AlreadyEnded(replay.ReplayName, replay.State, replay.EndedAt) : ReplayMessages.AlreadyCancelling(replay.ReplayName);
        observer.Warning(said);
        return replay with { Reason = replay.Reason ?? observer.Text(said) };
    }
}
