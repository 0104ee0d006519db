using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Automation;

/// <summary>Does each piece of work once, however often and wherever its event is delivered.</summary>
/// <param name="ledger">Remembers it; null: nothing is remembered, and work that arrives twice is done twice, each time on what is there.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Gives numbers from 0 up to 1: spreads the waits.</param>
public sealed class WorkOnce(IWorkLedger? ledger, TimeProvider time, Func<double> random)
{
    /// <summary>Clocks of different instances differ by less.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>Where work is remembered; null if it is not.</summary>
    public string? Location => ledger?.Location;

    /// <summary>Does the work, or says what became of it.</summary>
    /// <remarks>
    /// While another instance does it, this one waits, because a success would end the delivery although the other one may still fail. What fails in a
    /// way that may pass is thrown, and the lease is given back: the next delivery finishes it. What fails for good is an outcome like any other.
    /// </remarks>
    /// <param name="work">The work; null if it is to be done each time.</param>
    /// <param name="deadline">When this instance ends whatever it does.</param>
    /// <param name="run">Does it.</param>
    /// <param name="observer">Receives decisions.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.WorkInProgress"/>: another instance is still doing it; errors of the work that may pass.</exception>
    public async Task<AutomationOutcome> RunAsync(WorkKey? work, DateTimeOffset deadline, Func<Task<AutomationOutcome>> run, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (ledger is null || work is null)
            return await run();

        WorkClaim claim = await ClaimAsync(ledger, work, deadline, observer, cancellationToken);
        if (claim.Outcome is { } earlier)
            return AutomationOutcome.Read(earlier) with { IsRepeated = true };

        AutomationOutcome outcome;
        try
        {
            outcome = await run();
        }
        catch
        {
            await ReleaseAsync(ledger, claim, observer);
            throw;
        }

        if (!await ledger.CompleteAsync(claim, outcome.ToDocument(), cancellationToken))
            observer.Warning(AutomationMessages.LeaseLost(work.ToString(), ledger.Location));
        return outcome;
    }

    private async Task<WorkClaim> ClaimAsync(IWorkLedger ledger, WorkKey work, DateTimeOffset deadline, IRunObserver observer, CancellationToken cancellationToken)
    {
        TimeSpan wait = ShortestWait;
        while (true)
        {
            WorkClaim claim = await ledger.ClaimAsync(work, deadline + Skew, cancellationToken);
            if (claim.State != WorkState.Held)
                return claim;
            observer.Verbose(AutomationMessages.Waiting(work.ToString(), claim.HeldUntil!.Value));
            TimeSpan delay = TimeSpan.FromTicks((long)(wait.Ticks * (0.5 + (random() / 2))));
            if (time.GetUtcNow() + delay + Skew > deadline)
                throw new OpsException(ErrorIds.WorkInProgress, AutomationMessages.InProgress(work.ToString(), claim.HeldUntil.Value));
            await time.Delay(delay, cancellationToken);
            wait = wait + wait < LongestWait ? wait + wait : LongestWait;
        }
    }

    // The work failed, and that is what is to be seen; without this call the lease ends later.
    private static async Task ReleaseAsync(IWorkLedger ledger, WorkClaim claim, IRunObserver observer)
    {
        try
        {
            await ledger.ReleaseAsync(claim, CancellationToken.None);
        }
        catch (OpsException e)
        {
            observer.Warning(AutomationMessages.NotReleased(claim.Work.ToString(), e));
        }
    }
}
