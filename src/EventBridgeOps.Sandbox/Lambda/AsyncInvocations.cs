using System.Text;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>The events that Lambda accepted, until the function handled them: two retries, one and two minutes after an error.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html</remarks>
internal sealed class AsyncInvocations(World world, RunningWork running) : IDueHandler
{
    /// <summary>https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html.</summary>
    public const int MostBytes = 1024 * 1024;

    private const string DueKind = "lambdaEvent";

    /// <summary>The events that are with a function now, so that a sandbox that ends forgets none of them.</summary>
    private const string TableName = "lambdaEvents";

    public string Kind => DueKind;

    /// <summary>Called after an attempt, when its retry may be due already.</summary>
    public Action RunDue { get; set; } = () => { };

    /// <summary>Takes on an event.</summary>
    /// <returns>The ID of the request, which all its attempts have.</returns>
    public static string Accept(Operation operation, Function function, byte[] payload)
    {
        string id = operation.Account.Random.Id();
        DueWork.Plan(operation, operation.Now, DueKind, RawDocument.Empty
            .With("id", id).With("function", function.Name).With("payload", Encoding.UTF8.GetString(payload)).With("retries", 0).With("since", operation.Now.UtcTicks)
            .With("trace", operation.Call.TraceHeader));
        return id;
    }

    /// <summary>Begins an attempt, which ends outside. An event of a function that was deleted since is dropped.</summary>
    public void Run(Operation operation, RawDocument work)
    {
        if (Function.Named(operation, work.Text("function")!) is not { IsRun: true } function)
            return;

        string id = work.Text("id")!, region = operation.Call.Region;
        operation.State[TableName][id] = work;
        Account account = operation.Account;
        DateTimeOffset at = operation.Now;
        Task<InvocationResult> invocation = account.Functions!.InvokeAsync(function.Invocation(id, Encoding.UTF8.GetBytes(work.Text("payload")!)) with { TraceHeader = work.Text("trace") });
        running.Add(FinishAsync(region, account, at, work, invocation));
    }

    /// <summary>Plans again what was with a function when the sandbox ended.</summary>
    public void Resume(Account account) => world.UseAll((region, state) =>
    {
        Operation operation = Operation.OfService(region, state, account);
        foreach (KeyValuePair<string, RawDocument> row in state[TableName].ToList())
        {
            state[TableName].Remove(row.Key);
            DueWork.Plan(operation, operation.Now, DueKind, row.Value);
        }
    });

    private async Task FinishAsync(string region, Account account, DateTimeOffset at, RawDocument work, Task<InvocationResult> invocation)
    {
        InvocationResult result;
        try
        {
            result = await invocation;
        }
        catch (OperationCanceledException)
        {
            return; // The sandbox ends, and keeps the event.
        }

        world.Use(region, state =>
        {
            Operation operation = Operation.OfService(region, state, account);
            if (state[TableName].Find(work.Text("id")!) is null)
                return state; // The sandbox was reset since.
            state[TableName].Remove(work.Text("id")!);
            if (Function.Named(operation, work.Text("function")!) is not { } function)
                return state;
            if (result.Error is null)
                AsyncOutcome.Tell(operation, function, work, result, "Success");
            else
                Retry(operation, function, at, work, result);
            return state;
        });
        world.SayChanged();
        RunDue();
    }

    /// <summary>Plans the next attempt by the time of this one, however long the function took.</summary>
    private static void Retry(Operation operation, Function function, DateTimeOffset at, RawDocument work, InvocationResult result)
    {
        long retries = work.Number("retries")!.Value;
        (long most, TimeSpan age) = EventInvokeConfig.Of(function);
        DateTimeOffset next = at + TimeSpan.FromMinutes(retries + 1);
        if (retries >= most)
            AsyncOutcome.Tell(operation, function, work, result, "RetriesExhausted");
        else if (next - new DateTimeOffset(work.Number("since")!.Value, TimeSpan.Zero) > age)
            AsyncOutcome.Tell(operation, function, work, result, "EventAgeExceeded");
        else
            DueWork.Plan(operation, next, DueKind, work.With("retries", retries + 1));
    }
}
