using System.Management.Automation;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Jobs;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Jobs;

/// <summary>Finishes MVP jobs that are pending: sends their events again, with the same ids.</summary>
[Performs("mvp repair")]
[Cmdlet(VerbsDiagnostic.Repair, "MvpJob", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(MvpSendResult))]
public sealed class RepairMvpJobCommand : JobCmdlet
{
    private readonly List<string> _ids = [];
    private SessionOptions? _session;

    /// <summary>Only these jobs; without any, all that are pending long enough.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobCompleter))]
    public string[]? JobId { get; set; }

    /// <summary>How long a job must be pending, unless it is named: a younger one may be on its way.</summary>
    [Parameter]
    public TimeSpan MinimumAge { get; set; } = MvpJobRepair.DefaultMinimumAge;

    /// <summary>The database's URL, for jobs whose event had it; a SecureString. By default <c>FOUNDERDASH_DB_URL</c>.</summary>
    [Parameter]
    public object? DatabaseUrl { get; set; }

    /// <summary>How many calls are under way at a time.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>Notes the ids.</summary>
    protected override void ProcessRecord()
    {
        _session = SessionFor(null);
        _ids.AddRange(JobId ?? []);
    }

    /// <summary>Sends them.</summary>
    protected override void EndProcessing()
    {
        // An empty pipeline names no job; it does not mean all of them.
        if (_session is { } session && (_ids.Count > 0 || !MyInvocation.ExpectingInput))
        {
            string? url = Reveal(DatabaseUrl) ?? Setting("FOUNDERDASH_DB_URL");
            Start(async () =>
            {
                MvpJobs jobs = await OpenJobsAsync(session);
                await WriteAllAsync(jobs.Repair.RunAsync(_ids, MinimumAge, url, ThrottleLimit, ApproveAsync, Observer, StopToken));
            });
        }

        base.EndProcessing();
    }
}
