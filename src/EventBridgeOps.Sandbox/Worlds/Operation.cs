using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>What an operation works on: its input, its region's state, and the account around it.</summary>
internal sealed class Operation(AwsCall call, Region state, Account account)
{
    public AwsCall Call { get; } = call;

    public RawDocument Input => Call.Input;

    public Region State { get; } = state;

    public Account Account { get; } = account;

    public DateTimeOffset Now => Account.Time.GetUtcNow();

    /// <summary>What a service of AWS does by itself, without a call.</summary>
    public static Operation OfService(string region, Region state, Account account) => new(AwsCall.OfService(region) with { AccountId = account.Id }, state, account);

    /// <summary>The same with another input, as one service calls another.</summary>
    public Operation With(RawDocument input) => new(Call with { Input = input }, State, Account);

    /// <summary>The same as part of a trace, or of none.</summary>
    public Operation InTrace(string? header) => Call.TraceHeader == header ? this : new(Call with { TraceHeader = header }, State, Account);

    /// <summary>An ARN of this account in this region: "job-queue/main" of "batch".</summary>
    public string Arn(string service, string resource) =>
        Events.Names.Arn.In(service, Call.Region, Account.Id, resource).ToString();

    /// <summary>An ARN without a region, as IAM and STS have them.</summary>
    public string GlobalArn(string service, string resource) =>
        Events.Names.Arn.Global(service, Call.Region, Account.Id, resource).ToString();

    /// <summary>Whether an ARN is of this account, in this region.</summary>
    public bool IsHere(string partition, string region, string accountId) =>
        partition == Partitions.Of(Call.Region) && region == Call.Region && accountId == Account.Id;

    /// <summary>One page of a list that is in the ordinal order of its keys.</summary>
    public Paging.Page<T> Page<T>(IEnumerable<T> items, Func<T, string> key, long? limit, string? token, int most = 100) =>
        Paging.Cut(items, key, Call.Operation, (int)Math.Min(limit ?? most, Account.PageSize ?? most), token);
}

/// <summary>An account of the sandbox.</summary>
internal sealed record Account(string Id, int? PageSize, int TargetsPerRule, bool JobsAdvanceWhenDescribed, SandboxClock Time, Randomness Random)
{
    private Accounts? all;

    /// <summary>Whether it is not the sandbox's own account, but one with which that shares events.</summary>
    public bool IsOther { get; init; }

    /// <summary>This account and the others.</summary>
    public Accounts All => all ??= new(this);

    /// <summary>The part of the world that a Region of this account is.</summary>
    public string Place(string region) => IsOther ? $"{Id}/{region}" : region;

    /// <summary>How long events take until they are in an archive.</summary>
    public TimeSpan ArchiveDelay { get; init; }

    /// <summary>How long a job stays in a status; null if jobs move only when they are described or advanced.</summary>
    public TimeSpan? JobStep { get; init; }

    /// <summary>What runs in place of images; null if jobs run by their scripts alone.</summary>
    public IContainers? Containers { get; set; }

    /// <summary>What runs the functions of Lambda.</summary>
    public IFunctions? Functions { get; set; }

    /// <summary>What runs the calls that one service makes of another.</summary>
    public IServiceCalls? Calls { get; set; }

    /// <summary>The roles of the account.</summary>
    public required IRoles Roles { get; init; }

    /// <summary>Whether rules and targets may have members that the service model does not have.</summary>
    public bool KeepsUnknownMembers { get; init; }

    /// <summary>Where events go.</summary>
    public required IEventSink Events { get; init; }
}

/// <summary>The roles of the account, wherever they are asked for.</summary>
internal interface IRoles
{
    /// <summary>What a service may do with a role: the role must exist, trust the service, and allow the action.</summary>
    /// <param name="operation">What the service does, and in which Region.</param>
    /// <param name="roleArn">The ARN of the role.</param>
    /// <param name="service">The name of the service: lambda.amazonaws.com.</param>
    /// <param name="sourceArn">The ARN of the resource for which the service assumes the role.</param>
    /// <param name="action">The action: sqs:SendMessage.</param>
    /// <param name="resource">The ARN of the resource.</param>
    PolicyDecision May(Operation operation, string roleArn, string service, string sourceArn, string action, string resource);
}

/// <summary>Takes the events of the account: what PutEvents accepted, and what the services of AWS report.</summary>
internal interface IEventSink
{
    /// <summary>Sends an accepted entry to its event bus.</summary>
    /// <returns>The ID of the event.</returns>
    string Accept(Operation operation, RawDocument entry);

    /// <summary>Sends an event of an AWS service. Service events reach the default event bus only.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event.html</remarks>
    ReportedEvent Report(Operation operation, string source, string detailType, IEnumerable<string> resources, RawDocument detail);

    /// <summary>Says how PutEvents was answered; null if with an error.</summary>
    void Answered(Operation operation, RawDocument? answer);
}

/// <summary>An event that a service reported.</summary>
/// <param name="Id">Its ID.</param>
/// <param name="Rules">The number of rules that matched it.</param>
internal readonly record struct ReportedEvent(string Id, int Rules);

/// <summary>Runs commands in place of the images of jobs.</summary>
internal interface IContainers
{
    /// <summary>Whether a command stands for the image of a job.</summary>
    bool Runs(RawDocument job);

    /// <summary>Starts the command of a job, and ends the attempt with its exit code.</summary>
    void Start(Operation operation, RawDocument job);

    /// <summary>Ends the command of a job, if it is running, and keeps what it has written.</summary>
    void Stop(Operation operation, RawDocument job);
}

/// <summary>Runs a call that one service makes of another while it holds the world, as CloudFormation makes what a template says.</summary>
internal interface IServiceCalls
{
    /// <summary>Does what the call asks for.</summary>
    /// <exception cref="AwsError">The refusal of the service.</exception>
    RawDocument Run(AwsCall call);
}

/// <summary>A service: its operations by name.</summary>
internal interface IService
{
    string Name { get; }

    IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; }

    /// <summary>The error for a page token that the service never gave out.</summary>
    AwsError BadToken { get; }

    /// <summary>The error for a failure of the service's own.</summary>
    AwsError Internal(int status);
}
