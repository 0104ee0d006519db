using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>A resource of a stack: what the service shows of it, and with small letters what it keeps for itself.</summary>
internal static class StackResource
{
    public const string Create = "CREATE";
    public const string Update = "UPDATE";
    public const string Delete = "DELETE";

    private const string Running = "running";

    /// <summary>Whether something of it exists.</summary>
    public static bool Exists(RawDocument resource) =>
        resource.Text("PhysicalResourceId") is not null && resource.Text("ResourceStatus") is not ("DELETE_COMPLETE" or "DELETE_SKIPPED");

    /// <summary>What is done with it now; null if nothing is.</summary>
    public static string? IsRunning(RawDocument resource) => resource.Text(Running);

    /// <summary>The logical IDs of what it depends on.</summary>
    public static IEnumerable<string> DependsOn(RawDocument resource) => resource.Texts("dependsOn");

    /// <summary>Sets the status, which is an event; an action that is in progress is completed at the next step.</summary>
    public static void SetStatus(Operation operation, Stack stack, string logicalId, RawDocument resource, string status, string? reason = null)
    {
        RawDocument changed = resource.Without("ResourceStatusReason", Running)
            .With("ResourceStatus", status)
            .With("ResourceStatusReason", reason)
            .With("LastUpdatedTimestamp", Stack.TimeText(operation));
        const string InProgress = "_IN_PROGRESS";
        if (status.EndsWith(InProgress, StringComparison.Ordinal))
            changed = changed.With(Running, status.Substring(0, status.Length - InProgress.Length));
        stack.Resources[logicalId] = changed;
        StackEvents.Add(operation, stack, logicalId, resource.Text("PhysicalResourceId"), resource.Text("ResourceType")!, status, reason, resource.Object("properties"));
    }

    /// <summary>Completes what was made or changed; what is removed is the matter of <see cref="Removals"/>.</summary>
    public static void Complete(Operation operation, Stack stack)
    {
        foreach (KeyValuePair<string, RawDocument> row in stack.Resources.ToList())
        {
            if (IsRunning(row.Value) is { } action and not Delete)
                SetStatus(operation, stack, row.Key, row.Value, action + "_COMPLETE");
        }
    }
}
