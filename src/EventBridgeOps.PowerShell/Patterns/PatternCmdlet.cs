using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Events;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Patterns;

/// <summary>A cmdlet about event patterns and events.</summary>
/// <remarks>The pipeline is events; where <c>-Event</c> or <c>-EventPath</c> gives them, or none are needed, it is patterns or rules.</remarks>
public abstract class PatternCmdlet : SessionCmdlet
{
    private readonly EventFeed _events;
    private PatternInput _patterns = null!;
    private PatternSource _source = null!;
    private SessionOptions _session = null!;
    private bool _pipesPatterns;

    private protected PatternCmdlet() => _events = new EventFeed(Feed);

    /// <summary>Patterns: JSON text, hashtables, objects, rules.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public object[]? Pattern { get; set; }

    /// <summary>Files that are a pattern each.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? PatternPath { get; set; }

    /// <summary>Files of rules, whose patterns are taken: JSON of the AWS CLI, CloudFormation templates, Terraform plans as JSON.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? RulePath { get; set; }

    /// <summary>Rules of the account, or of <c>-RulePath</c>, whose patterns are taken, with or without wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RulePatternCompleter))]
    public string[]? RuleName { get; set; }

    /// <summary>Event buses whose rules' patterns are taken, with or without wildcards. By default <c>EVENTBRIDGE_BUS_NAME</c>, else the default bus.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EventBusPatternCompleter))]
    public string[]? EventBusName { get; set; }

    /// <summary>Events: JSON text, hashtables, objects.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public object[]? Event { get; set; }

    /// <summary>Files of events: JSON, JSON lines, arrays, also compressed by gzip.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? EventPath { get; set; }

    /// <summary>An event; where the events are given otherwise, a pattern or a rule.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>How many rules of the account are worked on at a time.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>Whether it works on events.</summary>
    private protected virtual bool NeedsEvents => true;

    /// <summary>Where the patterns come from; all is known when the work begins.</summary>
    private protected PatternSource Source => _source;

    /// <summary>Notes what was given, before objects of the pipeline bring properties of the same names.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        bool isPiped = MyInvocation.ExpectingInput || InputObject is not null;
        bool hasEvents = Event is not null || EventPath is not null;
        if (NeedsEvents && !hasEvents && !isPiped)
            ThrowTerminatingError(ErrorRecords.From(EventFeed.Missing, null));
        _pipesPatterns = isPiped && (hasEvents || !NeedsEvents);
        _session = SessionFor(null)!;
        _patterns = new PatternInput("-Pattern", Observer);
        foreach (object pattern in Pattern ?? [])
            _patterns.Add(pattern);
        _source = new PatternSource
        {
            Path = InputPaths.Resolve(this, PatternPath ?? []),
            RulePath = InputPaths.Resolve(this, RulePath ?? []),
            EventBusName = EventBusName,
            RuleName = RuleName,
            ThrottleLimit = ThrottleLimit,
        };
        if (!_pipesPatterns)
            Begin();
    }

    /// <summary>Takes an event, a pattern or a rule.</summary>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        if (_pipesPatterns)
            _patterns.Add(InputObject);
        else
            _events.Add(InputObject);
    }

    /// <summary>Takes the events that are parameters, and waits until all is told.</summary>
    protected override void EndProcessing()
    {
        if (_pipesPatterns)
            Begin();
        _events.Complete(Event, InputPaths.Resolve(this, EventPath ?? []));
        base.EndProcessing();
    }

    /// <summary>From work: what the cmdlet is for.</summary>
    private protected abstract Task RunAsync();

    /// <summary>From work: the events.</summary>
    private protected IAsyncEnumerable<EventDocument> EventsAsync(IRunObserver observer) => _events.ReadAsync(observer, StopToken);

    /// <summary>From work: the patterns.</summary>
    private protected async Task<IReadOnlyList<NamedPattern>> PatternsAsync()
    {
        OpsSession? session = _source.AsksAccount ? await SessionAsync() : null;
        return await _source.ReadAsync(session?.Rules, Environment.GetEnvironmentVariable, Observer, StopToken);
    }

    /// <summary>From work: the session.</summary>
    private protected Task<OpsSession> SessionAsync() => OpenAsync(_session);

    private void Begin()
    {
        _source = _source with { Given = _patterns.Complete() };
        Start(RunAsync);
    }
}
