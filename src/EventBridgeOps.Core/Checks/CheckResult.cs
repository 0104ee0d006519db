using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Checks;

/// <summary>The status of a check.</summary>
public enum CheckStatus
{
    /// <summary>The check passed.</summary>
    OK,

    /// <summary>Not checked; see the result.</summary>
    SKIP,

    /// <summary>The check failed; the advice says what to do.</summary>
    NG,
}

/// <summary>A check and its result.</summary>
public sealed record CheckResult
{
    /// <summary>What was checked.</summary>
    public required string Check { get; init; }

    /// <summary>Its depth in the tree: a check belongs to the nearest one before it with a lower depth.</summary>
    public int Depth { get; init; }

    /// <summary>The status.</summary>
    public CheckStatus Status { get; init; }

    /// <summary>What was found.</summary>
    public required string Result { get; init; }

    /// <summary>What to do; null when nothing needs to be done.</summary>
    public string? Advice { get; init; }

    /// <summary>The stable error ID of a failed call; null when no call failed.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The check as a line of the tree.</summary>
    public override string ToString() => $"{new string(' ', 2 * Depth)}{Status} {Check}: {Result}";
}

/// <summary>Creates the results of checks.</summary>
/// <param name="voice">How the front end spells actions and parameters.</param>
internal sealed class CheckResults(IVoice voice)
{
    public CheckResult Ok(int depth, Message check, Message result) => new() { Check = check.In(voice), Depth = depth, Status = CheckStatus.OK, Result = result.In(voice) };

    public CheckResult Skip(int depth, Message check, Message result) => new() { Check = check.In(voice), Depth = depth, Status = CheckStatus.SKIP, Result = result.In(voice) };

    public CheckResult Fail(int depth, Message check, Message result, Message advice) =>
        new() { Check = check.In(voice), Depth = depth, Status = CheckStatus.NG, Result = result.In(voice), Advice = advice.In(voice) };

    /// <summary>Runs a check; an error is its result, except an error that ends the whole run.</summary>
    public async Task<CheckResult> GuardAsync(int depth, Message check, Message advice, Func<Task<CheckResult>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run();
        }
        catch (OpsException e) when (!e.EndsRun || e.ErrorId == ErrorIds.JobStoreUnavailable)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Fail(depth, check, CheckMessages.Error(e), advice) with { ErrorId = e.ErrorId };
        }
    }
}
