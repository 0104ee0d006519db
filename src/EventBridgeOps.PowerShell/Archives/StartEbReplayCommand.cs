using System.Management.Automation;
using EventBridgeOps.Archives;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;

namespace EventBridgeOps.PowerShell.Archives;

/// <summary>Replays events of an archive to the rules of its event bus, after it has shown what happens again.</summary>
[Performs("replay start")]
[Requires("events:DescribeArchive", "events:ListRules", "events:ListTargetsByRule")]
[Requires("events:StartReplay", On = "arn:aws:events:*:123456789012:*")]
[Requires("events:DescribeReplay", With = "With -Wait")]
[Cmdlet(VerbsLifecycle.Start, "EbReplay", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Replay))]
public sealed class StartEbReplayCommand : SessionCmdlet
{
    private readonly Dictionary<(SessionOptions Session, string ArchiveName), List<string>> _rules = [];

    /// <inheritdoc cref="ReplayOptions.ArchiveName"/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string ArchiveName { get; set; } = "";

    /// <inheritdoc cref="ReplayOptions.From"/>
    [Parameter(Mandatory = true, Position = 1)]
    [Moment]
    [ValidateNotNullOrEmpty]
    public string From { get; set; } = "";

    /// <inheritdoc cref="ReplayOptions.To"/>
    [Parameter(Position = 2)]
    [Moment]
    [ValidateNotNullOrEmpty]
    public string? To { get; set; }

    /// <inheritdoc cref="ReplayOptions.RuleName"/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RulePatternCompleter))]
    public string[]? RuleName { get; set; }

    /// <inheritdoc cref="ReplayOptions.ReplayName"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReplayName { get; set; }

    /// <inheritdoc cref="ReplayOptions.Description"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    /// <inheritdoc cref="ReplayOptions.Force"/>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc cref="ReplayOptions.Wait"/>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc cref="ReplayOptions.TimeoutSeconds"/>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int TimeoutSeconds { get; set; } = ReplayOptions.DefaultTimeoutSeconds;

    /// <summary>Collects the rules of each archive, which receive the events by one replay.</summary>
    protected override void ProcessRecord()
    {
        (SessionOptions, string) key = (SessionFor(null)!, ArchiveName);
        if (!_rules.TryGetValue(key, out List<string>? rules))
            _rules.Add(key, rules = []);
        rules.AddRange(RuleName ?? []);
    }

    /// <summary>Starts each replay, and writes it.</summary>
    protected override void EndProcessing()
    {
        ReplayOptions options = new() { From = From, To = To, ReplayName = ReplayName, Description = Description, Force = Force, Wait = Wait, TimeoutSeconds = TimeoutSeconds };
        Start(async () =>
        {
            foreach (KeyValuePair<(SessionOptions Session, string ArchiveName), List<string>> replay in _rules)
            {
                OpsSession session = await OpenAsync(replay.Key.Session);
                ReplayOptions one = options with { ArchiveName = replay.Key.ArchiveName, RuleName = [.. replay.Value.Distinct(StringComparer.Ordinal)] };
                await ForItemAsync(replay.Key.ArchiveName, async () => await WriteAsync(await session.Get<ReplayStarter>().RunAsync(one, ApproveAsync, Observer, StopToken)));
            }
        });
        base.EndProcessing();
    }
}
