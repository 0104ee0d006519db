using EventBridgeOps.Aws.Composition;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Plans;
using EventBridgeOps.Undo;

namespace EventBridgeOps.Aws;

/// <summary>One Region of one account, with one identity. All front ends work through it.</summary>
/// <remarks>
/// It is what its options say and nothing else: sessions work side by side in one process. All members may be used from several threads at once.
/// Each service's requests are spaced to stay within its quota, which sessions of one account and Region share, and
/// retried by the AWS SDK (<c>AWS_RETRY_MODE</c>, <c>AWS_MAX_ATTEMPTS</c>; five attempts by default). Endpoints follow
/// <see cref="SessionOptions.EndpointUrl"/>, <c>AWS_ENDPOINT_URL_EVENTBRIDGE</c> (<c>_BATCH</c>, <c>_ECR</c>, <c>_STS</c>), <c>AWS_ENDPOINT_URL</c>,
/// the profile's <c>endpoint_url</c>, then AWS's own hosts (<c>AWS_USE_FIPS_ENDPOINT</c>, <c>AWS_USE_DUALSTACK_ENDPOINT</c>).
/// https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html.
/// </remarks>
public sealed class OpsSession : IDisposable
{
    private readonly SessionServices _services;

    private OpsSession(SessionOptions options) =>
        _services = new SessionServices(ServiceRegistry.Product, options, new SessionConnection(options, call => CallObserved?.Invoke(call)));

    /// <summary>Raised after each attempt of each call, from any thread. A handler must not throw, because an exception ends the call.</summary>
    public event Action<ObservedCall>? CallObserved;

    /// <summary>The AWS Region, for example <c>eu-west-1</c>.</summary>
    public string Region => _services.Region;

    /// <summary>The custom endpoint URL of EventBridge; null if it is the default endpoint of AWS.</summary>
    public string? EndpointUrl => _services.Connection.EndpointUrl;

    /// <summary>A service of the session, for example <c>TargetScanner</c> or <c>IEventBridgeApi</c>. It is made on first use, and the session closes it.</summary>
    /// <typeparam name="T">The service.</typeparam>
    /// <exception cref="InvalidOperationException">No such service is registered.</exception>
    public T Get<T>() where T : class => _services.Get<T>();

    /// <summary>Opens the session to undo a change: in the Region of the change, unless the user specifies one.</summary>
    /// <param name="options">The options of the user.</param>
    /// <param name="change">The change to be undone.</param>
    /// <exception cref="OpsException">As in <see cref="Open"/>.</exception>
    public static OpsSession OpenFor(Change change, SessionOptions options) => Open(options with { Region = ChangeUndo.RegionOf(change, options.Region) });

    /// <summary>Opens the session to apply a plan: in the Region of the plan, unless the user specifies one.</summary>
    /// <param name="options">The options of the user.</param>
    /// <param name="plan">The plan to be applied.</param>
    /// <exception cref="OpsException">As in <see cref="Open"/>.</exception>
    public static OpsSession OpenFor(ChangePlan plan, SessionOptions options) => Open(options with { Region = options.Region ?? plan.Region });

    /// <summary>Opens the session for something in a Region, unless the user specifies one.</summary>
    /// <param name="region">The Region; null for the default Region of the user.</param>
    /// <param name="options">The options of the user.</param>
    /// <exception cref="OpsException">As in <see cref="Open"/>.</exception>
    public static OpsSession OpenIn(string? region, SessionOptions options) => Open(options with { Region = options.Region ?? region });

    /// <summary>Finds the Region and the credentials, and opens a session. It calls no AWS service except, possibly, the instance metadata service.</summary>
    /// <param name="options">The options of the user.</param>
    /// <exception cref="OpsException">
    /// <see cref="ErrorIds.NoRegion"/>, <see cref="ErrorIds.NoCredentials"/>, <see cref="ErrorIds.ExpiredCredentials"/>,
    /// <see cref="ErrorIds.ProfileNotFound"/>; <see cref="ErrorIds.InvalidArgument"/> if a value is not valid.
    /// </exception>
    public static OpsSession Open(SessionOptions options)
    {
        if (options.RequestsPerSecond is { } rate && !(rate > 0 && rate <= 100_000))
            throw new OpsException(ErrorIds.InvalidArgument, SessionMessages.RequestsPerSecond(rate));
        if (options.RetryTimeout is { } timeout && (timeout < TimeSpan.Zero || timeout > SessionOptions.LongestRetryTimeout))
            throw new OpsException(ErrorIds.InvalidArgument, SessionMessages.RetryTimeout(timeout.TotalSeconds));
        if (options.JournalPath is not null && options.JournalTable is not null)
            throw new OpsException(ErrorIds.InvalidArgument, SessionMessages.FolderAndTable());
        return SessionConnection.Configured(() => new OpsSession(options));
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _services.Dispose();
}
