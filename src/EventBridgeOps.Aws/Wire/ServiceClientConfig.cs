using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Aws.Wire;

/// <summary>The SDK's configuration for one of our services: endpoint, region, retries, as the environment and the profile of the session say.</summary>
internal sealed class ServiceClientConfig : ClientConfig
{
    private const int DefaultAttempts = 5;
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);

    private readonly AwsService _service;

    public ServiceClientConfig(AwsService service, string region, SessionSettings settings, string? endpointUrl = null, int? maxAttempts = null)
        : base(new StandardDefaults())
    {
        _service = service;
        UserAgent = InternalSDKUtils.BuildUserAgentString(service.ServiceId, "") + " EventBridgeOps/" + ProductVersion.Text;
        ServiceId = service.ServiceId;
        AuthenticationServiceName = service.SigningName;
        RegionEndpoint = RegionEndpoint.GetBySystemName(region); // Before ServiceURL: each resets the other.
        if ((endpointUrl ?? settings.Endpoint(service.ServiceId)) is { } url)
            ServiceURL = url;
        AuthenticationRegion = region; // Else a custom endpoint would be signed for us-east-1.
        EndpointProvider = new ServiceEndpointProvider(this);

        DisableLogging = true;
        AllowAutoRedirect = false; // A redirected POST would arrive as a GET.
        MaxConnectionsPerServer = 64; // .NET Framework's own default is two.
        MaxStaleConnectionRetries = 1;
        ResignRetries = true; // Credentials may have been refreshed, and time has passed, since the last attempt.
        ThrottleRetries = false; // The pacer slows the whole run down instead of giving up single calls.
        settings.ApplyTo(this, DefaultAttempts);
        if (maxAttempts is not null)
            MaxErrorRetry = maxAttempts.Value - 1;
#if NET8_0_OR_GREATER
        ConnectTimeout = ConnectLimit;
#else
        _ = ConnectLimit; // HttpClient cannot bound the connecting alone there.
#endif
    }

    public AwsService Service => _service;

    public override string ServiceVersion => _service.ApiVersion;

    public override string UserAgent { get; }

    public override string RegionEndpointServiceName => _service.SigningName;

    /// <summary>The endpoint that the user configured; null for AWS's own.</summary>
    /// <exception cref="AmazonClientException">It is not a valid URL.</exception>
    public string? CustomUrl => ServiceURL is { Length: > 0 } url ? url : null;

    /// <summary>Where requests go.</summary>
    public Uri EffectiveEndpoint => new(CustomUrl ?? "https://" + ServiceHosts.Find(_service, AuthenticationRegion, UseFIPSEndpoint, UseDualstackEndpoint));

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(new EndpointParameters());

    public override void Validate()
    {
        base.Validate();
        if (CustomUrl is not null && EffectiveEndpoint.IsLoopback)
            SetWebProxy(new WebProxy()); // A proxy that http_proxy names would look for a local endpoint on its own machine.
        if (CustomUrl is not null && (UseFIPSEndpoint || UseDualstackEndpoint))
            throw new OpsException(ErrorIds.InvalidArgument, WireMessages.EndpointConflict(CustomUrl));
    }

    private sealed class StandardDefaults : IDefaultConfigurationProvider
    {
        public IDefaultConfiguration GetDefaultConfiguration(RegionEndpoint clientRegion, DefaultConfigurationMode? requestedConfigurationMode = null) =>
            new DefaultConfiguration { Name = DefaultConfigurationMode.Standard, RetryMode = RequestRetryMode.Standard };
    }
}
