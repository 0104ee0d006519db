using Amazon.Runtime;
using EventBridgeOps.Aws.Jobs;
using EventBridgeOps.Aws.Pacing;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Composition;

/// <summary>How a session reaches AWS: its Region, its credentials, its endpoints, and the clients that it has made.</summary>
internal sealed class SessionConnection : IDisposable
{
    private readonly SessionOptions _options;
    private readonly SessionSettings _settings;
    private readonly AWSCredentials _credentials;
    private readonly CallWatch _watch;
    private readonly string? _endpoint;
    private readonly List<AwsDocumentClient> _clients = [];

    /// <summary>Finds the Region and the credentials.</summary>
    /// <exception cref="OpsException">One of them was not found, or cannot be used.</exception>
    public SessionConnection(SessionOptions options, Action<ObservedCall> observe)
    {
        _options = options;
        ProfileFiles files = new(options);
        SharedProfile? profile = files.Named(options);
        Region = RegionSource.Find(options, profile, files);
        _settings = new SessionSettings(options.Host.Environment, profile ?? files.Find(files.DefaultName));
        _endpoint = CheckEndpoint(options.EndpointUrl);
        ServiceClientConfig config = Configure(AwsService.EventBridge, Region);
        config.Validate();
        EndpointUrl = config.CustomUrl;
        _credentials = new CredentialSource(options, profile, files, new ProfileCredentials(options, Region, files, _settings)).Find();
        _watch = new CallWatch(observe, options.Host.Environment(ObservedCall.BodiesVariable) == "1");
    }

    /// <summary>The Region of the session.</summary>
    public string Region { get; }

    /// <summary>The custom endpoint of EventBridge; null if it is that of AWS.</summary>
    public string? EndpointUrl { get; }

    /// <summary>Makes the client of a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="quota">The quota that its requests share; null for that of the service.</param>
    /// <param name="region">The Region; null for that of the session.</param>
    /// <exception cref="OpsException">The configuration is not valid.</exception>
    public AwsDocumentClient Client(AwsService service, Quota? quota = null, string? region = null) => Configured(() =>
    {
        string at = region ?? Region;
        ServiceClientConfig config = Configure(service, at);
        Quota limit = quota ?? new Quota(service.SigningName, service.RequestsPerSecond);
        if (_options.RequestsPerSecond is { } rate)
            limit = limit with { RequestsPerSecond = rate };
        if (_options.RequestBurst is { } burst)
            limit = limit with { Burst = burst };
        RequestPacer pacer = RequestPacers.Of(_options.Host.Time, new PacerKey(AccountHint.Of(_credentials), at, limit, config.EffectiveEndpoint));
        AwsDocumentClient client = new(config, _credentials, new Conduct(pacer, _options.Host.Time, _options.Host.Random, _watch));
        lock (_clients)
            _clients.Add(client);
        return client;
    });

    /// <summary>Makes the client of DynamoDB.</summary>
    public DynamoTable Dynamo() => Configured(() => new DynamoTable(Region, _endpoint, _settings, _credentials, _options.Host.Time, _watch));

    /// <summary>Closes the clients.</summary>
    public void Dispose()
    {
        lock (_clients)
        {
            foreach (AwsDocumentClient client in _clients)
                client.Dispose();
            _clients.Clear();
        }
    }

    /// <summary>Explains an error of the SDK about a setting.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the configuration is not valid.</exception>
    public static T Configured<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception error) when (error is AmazonClientException or FormatException or InvalidOperationException or InvalidDataException)
        {
            throw new OpsException(ErrorIds.InvalidArgument, SessionMessages.ConfigurationNotValid(error.Message), error);
        }
    }

    private ServiceClientConfig Configure(AwsService service, string region)
    {
        ServiceClientConfig config = new(service, region, _settings, _endpoint, _options.MaxAttempts);
        CheckEndpoint(config.CustomUrl); // An endpoint from the environment or the profile appears in messages too.
        return config;
    }

    private static string? CheckEndpoint(string? url)
    {
        if (url is null or "")
            return null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw new OpsException(ErrorIds.InvalidArgument, SessionMessages.NotAnEndpoint(url!));
        if (uri.UserInfo.Length > 0)
            throw new OpsException(ErrorIds.InvalidArgument, SessionMessages.EndpointWithUser());
        return url;
    }
}
