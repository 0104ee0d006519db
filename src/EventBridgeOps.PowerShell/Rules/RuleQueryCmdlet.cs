using System.Management.Automation;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Rules;

/// <summary>A cmdlet that reads the rules of event buses.</summary>
public abstract class RuleQueryCmdlet : SessionCmdlet
{
    private protected RuleQueryCmdlet()
    {
    }

    /// <summary>Names or ARNs of event buses, with or without wildcards; <c>*</c> means all. By default <c>EVENTBRIDGE_BUS_NAME</c>, or else the default event bus.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EventBusPatternCompleter))]
    public string[]? EventBusName { get; set; }

    /// <summary>Rule names, with or without wildcards. By default <c>RULE_NAME</c>, or else all.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RulePatternCompleter))]
    public string[]? RuleName { get; set; }

    /// <summary>The maximum number of rules that are processed concurrently.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    private protected RuleQuery Rules => RuleQuery.From(EventBusName, RuleName, ThrottleLimit, Shell.Environment);

    /// <summary>The rules that an object from the pipeline stands for; for an event bus, all of its rules.</summary>
    private protected RuleQuery RulesOf(PipelineItem? item) => item?.EventBus is { } bus
        ? RuleQuery.From([bus], IsGiven(nameof(RuleName)) ? RuleName : null, ThrottleLimit, Shell.Environment)
        : Rules;

    /// <summary>The current object from the pipeline; null without one. False, with an error, if it names neither a rule nor an event bus.</summary>
    private protected bool TryRead(PSObject? input, out PipelineItem? item)
    {
        item = input is null ? null : new PipelineItem(input);
        if (item is null || EventBusName is not null || RuleName is not null)
            return true;
        WriteError(ErrorRecords.From(
            new OpsException(ErrorIds.InvalidArgument, ShellRuleMessages.NamesNothing($"{item.Source}")),
            item.Source));
        return false;
    }
}
