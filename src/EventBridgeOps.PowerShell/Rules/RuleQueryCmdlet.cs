using System.Management.Automation;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Rules;

/// <summary>A cmdlet about the rules of some event buses.</summary>
public abstract class RuleQueryCmdlet : SessionCmdlet
{
    private protected RuleQueryCmdlet()
    {
    }

    /// <summary>Event buses: names or ARNs, with or without wildcards; <c>*</c> is every bus. By default <c>EVENTBRIDGE_BUS_NAME</c>, else the default bus.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EventBusPatternCompleter))]
    public string[]? EventBusName { get; set; }

    /// <summary>Rule names, with or without wildcards. By default <c>RULE_NAME</c>, else all.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RulePatternCompleter))]
    public string[]? RuleName { get; set; }

    /// <summary>How many rules are worked on at a time.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    private protected RuleQuery Rules => RuleQuery.From(EventBusName, RuleName, ThrottleLimit, Environment.GetEnvironmentVariable);

    /// <summary>The rules that are meant with an object of the pipeline: where that is an event bus, its own.</summary>
    private protected RuleQuery RulesOf(PipelineItem? item) => item?.EventBus is { } bus
        ? RuleQuery.From([bus], IsGiven(nameof(RuleName)) ? RuleName : null, ThrottleLimit, Environment.GetEnvironmentVariable)
        : Rules;

    /// <summary>What the current pipeline object says; null without one, or, with an error, where it names no rule and no bus.</summary>
    private protected bool TryRead(PSObject? input, out PipelineItem? item)
    {
        item = input is null ? null : new PipelineItem(input);
        if (item is null || EventBusName is not null || RuleName is not null)
            return true;
        WriteError(ErrorRecords.From(
            new OpsException(ErrorIds.InvalidArgument, $"'{item.Source}' names neither a rule nor an event bus: an object from the pipeline needs a property EventBusName, RuleName or Name."),
            item.Source));
        return false;
    }
}
