using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>
/// What becomes of the jobs of a job definition: <c>{"jobDefinition": "name or *", "fail": attempts that fail first, "exitCode": 1,
/// "reason": "...", "stay": "RUNNABLE", "seconds": how long it runs}</c>. Without one, a job succeeds soon.
/// </summary>
internal static class JobScript
{
    private const string Any = "*";
    private static readonly string[] Members = ["jobDefinition", "fail", "exitCode", "reason", "stay", "seconds", "region"];

    /// <summary>Keeps a script, in place of one for the same job definition.</summary>
    /// <exception cref="JsonException">It is not a script.</exception>
    public static void Keep(Region state, RawDocument script)
    {
        if (script.Members.Select(member => member.Key).FirstOrDefault(name => !Members.Contains(name)) is { } unknown)
            throw new JsonException(BatchMessages.UnknownScriptMember(unknown, Members).ToString());
        if (script["stay"] is not null && script.Text("stay") != JobCourse.Runnable)
            throw new JsonException(BatchMessages.StayNotRunnable().ToString());
        foreach (string number in new[] { "fail", "exitCode", "seconds" })
        {
            if (script[number] is not null && script.Number(number) is not (>= 0 and <= int.MaxValue))
                throw new JsonException(BatchMessages.NotANumber(number).ToString());
        }

        state["jobScripts"][script.Text("jobDefinition") ?? Any] = script;
    }

    /// <summary>The script for a job: that of its job definition, else that of all.</summary>
    public static RawDocument For(Operation operation, RawDocument job) =>
        operation.State["jobScripts"].Find(Name(job)) ?? operation.State["jobScripts"].Find(Any) ?? RawDocument.Empty;

    /// <summary>How long an attempt runs: what the script says, but no longer than the timeout.</summary>
    public static TimeSpan? Duration(Operation operation, RawDocument job)
    {
        long? seconds = For(operation, job).Number("seconds");
        return seconds is null ? null : TimeSpan.FromSeconds(Math.Min(seconds.Value, TimeoutSeconds(job) ?? long.MaxValue));
    }

    public static bool TimesOut(Operation operation, RawDocument job) => For(operation, job).Number("seconds") > TimeoutSeconds(job);

    /// <summary>How long an attempt may run; null for ever.</summary>
    public static TimeSpan? Timeout(RawDocument job) => TimeoutSeconds(job) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Takes one of the failures that the script has left.</summary>
    public static bool TakeFailure(Operation operation, RawDocument job)
    {
        Table scripts = operation.State["jobScripts"];
        string key = scripts.ContainsKey(Name(job)) ? Name(job) : Any;
        if (scripts.Find(key) is not { } script || script.Number("fail") is not (> 0 and { } left))
            return false;
        scripts[key] = script.With("fail", left - 1);
        return true;
    }

    private static long? TimeoutSeconds(RawDocument job) => job.Object("timeout")?.Number("attemptDurationSeconds");

    private static string Name(RawDocument job)
    {
        string arn = job.Text("jobDefinition") ?? "";
        return arn.Substring(arn.LastIndexOf('/') + 1).Split(':')[0];
    }
}
