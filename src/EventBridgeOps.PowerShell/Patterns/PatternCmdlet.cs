using System.Collections;
using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Events;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Rules;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Patterns;

/// <summary>A cmdlet that works with event patterns and events.</summary>
/// <remarks>The pipeline contains events; with <c>-Event</c> or <c>-EventPath</c>, or if no events are needed, it contains patterns or rules.</remarks>
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

    /// <summary>Files that each contain one pattern.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? PatternPath { get; set; }

    /// <summary>Files of rules whose patterns are used: JSON of the AWS CLI, CloudFormation templates, Terraform plans as JSON, folders of projects.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? RulePath { get; set; }

    /// <inheritdoc cref="RuleFileOptions.Parameter"/>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Parameter { get; set; }

    /// <inheritdoc cref="RuleFileOptions.Environment"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Environment { get; set; }

    /// <summary>Rules of the account, or in <c>-RulePath</c>, whose patterns are used, with or without wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RulePatternCompleter))]
    public string[]? RuleName { get; set; }

    /// <summary>Event buses whose rules are used, with or without wildcards. By default <c>EVENTBRIDGE_BUS_NAME</c>, or else the default event bus.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EventBusPatternCompleter))]
    public string[]? EventBusName { get; set; }

    /// <summary>Events: JSON text, hashtables, objects.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public object[]? Event { get; set; }

    /// <summary>Files of events: JSON, JSON lines, arrays; also compressed with gzip.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? EventPath { get; set; }

    /// <summary>An event; if the events are given by parameters, a pattern or a rule.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>The maximum number of rules of the account that are read concurrently.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>Whether the cmdlet needs events.</summary>
    private protected virtual bool NeedsEvents => true;

    /// <summary>The source of the patterns; it is complete when the work begins.</summary>
    private protected PatternSource Source => _source;

    /// <summary>Reads the parameters, before objects from the pipeline bind properties of the same names.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        bool isPiped = MyInvocation.ExpectingInput || InputObject is not null;
        bool hasEvents = Event is not null || EventPath is not null;
        if (NeedsEvents && !hasEvents && !isPiped)
            ThrowTerminatingError(ErrorRecords.From(EventFeed.Missing, null));
        _pipesPatterns = isPiped && (hasEvents || !NeedsEvents);
        _session = SessionFor(null)!;
        _patterns = new PatternInput(ShellVoice.Instance.Parameter(nameof(Pattern)), Observer);
        foreach (object pattern in Pattern ?? [])
            _patterns.Add(pattern);
        _source = new PatternSource
        {
            Path = InputPaths.Resolve(this, PatternPath ?? []),
            RulePath = InputPaths.Resolve(this, RulePath ?? []),
            Options = new RuleFileOptions { Parameter = RuleFileParameters.Of(Parameter), Environment = Environment },
            EventBusName = EventBusName,
            RuleName = RuleName,
            ThrottleLimit = ThrottleLimit,
        };
        if (!_pipesPatterns)
            Begin();
    }

    /// <summary>Adds an event, a pattern or a rule.</summary>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        if (_pipesPatterns)
            _patterns.Add(InputObject);
        else
            _events.Add(InputObject);
    }

    /// <summary>Adds the events of the parameters, and waits until everything is written.</summary>
    protected override void EndProcessing()
    {
        if (_pipesPatterns)
            Begin();
        _events.Complete(Event, EventPath, InputPaths.Resolve(this, EventPath ?? []));
        base.EndProcessing();
    }

    /// <summary>From work: runs the cmdlet.</summary>
    private protected abstract Task RunAsync();

    /// <summary>From work: the events.</summary>
    private protected IAsyncEnumerable<EventDocument> EventsAsync(IRunObserver observer) => _events.ReadForCheckAsync(observer, StopToken);

    /// <summary>From work: the patterns.</summary>
    private protected async Task<IReadOnlyList<NamedPattern>> PatternsAsync()
    {
        OpsSession? session = _source.AsksAccount ? await SessionAsync() : null;
        return await _source.ReadAsync(session?.Get<RuleReader>(), Shell.Environment, Observer, StopToken);
    }

    /// <summary>From work: the session.</summary>
    private protected Task<OpsSession> SessionAsync() => OpenAsync(_session);

    private void Begin()
    {
        _source = _source with { Given = _patterns.Complete() };
        Start(RunAsync);
    }
}
