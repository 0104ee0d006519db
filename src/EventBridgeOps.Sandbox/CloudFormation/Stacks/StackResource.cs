using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>A resource of a stack: what the service shows of it, and with small letters what it keeps for itself.</summary>
internal static class StackResource
{
    public const string Create = "CREATE";
    public const string Update = "UPDATE";
    public const string Delete = "DELETE";

    private const string RunningMember = "running";

    /// <summary>Whether something of it exists.</summary>
    public static bool Exists(RawDocument resource) =>
        resource.Text("PhysicalResourceId") is not null && resource.Text("ResourceStatus") is not ("DELETE_COMPLETE" or "DELETE_SKIPPED");

    /// <summary>What is done with it now; null if nothing is.</summary>
    public static string? IsRunning(RawDocument resource) => resource.Text(RunningMember);

    /// <summary>The logical IDs of the resources with which something is done now.</summary>
    public static IEnumerable<string> Running(Stack stack) => stack.Resources.Where(row => IsRunning(row.Value) is not null).Select(row => row.Key);

    /// <summary>The logical IDs of what it depends on.</summary>
    public static IEnumerable<string> DependsOn(RawDocument resource) => resource.Texts("dependsOn");

    /// <summary>Sets the status, which is an event; an action that is in progress is completed at a later step.</summary>
    public static void SetStatus(Operation operation, Stack stack, string logicalId, RawDocument resource, string status, string? reason = null)
    {
        RawDocument changed = resource.Without("ResourceStatusReason", RunningMember)
            .With("ResourceStatus", status)
            .With("ResourceStatusReason", reason)
            .With("LastUpdatedTimestamp", Stack.TimeText(operation));
        const string InProgress = "_IN_PROGRESS";
        if (status.EndsWith(InProgress, StringComparison.Ordinal))
            changed = changed.With(RunningMember, status.Substring(0, status.Length - InProgress.Length));
        stack.Resources[logicalId] = changed;
        StackEvents.Add(operation, stack, logicalId, resource.Text("PhysicalResourceId"), resource.Text("ResourceType")!, status, reason, resource.Object("properties"));
    }
}
