using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Runs;

/// <summary>The events of a check. A check of nothing must not pass.</summary>
public static class CheckInput
{
    /// <summary>Reads events, and fails at their end if there were none, unless a failure was reported, which is the reason.</summary>
    /// <param name="read">Reads the events; it reports to the specified observer.</param>
    /// <param name="observer">Receives what cannot be read.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <param name="isExplained">Whether the user knows already why there are none; null if not.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.NothingChecked"/>: there are no events.</exception>
    public static async IAsyncEnumerable<EventDocument> RequireAsync(Func<IRunObserver, IAsyncEnumerable<EventDocument>> read, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken, Func<bool>? isExplained = null)
    {
        FailureCount failures = new(observer);
        bool any = false;
        await foreach (EventDocument document in read(failures).WithCancellation(cancellationToken))
        {
            any = true;
            yield return document;
        }

        if (!any && failures.Failures == 0 && isExplained?.Invoke() != true)
            throw new OpsException(ErrorIds.NothingChecked, RunMessages.NoEvents());
    }
}
