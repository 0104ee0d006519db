namespace EventBridgeOps.Sandbox;

/// <summary>How a sandbox is to be.</summary>
public sealed record SandboxOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The account that the sandbox plays.</summary>
    public string AccountId { get; init; } = "123456789012";

    /// <summary>The region of callers who don't sign, and the one that the environment variables of an engine name.</summary>
    public string Region { get; init; } = "eu-west-1";

    /// <summary>The most items on a page, whatever the caller asks for; null leaves AWS's own sizes.</summary>
    public int? PageSize { get; init; }

    /// <summary>How long each call takes.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The calls a second that each service of a region takes before it throttles; null for no limit.</summary>
    public double? RequestsPerSecond { get; init; }

    /// <summary>The calls that may come at once before the rate counts; by default a second's worth.</summary>
    public int? Burst { get; init; }

    /// <summary>Where the state is kept between runs; null keeps it nowhere.</summary>
    public string? StateFile { get; init; }

    /// <summary>The targets that a rule may have.</summary>
    public int TargetsPerRule { get; init; } = 5;

    /// <summary>Whether a job takes one step towards its end each time that it is described.</summary>
    public bool JobsAdvanceWhenDescribed { get; init; } = true;

    /// <summary>Whether the call log keeps the requests' bodies.</summary>
    public bool RecordBodies { get; init; }

    /// <summary>Makes ids and random faults repeat from run to run; null makes each run its own.</summary>
    public int? Seed { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
