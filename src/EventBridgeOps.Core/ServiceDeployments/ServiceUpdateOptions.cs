using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>The options of a deployment of services.</summary>
[Request(Without = [nameof(Force)])]
public sealed partial record ServiceUpdateOptions : WriteOptions
{
    /// <summary>How long to wait for a deployment by default, in seconds.</summary>
    public const int DefaultTimeoutSeconds = 900;

    /// <summary>Wait until each deployment is completed, has failed, or is replaced by another.</summary>
    /// <remarks>A deployment that is rolled back has failed, although the service is stable afterwards.</remarks>
    [Option]
    public bool Wait { get; init; }

    /// <summary>The maximum time to wait for the deployments, in seconds.</summary>
    [Option("seconds", Min = 0, Max = 86400)]
    public int TimeoutSeconds { get; init; } = DefaultTimeoutSeconds;

    /// <summary>Deploy a service even if it already runs the image.</summary>
    [Option]
    public bool ForceNewDeployment { get; init; }

    /// <summary>Do not look up the image in Amazon ECR.</summary>
    /// <remarks>Whether a service already runs what its tag points to is then not known, so it is deployed.</remarks>
    [Option]
    public bool SkipImageCheck { get; init; }

    /// <inheritdoc/>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>.</exception>
    public override void Check()
    {
        base.Check();
        RequestLimits.Check(this, Request);
    }
}
