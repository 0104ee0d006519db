using System.Collections.Concurrent;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using EventBridgeOps.Aws.Jobs;
using EventBridgeOps.Aws.Pacing;
using EventBridgeOps.Aws.Services;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Buses;
using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Jobs;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.Publishing;
using EventBridgeOps.Routes;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;
using EventBridgeOps.Undo;

namespace EventBridgeOps.Aws;

/// <summary>One Region of one account, with one identity. All front ends work through it.</summary>
/// <remarks>
/// All members may be used from several threads at once. Each service's requests are spaced to stay within its quota, and
/// retried by the AWS SDK (<c>AWS_RETRY_MODE</c>, <c>AWS_MAX_ATTEMPTS</c>; five attempts by default). Endpoints follow
/// <see cref="SessionOptions.EndpointUrl"/>, <c>AWS_ENDPOINT_URL_EVENTBRIDGE</c> (<c>_BATCH</c>, <c>_ECR</c>, <c>_STS</c>), <c>AWS_ENDPOINT_URL</c>,
/// the profile's <c>endpoint_url</c>, then AWS's own hosts (<c>AWS_USE_FIPS_ENDPOINT</c>, <c>AWS_USE_DUALSTACK_ENDPOINT</c>).
/// https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html.
/// </remarks>
public sealed class OpsSession : IDisposable
{
    private readonly List<AwsDocumentClient> _clients = [];
    private readonly ConcurrentDictionary<string, Lazy<AwsDocumentClient>> _registries = new(StringComparer.Ordinal);
    private readonly Lazy<DynamoTable> _dynamo;
    private readonly ItemRetry _retry;
    private readonly TimeProvider _time;

    private OpsSession(SessionOptions options, NamedProfile? profile)
    {
        Region = RegionSource.Find(options, profile);
        string? endpoint = CheckEndpoint(options.EndpointUrl);
        EndpointUrl = Config(AwsService.EventBridge).CustomUrl;
        SignInHere(Region);
        AWSCredentials credentials = CredentialSource.Find(options, profile);
        CallWatch watch = new(call => CallObserved?.Invoke(call), Environment.GetEnvironmentVariable(ObservedCall.BodiesVariable) == "1");

        EventBridge = new EventBridgeApi(Client(AwsService.EventBridge));
        AwsDocumentClient batch = Client(AwsService.Batch);
        Batch = new BatchApi(batch);
        BatchJobs = new BatchJobApi(batch);
        Identity = new IdentityApi(Client(AwsService.Sts));
        Ecr = new EcrApi(region => _registries.GetOrAdd(region, at => new Lazy<AwsDocumentClient>(() => Client(AwsService.Ecr, at))).Value);
        EventBus = new EventBusApi(Client(AwsService.EventBridge, requestsPerSecond: PutEventsQuota.RequestsPerSecond(Region)));

        // What works on these ports is wired here, so that both front ends start the same way.
        ItemRetry retry = _retry = new(options.TimeProvider, Chance.Next);
        Journal = OpenJournal(options.JournalPath, options.TimeProvider);
        Rules = new RuleReader(EventBridge, retry);
        Targets = new TargetScanner(EventBridge, Batch, Region, retry);
        Patterns = new ServicePatterns(EventBridge, retry);
        Sync = new TargetSync(EventBridge, Batch, Identity, Region, Journal, retry, options.TimeProvider);
        Undo = new ChangeUndo(EventBridge, Batch, Identity, Region, Journal, retry, options.TimeProvider);
        Images = new ImageScanner(Batch, Ecr, Region, retry, options.TimeProvider);
        ImageUpdate = new ImageUpdate(Batch, Ecr, Targets, Identity, Region, Journal, retry, options.TimeProvider);
        _dynamo = new Lazy<DynamoTable>(() => new DynamoTable(Region, endpoint, profile, credentials, options.TimeProvider, watch));
        _time = options.TimeProvider;
        Ids = new IdSource(options.TimeProvider, Chance.Next);
        Publisher = new EventPublisher(EventBus, Ids, retry, options.TimeProvider);
        ConnectionPorts ports = new(EventBridge, EventBus, Batch, BatchJobs, new QueueApi(Client(AwsService.Sqs)), Identity);
        Connection = new ConnectionCheck(ports, Publisher, Region, retry, options.TimeProvider);

        ServiceClientConfig Config(AwsService service, string? region = null)
        {
            ServiceClientConfig config = new(service, region ?? Region, endpoint, options.MaxAttempts, options.IgnoreConfiguration);
            profile?.ApplyTo(config);
            CheckEndpoint(config.CustomUrl); // An endpoint from the environment or the profile appears in messages too.
            return config;
        }

        AwsDocumentClient Client(AwsService service, string? region = null, double? requestsPerSecond = null)
        {
            RequestPacer pacer = new(options.RequestsPerSecond ?? requestsPerSecond ?? service.RequestsPerSecond, options.TimeProvider);
            AwsDocumentClient client = new(Config(service, region), credentials, new Conduct(pacer, options.TimeProvider, Chance.Next, watch));
            lock (_clients)
                _clients.Add(client);
            return client;
        }
    }

    /// <summary>Raised after each attempt of each call, from any thread. A handler must not throw, because an exception ends the call.</summary>
    public event Action<ObservedCall>? CallObserved;

    /// <summary>The AWS Region, for example <c>eu-west-1</c>.</summary>
    public string Region { get; }

    /// <summary>The custom endpoint URL of EventBridge; null if it is the default endpoint of AWS.</summary>
    public string? EndpointUrl { get; }

    /// <summary>Amazon EventBridge.</summary>
    public IEventBridgeApi EventBridge { get; }

    /// <summary>AWS Batch.</summary>
    public IBatchApi Batch { get; }

    /// <summary>Amazon ECR, in the Region of each registry.</summary>
    public IEcrApi Ecr { get; }

    /// <summary>AWS Batch's jobs.</summary>
    public IBatchJobApi BatchJobs { get; }

    /// <summary>AWS STS.</summary>
    public IIdentityApi Identity { get; }

    /// <summary>PutEvents, which has a quota of its own.</summary>
    public IEventBusApi EventBus { get; }

    /// <summary>Creates IDs of events and jobs.</summary>
    public IdSource Ids { get; }

    /// <summary>Sends events.</summary>
    public EventPublisher Publisher { get; }

    /// <summary>Lists event buses.</summary>
    public EventBusReader Buses => new(EventBridge, _retry);

    /// <summary>Reads rules.</summary>
    public RuleReader Rules { get; }

    /// <summary>Finds Batch targets and their state.</summary>
    public TargetScanner Targets { get; }

    /// <summary>Tests event patterns with the service.</summary>
    public ServicePatterns Patterns { get; }

    /// <summary>Repairs Batch targets.</summary>
    public TargetSync Sync { get; }

    /// <summary>Lists the images that job definitions run.</summary>
    public ImageScanner Images { get; }

    /// <summary>Registers job definitions with another image.</summary>
    public ImageUpdate ImageUpdate { get; }

    /// <summary>Undoes changes.</summary>
    public ChangeUndo Undo { get; }

    /// <summary>The change journal.</summary>
    public ChangeJournal Journal { get; }

    /// <summary>The MVP jobs of a store. Close it after use.</summary>
    /// <param name="choice">Which store.</param>
    public MvpJobs OpenJobs(JobStoreChoice choice) => new(OpenStore(choice), Publisher, Ids, BatchJobs, _retry, _time);

    /// <summary>The names in the account, for completion.</summary>
    internal AccountNames Names => new(EventBridge, Batch, Ecr, Rules, OpenStore, Region);

    /// <summary>Checks the full delivery path of an event.</summary>
    public ConnectionCheck Connection { get; }

    /// <summary>Creates tables for MVP jobs.</summary>
    public MvpJobTables JobTables => new(new MvpTableApi(_dynamo.Value), _retry, _time);

    /// <summary>Converts entries to events, which requires neither a Region nor credentials.</summary>
    public static EntryConverter Entries { get; } = new(TimeProvider.System, Chance.Next);

    /// <summary>Opens the change journal for reading, which requires neither a Region nor credentials.</summary>
    /// <param name="path">Its folder; null for <c>EBOPS_JOURNAL</c>, else the default folder of the user.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.JournalUnavailable"/>: no folder was found for it.</exception>
    public static ChangeJournal OpenJournal(string? path) => OpenJournal(path, TimeProvider.System);

    /// <summary>Shows which rules an event matches and which targets are invoked.</summary>
    /// <param name="query">The event buses and rules to evaluate.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a name cannot be used.</exception>
    public EventRouter Router(RuleQuery query) => new(EventBridge, Batch, Region, _retry, query);

    /// <summary>Opens the session to undo a change: in the Region of the change, unless the user specifies one.</summary>
    /// <param name="options">The options of the user.</param>
    /// <param name="change">The change to be undone.</param>
    /// <exception cref="OpsException">As in <see cref="Open"/>.</exception>
    public static OpsSession OpenFor(Change change, SessionOptions options) => Open(options with { Region = ChangeUndo.RegionOf(change, options.Region) });

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

        try
        {
            FallbackInternalConfigurationFactory.Reset(); // The environment as it is now, not as it was at the SDK's first use.
            return new OpsSession(options, NamedProfile.Find(options));
        }
        catch (Exception error) when (error is AmazonClientException or FormatException or InvalidOperationException or InvalidDataException or TypeInitializationException)
        {
            // The SDK reads part of the environment in a type initializer, whose own message tells nothing.
            Exception cause = error is TypeInitializationException { InnerException: { } inner } ? inner : error;
            throw new OpsException(ErrorIds.InvalidArgument, SessionMessages.ConfigurationNotValid(cause.Message), error);
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        lock (_clients)
        {
            foreach (AwsDocumentClient client in _clients)
                client.Dispose();
        }
        if (_dynamo.IsValueCreated)
            _dynamo.Value.Dispose();
    }

    private IMvpJobStore OpenStore(JobStoreChoice choice) => choice.Path is { } path ? new FileMvpJobStore(path) : new DynamoMvpJobStore(_dynamo.Value, choice.TableName);

    private static ChangeJournal OpenJournal(string? path, TimeProvider time) =>
        new(JournalLocation.Resolve(path, Environment.GetEnvironmentVariable), time, Chance.Next);

    /// <summary>
    /// The SDK assumes roles and exchanges web identities in a default region of its own, one for the process, which without
    /// this would be asked of the instance or be us-east-1: slow off EC2, and wrong in China and GovCloud.
    /// </summary>
    private static void SignInHere(string region)
    {
        AWSConfigs.AWSRegion = region;
        FallbackRegionFactory.Reset();
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
