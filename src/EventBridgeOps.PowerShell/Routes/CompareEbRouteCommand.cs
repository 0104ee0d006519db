using System.Collections;
using System.Management.Automation;
using EventBridgeOps.Archives;
using EventBridgeOps.PowerShell.Events;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Rules;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Routes;
using EventBridgeOps.Rules;

namespace EventBridgeOps.PowerShell.Routes;

/// <summary>Compares where events would go by new rules with where they go by the rules of today. No AWS API is called.</summary>
[Performs("replay local")]
[Cmdlet(VerbsData.Compare, "EbRoute")]
[OutputType(typeof(RouteDifference))]
public sealed class CompareEbRouteCommand : AsyncCmdlet
{
    private readonly EventFeed _events;
    private bool _isStarted;

    /// <summary>Makes the cmdlet.</summary>
    public CompareEbRouteCommand() => _events = new EventFeed(Feed);

    /// <summary>Files of the new rules: JSON of the AWS CLI, CloudFormation templates, Terraform plans as JSON, folders of projects.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] RulePath { get; set; } = [];

    /// <summary>Files of the rules of today, in the same formats.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Against { get; set; } = [];

    /// <summary>Files of events: JSON, JSON lines, arrays; also compressed with gzip.</summary>
    [Parameter(Position = 2)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? EventPath { get; set; }

    /// <summary>Events: JSON text, hashtables, objects.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? Event { get; set; }

    /// <summary>An event.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>The name of the replay, which each event gets in its field <c>replay-name</c>, so that a pattern that excludes replays does not match it. By default, <c>local</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReplayName { get; set; }

    /// <inheritdoc cref="RuleFileOptions.Parameter"/>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Parameter { get; set; }

    /// <inheritdoc cref="RuleFileOptions.Environment"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Environment { get; set; }

    /// <summary>Starts the comparison.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Event is null && EventPath is null && !MyInvocation.ExpectingInput && InputObject is null)
            ThrowTerminatingError(ErrorRecords.From(EventFeed.Missing, null));
        IReadOnlyList<string> rules = InputPaths.Resolve(this, RulePath), against = InputPaths.Resolve(this, Against);
        // A path without files was reported. Without rules, every event would go elsewhere.
        if (rules.Count == 0 || against.Count == 0)
            return;
        _isStarted = true;
        RuleFileOptions files = new() { Parameter = RuleFileParameters.Of(Parameter), Environment = Environment };
        Start(async () =>
        {
            EventRouter before = await RouterAsync(against), after = await RouterAsync(rules);
            await WriteAllAsync(new RouteComparison(before, after).CompareAsync(ReplayedEvent.NameAsync(_events.ReadForCheckAsync(Observer, StopToken), ReplayName, StopToken), Observer, StopToken));
        });

        async Task<EventRouter> RouterAsync(IReadOnlyList<string> paths) => new(await ProjectRules.ReadAsync(paths, files, Observer, StopToken), null, null);
    }

    /// <summary>Adds an event.</summary>
    protected override void ProcessRecord()
    {
        if (_isStarted && InputObject is not null)
            _events.Add(InputObject);
    }

    /// <summary>Adds the events of the parameters, and waits until everything is written.</summary>
    protected override void EndProcessing()
    {
        if (_isStarted)
            _events.Complete(Event, EventPath, InputPaths.Resolve(this, EventPath ?? []));
        base.EndProcessing();
    }
}
