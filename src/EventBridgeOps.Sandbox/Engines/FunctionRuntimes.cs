using EventBridgeOps.Sandbox.Lambda;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Engines;

/// <summary>
/// Runs the functions of Lambda: each process has one invocation at a time, and stays for the next one, until it exits or the function changes.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html</remarks>
internal sealed class FunctionRuntimes : IFunctions, IAsyncDisposable
{
    /// <summary>How many processes a function has at most; further invocations wait. AWS has many more, which one machine has not.</summary>
    private const int MostProcesses = 10;

    private readonly World world;
    private readonly Account account;
    private readonly Func<IReadOnlyDictionary<string, string>> environment;
    private readonly Dictionary<string, SemaphoreSlim> places = new(StringComparer.Ordinal);
    private readonly HashSet<FunctionProcess> processes = [];
    private readonly HashSet<FunctionProcess> idle = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly object gate = new();
    private int resets;

    public FunctionRuntimes(World world, Account account, Func<IReadOnlyDictionary<string, string>> environment)
    {
        this.world = world;
        this.account = account;
        this.environment = environment;
        world.Changed += EndOutdated;
    }

    public Task<InvocationResult> InvokeAsync(Invocation invocation) => Task.Run(() => MeasureAsync(invocation));

    /// <summary>Ends all processes; what waits for them is cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        world.Changed -= EndOutdated;
        stopping.Cancel();
        await EndAllAsync();
    }

    /// <summary>Ends all processes with what they do; what waits for one of them fails. What it returns completes when they are gone.</summary>
    public Task EndAllAsync()
    {
        List<FunctionProcess> all;
        lock (gate)
        {
            resets++;
            all = [.. processes];
            processes.Clear();
            idle.Clear();
        }

        return Task.WhenAll(all.ConvertAll(process => process.DisposeAsync().AsTask()));
    }

    private async Task<InvocationResult> MeasureAsync(Invocation invocation)
    {
        DateTimeOffset began = world.Use(invocation.Region, _ => account.Time.GetUtcNow());
        long start = account.Time.Real.GetTimestamp();
        InvocationResult result = await RunAsync(invocation);
        TimeSpan duration = account.Time.Real.GetElapsedTime(start);
        world.Use(invocation.Region, state =>
        {
            Operation operation = Operation.OfService(invocation.Region, state, account);
            FunctionMetrics.Invoked(operation, invocation, began, result.Error is not null, duration);
            FunctionLogs.Write(operation, invocation, began, result);
            return state;
        });
        return result;
    }

    private async Task<InvocationResult> RunAsync(Invocation invocation)
    {
        int before = Resets;
        SemaphoreSlim place = PlaceOf(invocation.Arn);
        await place.WaitAsync(stopping.Token);
        try
        {
            if (Resets != before)
                return new(RawDocument.Empty.With("errorType", "Sandbox.Reset").With("errorMessage", EngineMessages.FunctionGone().ToString()).ToUtf8(), "Unhandled", []);
            FunctionProcess process = TakeIdle(invocation) ?? Made(invocation);
            InvocationResult result = await process.InvokeAsync(invocation, stopping.Token);
            if (!TryKeep(process))
                await process.DisposeAsync();
            return result;
        }
        finally
        {
            place.Release();
        }
    }

    private int Resets
    {
        get
        {
            lock (gate)
                return resets;
        }
    }

    private SemaphoreSlim PlaceOf(string arn)
    {
        lock (gate)
        {
            if (!places.TryGetValue(arn, out SemaphoreSlim? place))
                places[arn] = place = new(MostProcesses);
            return place;
        }
    }

    private FunctionProcess? TakeIdle(Invocation invocation)
    {
        lock (gate)
        {
            FunctionProcess? found = idle.FirstOrDefault(process => process.IsAlive && process.IsFor(invocation));
            if (found is not null)
                idle.Remove(found);
            return found;
        }
    }

    private FunctionProcess Made(Invocation invocation)
    {
        FunctionProcess process = new(account.Time.Real, invocation, environment());
        lock (gate)
        {
            if (!stopping.IsCancellationRequested)
            {
                processes.Add(process);
                return process;
            }
        }

        throw new OperationCanceledException(stopping.Token);
    }

    /// <summary>Keeps a process for the next invocation, if it can take one.</summary>
    private bool TryKeep(FunctionProcess process)
    {
        bool isCurrent = IsCurrent(process);
        lock (gate)
        {
            if (isCurrent && process.IsAlive && processes.Contains(process))
                return idle.Add(process);
            processes.Remove(process);
            return false;
        }
    }

    /// <summary>Ends the idle processes of functions that were changed or deleted, and of those that a reset removed.</summary>
    private void EndOutdated()
    {
        List<FunctionProcess> all;
        lock (gate)
            all = [.. idle];
        foreach (FunctionProcess process in all.Where(process => !process.IsAlive || !IsCurrent(process)))
        {
            lock (gate)
            {
                if (!idle.Remove(process))
                    continue; // It has an invocation now, and ends after it.
                processes.Remove(process);
            }

            _ = process.DisposeAsync().AsTask();
        }
    }

    private bool IsCurrent(FunctionProcess process) => world.Use(process.Invocation.Region, state =>
        state["lambdaFunctions"].Find(process.Invocation.Function.Text("FunctionName")!)?.Text("RevisionId") == process.Invocation.Function.Text("RevisionId"));
}
