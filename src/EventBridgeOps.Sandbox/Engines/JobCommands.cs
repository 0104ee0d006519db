using System.Globalization;
using System.Runtime.InteropServices;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Batch;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Engines;

/// <summary>
/// Runs a command of this machine in place of the image of a job: with the job's command as its arguments, its environment, and its exit code.
/// The command finds the sandbox in its environment, as a container finds AWS.
/// </summary>
internal sealed class JobCommands(World world, Account account, IReadOnlyDictionary<string, string> commands, Func<IReadOnlyDictionary<string, string>> environment) : IContainers
{
    private const string HostGone = "Host EC2 (instance i-00000000000000000) terminated."; // As Batch says it: https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html.

    private readonly Dictionary<string, Run> running = new(StringComparer.Ordinal);
    private readonly object gate = new();

    public bool Runs(RawDocument job) => CommandFor(job) is not null;

    public void Start(Operation operation, RawDocument job)
    {
        string id = job.Text("jobId")!, region = operation.Call.Region;
        JobOutput output = new(account.Time.GetUtcNow, output => _ = Task.Run(() => Write(region, id, output)));
        Run run = new(ChildProcess.StartIn("", CommandLine(job), account.Time.Real, Variables(region, job), output.Hear), output);
        lock (gate)
            running[id] = run;
        _ = FinishAsync(region, id, run);
    }

    public void Stop(Operation operation, RawDocument job)
    {
        if (Take(job.Text("jobId")!, null) is not { } run)
            return;
        run.Output.Write(operation, job);
        _ = run.Child.KillAsync();
    }

    /// <summary>Ends the jobs that a state has as RUNNING, but whose process ended with the sandbox before.</summary>
    public void EndLost() => world.UseAll((region, state) =>
    {
        Operation operation = Operation.OfService(region, state, account);
        foreach (RawDocument job in state["jobs"].Values.Where(job => job.Text("status") == JobCourse.Running && Runs(job)).ToList())
            JobAttempt.Finish(operation, job, null, null, HostGone);
    });

    /// <summary>Ends all processes, each at once; what it returns completes when they are gone.</summary>
    public Task StopAllAsync()
    {
        List<Run> all;
        lock (gate)
        {
            all = [.. running.Values];
            running.Clear();
        }

        return Task.WhenAll(all.ConvertAll(run => run.Child.KillAsync()));
    }

    private async Task FinishAsync(string region, string id, Run run)
    {
        await run.Child.Exited;
        if (!IsRunning(id, run.Output))
            return; // It was stopped, and the job has ended.
        await run.Child.HearOutAsync();
        if (Take(id, run) is null)
            return;

        int exitCode = run.Child.ExitCode;
        world.Use(region, state =>
        {
            if (state["jobs"].Find(id) is { } job && job.Text("status") == JobCourse.Running)
            {
                Operation operation = Operation.OfService(region, state, account);
                run.Output.Write(operation, job);
                JobAttempt.Finish(operation, job, exitCode);
            }

            return state;
        });
        world.SayChanged();
        await run.Child.DisposeAsync();
    }

    /// <summary>Writes what a command said so far, unless it was stopped, or the state that it ran for was replaced.</summary>
    private void Write(string region, string id, JobOutput output)
    {
        world.Use(region, state =>
        {
            if (IsRunning(id, output) && state["jobs"].Find(id) is { } job && job.Text("status") == JobCourse.Running)
                output.Write(Operation.OfService(region, state, account), job);
            return state;
        });
        world.SayChanged();
    }

    private bool IsRunning(string id, JobOutput output)
    {
        lock (gate)
            return running.TryGetValue(id, out Run? run) && run.Output == output;
    }

    private Run? Take(string id, Run? expected)
    {
        lock (gate)
        {
            if (!running.TryGetValue(id, out Run? run) || (expected is not null && run != expected))
                return null;
            running.Remove(id);
            return run;
        }
    }

    private string? CommandFor(RawDocument job)
    {
        if (!ImageReference.TryParse(JobContainers.Only(job)?.Text("image"), out ImageReference? image))
            return null;
        return commands.TryGetValue($"{image.RepositoryName}:{image.Tag}", out string? exact) ? exact
            : commands.TryGetValue(image.RepositoryName, out string? any) ? any
            : null;
    }

    private IReadOnlyList<string> CommandLine(RawDocument job)
    {
        string command = CommandFor(job)!;
        IEnumerable<string> arguments = (JobContainers.Only(job) ?? RawDocument.Empty).Texts("command");
        return RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
            ? ["cmd.exe", "/c", command, .. arguments]
            : ["/bin/sh", "-c", command + " \"$@\"", "sh", .. arguments];
    }

    /// <summary>The variables of the job, and those that Batch sets.</summary>
    /// <remarks>https://docs.aws.amazon.com/batch/latest/userguide/job_env_vars.html</remarks>
    private IEnumerable<(string Name, string? Value)> Variables(string region, RawDocument job)
    {
        foreach (KeyValuePair<string, string?> variable in SandboxEnvironment.OfChild(environment(), region))
            yield return (variable.Key, variable.Value);
        foreach (RawDocument variable in (JobContainers.Only(job) ?? RawDocument.Empty).List("environment").Select(RawDocument.From))
            yield return (variable.Text("name") ?? "", variable.Text("value") ?? "");
        yield return ("AWS_BATCH_JOB_ID", job.Text("jobId")!);
        yield return ("AWS_BATCH_JOB_ATTEMPT", (JobContainers.Attempts(job) + 1).ToString(CultureInfo.InvariantCulture));
        yield return ("AWS_BATCH_JQ_NAME", job.Text("jobQueue")!.Split('/').Last());
        if (job.Object("arrayProperties")?.Number("index") is { } index)
            yield return ("AWS_BATCH_JOB_ARRAY_INDEX", index.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A command that runs, and what it says.</summary>
    private sealed record Run(ChildProcess Child, JobOutput Output);
}
