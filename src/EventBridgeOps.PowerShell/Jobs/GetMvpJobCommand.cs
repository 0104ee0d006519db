using System.Management.Automation;
using EventBridgeOps.Jobs;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Jobs;

/// <summary>Gets MVP jobs, each with its Batch job, and waits for them to finish if requested.</summary>
[Performs("mvp list")]
[Performs("mvp get")]
[Requires("dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan", On = "arn:aws:dynamodb:*:123456789012:table/mvp-development-jobs*")]
[Requires("batch:DescribeJobs")]
[Cmdlet(VerbsCommon.Get, "MvpJob", DefaultParameterSetName = ByQuery)]
[OutputType(typeof(MvpJob))]
public sealed class GetMvpJobCommand : JobCmdlet
{
    private const string ById = nameof(ById);
    private const string ByQuery = nameof(ByQuery);
    private const int DefaultTimeout = 3600;
    private const int DefaultInterval = 5;

    private readonly List<(JobPlace Place, string[] Ids)> _wanted = [];

    /// <summary>The IDs of the jobs.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ById, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobCompleter))]
    public string[] JobId { get; set; } = [];

    /// <summary>Only the jobs of this user, newest first.</summary>
    [Parameter(ParameterSetName = ByQuery)]
    [ValidateNotNullOrEmpty]
    public string? UserId { get; set; }

    /// <summary>Only jobs in these states.</summary>
    [Parameter(ParameterSetName = ByQuery)]
    [Names(typeof(MvpJobState))]
    public MvpJobState[]? State { get; set; }

    /// <summary>Wait until each job has finished.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The maximum time to wait, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 31_536_000)]
    public int TimeoutSeconds { get; set; } = DefaultTimeout;

    /// <summary>The polling interval, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int IntervalSeconds { get; set; } = DefaultInterval;

    /// <summary>Collects the IDs.</summary>
    protected override void ProcessRecord() => _wanted.Add((Place(), JobId));

    /// <summary>Reads the jobs, and writes each as it arrives.</summary>
    protected override void EndProcessing()
    {
        MvpJobQuery? query = ParameterSetName == ByQuery ? new MvpJobQuery { UserId = UserId, State = State ?? [] } : null;
        Start(async () =>
        {
            foreach (IGrouping<JobPlace, string[]> place in _wanted.GroupBy(wanted => wanted.Place, wanted => wanted.Ids))
            {
                MvpJobs jobs = await OpenJobsAsync(place.Key);
                List<string> ids = [.. place.SelectMany(some => some)];
                if (query is not null)
                {
                    await WriteAllAsync(jobs.Reader.ListAsync(query, Observer, StopToken), write: !Wait, each: job =>
                    {
                        if (Wait)
                            ids.Add(job.JobId);
                    }, nothing: query.NothingFound(jobs.Store.Name));
                }

                if (Wait)
                {
                    await WriteAllAsync(jobs.Reader.WaitAsync(ids, TimeSpan.FromSeconds(TimeoutSeconds), TimeSpan.FromSeconds(IntervalSeconds), Observer, StopToken));
                    continue;
                }

                foreach (MvpJob job in await jobs.Reader.FindAsync(ids, Observer, StopToken))
                    await WriteAsync(job);
            }
        });
        base.EndProcessing();
    }
}
