using System.Management.Automation;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.DeadLetters;

/// <summary>A cmdlet that reads dead letters.</summary>
public abstract class DeadLetterQueryCmdlet : SessionCmdlet
{
    /// <inheritdoc cref="DeadLetterQuery.EventBusName"/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EventBusPatternCompleter))]
    public string[]? EventBusName { get; set; }

    /// <inheritdoc cref="DeadLetterQuery.RuleName"/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RulePatternCompleter))]
    public string[]? RuleName { get; set; }

    /// <inheritdoc cref="DeadLetterQuery.Cause"/>
    [Parameter]
    [Names(typeof(DeadLetterCause))]
    public DeadLetterCause? Cause { get; set; }

    /// <inheritdoc cref="DeadLetterQuery.MaxCount"/>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int MaxCount { get; set; } = DeadLetterQuery.DefaultMaxCount;

    /// <inheritdoc cref="DeadLetterQuery.ThrottleLimit"/>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>A query with the common parameters.</summary>
    private protected T Fill<T>()
        where T : DeadLetterQuery, new() => new() { Cause = Cause, MaxCount = MaxCount, ThrottleLimit = ThrottleLimit };
}
