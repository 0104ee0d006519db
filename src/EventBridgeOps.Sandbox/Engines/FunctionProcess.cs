using System.Globalization;
using EventBridgeOps.Sandbox.Lambda;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Engines;

/// <summary>The bootstrap of a function, unpacked into a folder of its own, with the runtime API that it calls.</summary>
internal sealed class FunctionProcess(TimeProvider time, Invocation first, IReadOnlyDictionary<string, string> sandbox) : IAsyncDisposable
{
    private const string Bootstrap = "bootstrap";

    /// <summary>The initialization may take so long, and then as long as the function may run.</summary>
    /// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html, "Init phase"</remarks>
    private static readonly TimeSpan LongestInit = TimeSpan.FromSeconds(10);

    private readonly RuntimeApi api = new(time);
    private readonly InvocationLog log = new();
    private readonly object gate = new();
    private ChildProcess? child;
    private string? folder;
    private bool ended;

    /// <summary>The invocation for which it was started.</summary>
    public Invocation Invocation => first;

    public bool IsAlive => !ended && child is { Exited.IsCompleted: false };

    public bool IsFor(Invocation invocation) => invocation.Arn == first.Arn && invocation.Function.Text("RevisionId") == first.Function.Text("RevisionId");

    public async Task<InvocationResult> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        log.Start(invocation.RequestId);
        DateTimeOffset began = time.GetUtcNow();
        TimeSpan timeout = TimeSpan.FromSeconds(invocation.Function.Number("Timeout") ?? 3);
        RuntimeInvocation running = api.Offer(invocation, timeout); // Before the start, for it may fail at once.
        RuntimeAnswer answer = StartFault() is { } fault
            ? Failed(invocation, ended ? "Sandbox.Reset" : "Runtime.InvalidEntrypoint", fault)
            : await AnswerAsync(running, cancellationToken);
        (byte[] tail, IReadOnlyList<string> lines) = log.End(invocation, time.GetUtcNow() - began);
        return new(answer.Payload, answer.IsError ? "Unhandled" : null, tail) { Lines = lines, Process = first.RequestId.Replace("-", "") };
    }

    public async ValueTask DisposeAsync()
    {
        ChildProcess? last;
        lock (gate)
        {
            if (ended)
                return;
            ended = true;
            last = child;
        }

        if (last is not null)
            await last.KillAsync();
        await api.DisposeAsync();
        try
        {
            if (folder is not null)
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A leftover in the folder for temporary files harms no one.
        }
    }

    private static RuntimeAnswer Failed(Invocation invocation, string type, string reason) => new(
        IsError: true,
        RawDocument.Empty.With("errorType", type).With("errorMessage", $"RequestId: {invocation.RequestId} Error: {reason}").ToUtf8());

    private async Task<RuntimeAnswer> AnswerAsync(RuntimeInvocation running, CancellationToken cancellationToken)
    {
        TimeSpan timeout = running.Timeout;
        Task exited = child!.Exited;
        bool inTime = await Waiting.ForAnyAsync(time, LongestInit + timeout, cancellationToken, running.Taken, running.Answered, exited);
        if (inTime && !running.Answered.IsCompleted && !exited.IsCompleted)
            inTime = await Waiting.ForAnyAsync(time, timeout, cancellationToken, running.Answered, exited);
        await child.CatchUpAsync(); // Its lines come by other pipes than its answer.
        if (running.Answered.IsCompleted)
        {
            if (!running.Taken.IsCompleted)
                await DisposeAsync(); // Its initialization failed, so it takes no other invocation.
            return await running.Answered;
        }

        string? reason = null;
        if (inTime)
            reason = child.ExitCode == 0 ? "Runtime exited without providing a reason" : $"Runtime exited with error: exit status {child.ExitCode.ToString(CultureInfo.InvariantCulture)}";
        await DisposeAsync();
        return reason is not null
            ? Failed(running.Invocation, "Runtime.ExitError", reason)
            : Failed(running.Invocation, "Sandbox.Timedout", string.Format(CultureInfo.InvariantCulture, "Task timed out after {0:F2} seconds", timeout.TotalSeconds));
    }

    /// <summary>Starts the bootstrap if it does not run yet.</summary>
    /// <returns>Why it cannot be started; null if it runs.</returns>
    private string? StartFault()
    {
        if (child is not null)
            return null;

        try
        {
            folder = MakeFolder();
            FunctionCode.Unpack(Convert.FromBase64String(first.Code.Text("zip") ?? ""), folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            return e.Message; // The disk is full, or the code is out of an edited state file.
        }

        string program = Path.Combine(folder, Bootstrap);
        if (!File.Exists(program))
            return "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]";
#if !NETSTANDARD2_0
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(program) & UnixFileMode.UserExecute) == 0)
            return "fork/exec /var/task/bootstrap: permission denied";
#endif
        try
        {
            ChildProcess started = ChildProcess.StartIn(folder, [program], time, Variables(), log.Write);
            lock (gate)
            {
                child = started;
                if (!ended)
                    return null;
            }

            _ = started.KillAsync(); // A reset came while it started.
            return EngineMessages.FunctionGone().ToString();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "fork/exec /var/task/bootstrap: exec format error";
        }
    }

    private static string MakeFolder()
    {
#if NETSTANDARD2_0
        string made = Path.Combine(Path.GetTempPath(), "ebops-function-" + Path.GetRandomFileName());
        Directory.CreateDirectory(made);
        return made;
#else
        return Directory.CreateTempSubdirectory("ebops-function-").FullName;
#endif
    }

    /// <summary>The variables of the function, those of the sandbox, and those that Lambda sets.</summary>
    /// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html</remarks>
    private IEnumerable<(string Name, string? Value)> Variables()
    {
        RawDocument function = first.Function;
        string name = function.Text("FunctionName")!;
        foreach (KeyValuePair<string, string?> variable in SandboxEnvironment.OfChild(sandbox, first.Region))
            yield return (variable.Key, variable.Value);
        foreach (KeyValuePair<string, System.Text.Json.JsonElement> variable in (function.Object("Environment")?.Object("Variables") ?? RawDocument.Empty).Members)
            yield return (variable.Key, variable.Value.GetString());
        yield return ("AWS_LAMBDA_RUNTIME_API", api.Address);
        yield return ("AWS_LAMBDA_FUNCTION_NAME", name);
        yield return ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        yield return ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", function.Number("MemorySize")?.ToString(CultureInfo.InvariantCulture));
        yield return ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        yield return ("AWS_LAMBDA_LOG_GROUP_NAME", FunctionLogs.GroupOf(first.Function));
        yield return ("AWS_LAMBDA_LOG_STREAM_NAME", $"{time.GetUtcNow():yyyy/MM/dd}/[$LATEST]{first.RequestId.Replace("-", "")}");
        yield return ("LAMBDA_TASK_ROOT", folder);
        yield return ("_HANDLER", function.Text("Handler"));
        yield return ("TZ", ":UTC");
    }
}
