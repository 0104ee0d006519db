namespace EventBridgeOps.Sandbox;

/// <summary>The options of a sandbox.</summary>
public sealed record SandboxOptions
{
    /// <summary>The port on 127.0.0.1; 0 for any free port.</summary>
    public int Port { get; init; }

    /// <summary>The ID of the account that the sandbox simulates.</summary>
    public string AccountId { get; init; } = "123456789012";

    /// <summary>How long an event takes until it is in an archive. AWS says to wait 10 minutes before a replay; here it is there at once, if nothing else is said.</summary>
    public TimeSpan ArchiveDelay { get; init; }

    /// <summary>The Region of unsigned requests, and the Region in the environment variables of an engine.</summary>
    public string Region { get; init; } = "eu-west-1";

    /// <summary>The maximum number of items on a page, regardless of the request; null for the page sizes of AWS.</summary>
    public int? PageSize { get; init; }

    /// <summary>The duration of each call.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The number of calls per second that each service accepts in a Region before it throttles; null for no limit.</summary>
    public double? RequestsPerSecond { get; init; }

    /// <summary>The number of calls that are accepted at once before the rate applies; by default, the calls of one second.</summary>
    public int? Burst { get; init; }

    /// <summary>The full path of the file that keeps the state between runs; null for none.</summary>
    public string? StateFile { get; init; }

    /// <summary>The maximum number of targets of a rule.</summary>
    public int TargetsPerRule { get; init; } = 5;

    /// <summary>Whether a job advances to its next status each time it is described.</summary>
    public bool JobsAdvanceWhenDescribed { get; init; } = true;

    /// <summary>How long a job stays in each status where people use the sandbox: short enough to wait for, and long enough to see.</summary>
    public static TimeSpan UsualJobStep { get; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a job stays in each status; null if jobs advance only when they are described, or by hand.</summary>
    public TimeSpan? JobStep { get; init; }

    /// <summary>
    /// The commands that run in place of images, by the name of the image, with or without its tag: <c>newsarchive-backend</c>. A command runs in the shell of the system
    /// with the job's command as arguments, its environment and that of the sandbox; its exit code is that of the job.
    /// </summary>
    public IReadOnlyDictionary<string, string> JobCommands { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether rules and targets keep members that the service model does not have, as a later version of the service could; otherwise they are refused,
    /// because they have no effect.
    /// </summary>
    public bool KeepUnknownMembers { get; init; }

    /// <summary>How much planned work is done at once: a rule that starts what it matches would never end, and fill the memory.</summary>
    internal int MostWorkAtOnce { get; init; } = 100_000;

    /// <summary>Whether the call log records request bodies.</summary>
    public bool RecordBodies { get; init; }

    /// <summary>The seed that makes IDs and random faults repeatable; null for random ones.</summary>
    public int? Seed { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
