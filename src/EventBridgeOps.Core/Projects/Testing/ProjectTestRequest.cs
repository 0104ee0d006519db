using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Which project to check, and how.</summary>
[Request]
public sealed partial record ProjectTestRequest
{
    /// <summary>The longest <see cref="TimeoutSeconds"/>.</summary>
    public const int LongestTimeout = 900;

    /// <summary>The folder of the project.</summary>
    [Option("folder", Otherwise = "the current folder")]
    public string? Path { get; init; }

    /// <summary>The folder of another project that receives events of this one, or sends events to it: both are checked as a pair. Can be specified multiple times.</summary>
    [Option("folder")]
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>Check the project again whenever one of its files changes, until Ctrl+C.</summary>
    [Option]
    public bool Watch { get; init; }

    /// <summary>Send the examples over a temporary event bus with copies of the rules, and check what arrives.</summary>
    /// <remarks>Each target of a copy is one temporary queue. The targets of the project are not invoked. All temporary resources are deleted afterwards.</remarks>
    [Option]
    public bool Live { get; init; }

    /// <summary>The environment whose account and Region the live test uses.</summary>
    [Option("name", Name = "Environment", Otherwise = "the only one")]
    public string? EnvironmentName { get; init; }

    /// <summary>Rules whose examples the live test also sends to the event bus of the environment. Their targets are really invoked.</summary>
    [Option("rule", Name = "InvokeTargets")]
    public IReadOnlyList<string> InvokeTarget { get; init; } = [];

    /// <summary>How long the live test waits for deliveries, in seconds.</summary>
    [Option("seconds", Min = 1, Max = LongestTimeout)]
    public int TimeoutSeconds { get; init; } = 60;

    /// <summary>The maximum number of concurrent API calls of the live test.</summary>
    [Option("number", Min = 1, Max = ThrottleLimits.Max)]
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>Checks the request.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a value is not valid, or options contradict each other.</exception>
    public void Check()
    {
        RequestLimits.Check(this, Request);
        if (Live && Watch)
            throw new OpsException(ErrorIds.InvalidArgument, ProjectTestMessages.LiveAndWatch());
        if (!Live && (EnvironmentName is not null || InvokeTarget.Count > 0))
            throw new OpsException(ErrorIds.InvalidArgument, ProjectTestMessages.OnlyLive());
    }
}
