using System.Globalization;
using System.Net;
using Amazon.Runtime;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>The settings of a session: from its environment, else from its profile. https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html.</summary>
/// <remarks>Everything is set on a client explicitly. What is not set, the SDK reads once for the whole process, and all sessions would share it.</remarks>
internal sealed class SessionSettings(Func<string, string?> environment, SharedProfile? profile)
{
    private bool IgnoresEndpoints => Text("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls") is { } text && bool.Parse(text);

    /// <summary>The number of attempts of a call; null if it is not configured.</summary>
    private int? Attempts => int.TryParse(Text("AWS_MAX_ATTEMPTS", "max_attempts"), NumberStyles.None, CultureInfo.InvariantCulture, out int attempts) ? attempts : null;

    /// <summary>The endpoint that is configured for a service; null for that of AWS.</summary>
    /// <param name="serviceId">The ID of the service in the SDKs, for example <c>EventBridge</c>.</param>
    public string? Endpoint(string serviceId)
    {
        if (IgnoresEndpoints)
            return null;
        string name = serviceId.Replace(' ', '_');
        return Variable("AWS_ENDPOINT_URL_" + name.ToUpperInvariant()) ?? Variable("AWS_ENDPOINT_URL") ?? profile?.Endpoint(name.ToLowerInvariant());
    }

    /// <summary>Configures a client of the SDK.</summary>
    /// <param name="config">The configuration of the client.</param>
    /// <param name="attempts">The number of attempts of a call if none is configured.</param>
    public void ApplyTo(ClientConfig config, int attempts)
    {
        config.DefaultConfigurationMode = DefaultConfigurationMode.Standard;
        config.IgnoreConfiguredEndpointUrls = true; // They are applied here.
        config.UseFIPSEndpoint = Flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
        config.UseDualstackEndpoint = Flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
        config.RetryMode = Choice("AWS_RETRY_MODE", "retry_mode", RequestRetryMode.Standard);
        config.MaxErrorRetry = (Attempts ?? attempts) - 1;
        config.AccountIdEndpointMode = Choice("AWS_ACCOUNT_ID_ENDPOINT_MODE", "account_id_endpoint_mode", AccountIdEndpointMode.PREFERRED);
        config.DisableClockSkewCorrection = Flag("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "disable_clock_skew_correction");
        config.ClientAppId = Text("AWS_SDK_UA_APP_ID", "sdk_ua_app_id") ?? "";
        config.EndpointDiscoveryEnabled = false;
        config.DisableRequestCompression = true;
        config.RequestMinCompressionSizeBytes = 10240;
        config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_SUPPORTED;
        config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_SUPPORTED;
        config.AuthSchemePreference = [];
        config.SigV4aSigningRegionSet = [];
    }

    /// <summary>Sends the requests of a client to an endpoint, if one is configured for its service.</summary>
    public void ApplyEndpointTo(ClientConfig config, string serviceId, string region)
    {
        if (Endpoint(serviceId) is not { } url)
            return;
        config.ServiceURL = url;
        config.AuthenticationRegion = region; // Else it would be signed for us-east-1.
        if (Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.IsLoopback)
            config.SetWebProxy(new WebProxy()); // A proxy that http_proxy names would look for a local endpoint on its own machine.
    }

    private bool Flag(string variable, string field) => bool.TryParse(Text(variable, field), out bool flag) && flag;

    private T Choice<T>(string variable, string field, T otherwise) where T : struct => Enum.TryParse(Text(variable, field), ignoreCase: true, out T choice) ? choice : otherwise;

    private string? Text(string variable, string field) => Variable(variable) ?? profile?[field];

    private string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;
}
