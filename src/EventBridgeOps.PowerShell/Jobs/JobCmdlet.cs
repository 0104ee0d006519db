using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Security;
using EventBridgeOps.Aws.Jobs;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Jobs;
using EventBridgeOps.PowerShell.Sessions;

namespace EventBridgeOps.PowerShell.Jobs;

/// <summary>A cmdlet that works with the MVP jobs in a job store.</summary>
public abstract class JobCmdlet : SessionCmdlet
{
    private readonly Dictionary<(OpsSession, JobStoreChoice), MvpJobs> _jobs = [];
    private JobStoreChoice? _choice;

    private protected JobCmdlet()
    {
    }

    /// <summary>The DynamoDB table of the jobs. By default that of the job from the pipeline, <c>DYNAMODB_TABLE_NAME</c>, or else <c>mvp-development-jobs</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? TableName { get; set; }

    /// <summary>A file to use instead of a table. By default that of the job from the pipeline, or else <c>EBOPS_JOB_STORE</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? StorePath { get; set; }

    /// <summary>Determines the job store.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _choice = OrEnd(() => JobStoreChoice.From(FullPath(StorePath), TableName, Setting));
    }

    /// <summary>Closes the stores.</summary>
    /// <param name="disposing">Always true.</param>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        lock (_jobs)
        {
            foreach (MvpJobs jobs in _jobs.Values)
                jobs.Dispose();
            _jobs.Clear();
        }
    }

    /// <summary>On the pipeline thread: where the current job is. A store that is given on the command line applies to all jobs; otherwise, a job from the pipeline is in the store that it came from.</summary>
    private protected JobPlace Place()
    {
        SessionOptions session = SessionFor(null)!;
        (string? path, string? table) = (Given(StorePath), Given(TableName));
        return IsGiven(nameof(StorePath)) || IsGiven(nameof(TableName)) || (path ?? table) is null
            ? new JobPlace(session, _choice!)
            : new JobPlace(session, JobStoreChoice.From(FullPath(path), path is null ? table : null, Setting));
    }

    /// <summary>From work: the jobs in a store, through a session.</summary>
    private protected async Task<MvpJobs> OpenJobsAsync(JobPlace place)
    {
        OpsSession session = await OpenAsync(place.Session);
        lock (_jobs)
        {
            if (!_jobs.TryGetValue((session, place.Store), out MvpJobs? jobs))
                _jobs.Add((session, place.Store), jobs = session.Get<MvpJobStores>().Open(place.Store));
            return jobs;
        }
    }

    /// <summary>The text of a database URL, which may be a secret.</summary>
    private protected static string? Reveal(object? value)
    {
        object? given = value is PSObject shell ? shell.BaseObject : value;
        if (given is not SecureString secret)
            return given?.ToString() is { Length: > 0 } text ? text : null;
        IntPtr letters = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(letters);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(letters);
        }
    }

    /// <summary>An empty field of a CSV file is null.</summary>
    private protected static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>A job store, and the session through which it is used.</summary>
internal sealed record JobPlace(SessionOptions Session, JobStoreChoice Store);
