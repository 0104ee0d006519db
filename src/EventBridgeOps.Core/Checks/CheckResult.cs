using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Checks;

/// <summary>The status of a check.</summary>
public enum CheckStatus : long
{
    /// <summary>The check passed.</summary>
    [State(Tone.Good)]
    OK,

    /// <summary>Not checked; see the result.</summary>
    [State(Tone.Warning, Verdict.Skipped)]
    SKIP,

    /// <summary>The check failed; the advice says what to do.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    NG,
}

/// <summary>A check and its result.</summary>
[Record("Checks", State = nameof(Status), Layout = RecordLayout.Tree, KnownBy = [nameof(Check), nameof(Depth), nameof(Status)])]
[Column("Status", nameof(Status), Width = 5)]
[Column("Check", nameof(Check))]
[Column("Result", nameof(Result))]
[Column("Advice", nameof(Advice))]
[Column("Depth", nameof(Depth))]
public sealed partial record CheckResult : IReportable
{
    /// <summary>What was checked.</summary>
    public required string Check { get; init; }

    /// <summary>Its depth in the tree: a check belongs to the nearest one before it with a lower depth.</summary>
    [Field(Unlisted = true)]
    public int Depth { get; init; }

    /// <summary>The status.</summary>
    public CheckStatus Status { get; init; }

    /// <summary>What was found.</summary>
    public required string Result { get; init; }

    /// <summary>What to do; null when nothing needs to be done.</summary>
    public string? Advice { get; init; }

    /// <summary>The stable error ID of a failed call; null when no call failed.</summary>
    public string? ErrorId { get; init; }

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) =>
        [ReportItem.Of(this, null, Check, null, Advice is null ? Result : CheckMessages.ResultAndAdvice(Result, Advice).In(voice)) with { Depth = Depth }];

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
