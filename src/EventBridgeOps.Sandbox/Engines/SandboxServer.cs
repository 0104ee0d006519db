using EventBridgeOps.Sandbox.Alarms;
using EventBridgeOps.Sandbox.Batch;
using EventBridgeOps.Sandbox.BusLogs;
using EventBridgeOps.Sandbox.Calls;
using EventBridgeOps.Sandbox.CloudFormation.Stacks;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Doors;
using EventBridgeOps.Sandbox.DynamoDb.Tables;
using EventBridgeOps.Sandbox.Ecr;
using EventBridgeOps.Sandbox.Ecs;
using EventBridgeOps.Sandbox.Faults;
using EventBridgeOps.Sandbox.Iam;
using EventBridgeOps.Sandbox.Lambda;
using EventBridgeOps.Sandbox.Metering;
using EventBridgeOps.Sandbox.Page;
using EventBridgeOps.Sandbox.Sns;
using EventBridgeOps.Sandbox.Sqs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Engines;

/// <summary>A local AWS in this process: EventBridge, Batch, ECS, ECR, Lambda, SQS, SNS, S3, DynamoDB, CloudWatch, CloudFormation, IAM, STS and more over HTTP on the loopback address.</summary>
public sealed class SandboxServer : ISandboxEngine
{
    private readonly World world = new();
    private readonly Account account;
    private readonly AsyncInvocations events;
    private readonly Courier courier;
    private readonly HttpNotifier notifier;
    private readonly DueRunner due;
    private readonly ClockAdvance clock;
    private readonly Services services;
    private readonly FrontDoor front;
    private readonly AdminDoor admin;
    private readonly PageDoor page;
    private readonly WireServer wire;
    private readonly StateFile? file;
    private readonly JobCommands? commands;
    private readonly FunctionRuntimes functions;
    private readonly SandboxJournal journal;
    private readonly TaskCompletionSource<bool> stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string defaultRegion;
    private readonly object gate = new();
    private Task? stopping;

    private SandboxServer(SandboxOptions options)
    {
        defaultRegion = options.Region;
        Randomness random = new(options.Seed);
        RuleTally tally = new();
        Faults = new(options.Seed);
        courier = new(world, new DeliveryFaults(Faults), new QueueTarget(), new TopicTarget(), new JobTarget(), new ArchiveTarget(), new LogsTarget(), new FunctionTarget())
        {
            Watches = [new EventMetrics(), new BusLog(), tally],
        };
        account = new(
            options.AccountId, options.PageSize, options.TargetsPerRule, options.JobsAdvanceWhenDescribed, new(options.TimeProvider), random)
        {
            Events = courier,
            Roles = new RoleDirectory(world),
            JobStep = options.JobStep,
            KeepsUnknownMembers = options.KeepUnknownMembers,
            ArchiveDelay = options.ArchiveDelay,
        };
        if (options.JobCommands.Count > 0)
            account.Containers = commands = new(world, account, options.JobCommands, () => Environment!);
        account.Functions = functions = new(world, account, () => Environment!);
        RunningWork running = new();
        events = new(world, running);
        QueuePoller poller = new(world, running);
        notifier = new(world);
        due = new(world, account, options.MostWorkAtOnce, [courier, new ScheduleRunner(courier), new ReplayRunner(courier), new JobCourse(), new DeploymentCourse(), new MessageMoves(), notifier, new TimeToLive(), events, poller, new AlarmRunner(), new StackCourse()]);
        notifier.RunDue = events.RunDue = poller.RunDue = due.RunDue;
        clock = new(due, tally, running);
        account.Calls = services = new(world, account, due);
        front = new(options, services, Faults, random);
        admin = new(options, front, services, Faults, courier.Log, clock, world, SaveState, () => _ = Task.Run(StopAsync), EndWhatRan);
        page = new(options.Region, world, account, courier.Log);
        wire = new(options.Port, options.TimeProvider, HandleAsync);
        journal = new SandboxJournal(options.StateFile);
        file = options.StateFile is { } path ? StateFile.Open(path, world) : null;
        world.UseAll((place, _) => account.All.At(place)); // The accounts that the state has are there.
        wire.Start();
        Endpoint = new($"http://127.0.0.1:{wire.Port}/");
        Environment = SandboxEnvironment.For(Endpoint, options.Region, journal);
        commands?.EndLost();
        events.Resume(account);
    }

    /// <inheritdoc/>
    public string Name => "built-in";

    /// <inheritdoc/>
    public Uri Endpoint { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>The faults to inject.</summary>
    public FaultScript Faults { get; }

    /// <summary>The calls of AWS operations so far, oldest first (at most the last 100,000).</summary>
    public IReadOnlyList<SandboxCall> Calls => front.Calls;

    /// <summary>Completes when the server has stopped for any reason; fails if the state could not be saved.</summary>
    public Task Stopped => stopped.Task;

    /// <summary>Starts a server, which is listening when this method returns.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port is already in use.</exception>
    /// <exception cref="InvalidDataException">The state file could not be read.</exception>
    public static Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.Run(() => new SandboxServer(options), cancellationToken);
    }

    /// <summary>The last deliveries of events to targets, oldest change first (at most 10,000).</summary>
    public IReadOnlyList<SandboxDelivery> Deliveries => courier.Log.After(0);

    /// <summary>Advances the clock of the sandbox: what becomes due on the way is done, each at its moment.</summary>
    /// <exception cref="InvalidDataException">So much became due on the way that the clock stopped before the end.</exception>
    public void AdvanceTime(TimeSpan span) => clock.Advance(span);

    /// <summary>Clears the call log.</summary>
    public void ClearCalls() => front.ClearCalls();

    /// <summary>Advances every job to its next status.</summary>
    public void AdvanceJobs() => services.AdvanceJobs();

    /// <summary>Pushes an image with a made-up manifest, as <c>docker push</c> would: ECR reports it as an event. The repository is created if it is missing.</summary>
    /// <param name="image">Repository and tag, for example <c>acme:v2</c>.</param>
    /// <param name="region">The Region; null for that of the sandbox.</param>
    /// <exception cref="InvalidDataException">The image is not one that ECR takes.</exception>
    public SandboxImage PushImage(string image, string? region = null) => services.Push(region ?? defaultRegion, image);

    /// <summary>Writes the state file now, if there is one.</summary>
    public void SaveState() => file?.Save();

    /// <inheritdoc/>
    public Task StopAsync()
    {
        lock (gate)
            return stopping ??= StopOnceAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task StopOnceAsync()
    {
        try
        {
            await wire.DisposeAsync();
            due.Dispose();
            if (commands is not null)
                await commands.StopAllAsync();
            await functions.DisposeAsync();
            notifier.Dispose();
            if (file is not null)
                await file.DisposeAsync();
            journal.End();
            stopped.TrySetResult(true);
        }
        catch (Exception e)
        {
            stopped.TrySetException(e);
            throw;
        }
    }

    /// <summary>Ends what ran for a state that was replaced: the processes know nothing of the new one.</summary>
    private void EndWhatRan()
    {
        services.ForgetHeld();
        _ = functions.EndAllAsync();
        _ = commands?.StopAllAsync();
        commands?.EndLost();
        events.Resume(account);
        world.SayChanged();
    }

    private async Task<HttpResponse> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (LoopbackGuard.Refusal(request) is { } refusal)
            return refusal;
        if (page.Handle(request) is { } shown)
            return shown;
        HttpResponse response = AdminDoor.IsFor(request) ? await admin.HandleAsync(request, cancellationToken) : await front.HandleAsync(request, cancellationToken);
        return file is null ? response : await SavedAsync(file, response);
    }

    private static async Task<HttpResponse> SavedAsync(StateFile file, HttpResponse response)
    {
        try
        {
            await file.SavedAsync();
            return response;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return HttpResponse.Text(500, StateMessages.NotSaved(e.Message));
        }
    }
}
