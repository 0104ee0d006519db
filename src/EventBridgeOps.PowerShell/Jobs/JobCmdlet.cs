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
public abstract class JobCmdlet : SettingsCmdlet
{
    private readonly Dictionary<OpsSession, MvpJobs> _jobs = [];
    private JobStoreChoice? _choice;

    private protected JobCmdlet()
    {
    }

    /// <summary>The DynamoDB table of the jobs. By default <c>DYNAMODB_TABLE_NAME</c>, or else <c>mvp-development-jobs</c>.</summary>
    [Parameter]
    public string? TableName { get; set; }

    /// <summary>A file to use instead of a table. By default <c>EBOPS_JOB_STORE</c>.</summary>
    [Parameter]
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

    /// <summary>From work: the jobs in the store, through a session.</summary>
    private protected async Task<MvpJobs> OpenJobsAsync(SessionOptions options)
    {
        OpsSession session = await OpenAsync(options);
        lock (_jobs)
        {
            if (!_jobs.TryGetValue(session, out MvpJobs? jobs))
                _jobs.Add(session, jobs = session.Get<MvpJobStores>().Open(_choice!));
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
