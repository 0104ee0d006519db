using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>Which jobs wait for a job: by that job, so that the end of one of many looks at no other.</summary>
internal static class JobDependencies
{
    private const string TableName = "jobsWaiting";

    /// <summary>Keeps for what a new job waits.</summary>
    public static void Keep(Operation operation, RawDocument job)
    {
        Table waiting = operation.State[TableName];
        foreach (string id in job.List("dependsOn").Select(dependency => RawDocument.From(dependency).Text("jobId")).OfType<string>().Distinct().ToList())
            waiting[id] = (waiting.Find(id) ?? RawDocument.Empty).With(job.Text("jobId")!, true);
    }

    /// <summary>The jobs that wait for one that ended; they are forgotten.</summary>
    public static IReadOnlyList<string> TakeWaiting(Operation operation, string id)
    {
        if (operation.State[TableName].Find(id) is not { } waiting)
            return [];
        operation.State[TableName].Remove(id);
        return [.. waiting.Members.Select(member => member.Key)];
    }
}
