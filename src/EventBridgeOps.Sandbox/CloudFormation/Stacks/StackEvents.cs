using System.Globalization;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>The events of a stack.</summary>
internal static class StackEvents
{
    /// <summary>The most events of a stack that are kept, for they are part of the state.</summary>
    private const int Most = 5000;

    public static void Add(Operation operation, Stack stack, string logicalId, string? physicalId, string type, string status, string? reason, RawDocument? properties)
    {
        Table events = stack.Events;
        long number = operation.State.NextNumber();
        string id = logicalId == stack.Name ? operation.Account.Random.Id() : $"{logicalId}-{status}-{operation.Account.Random.Id()}";
        events[string.Format(CultureInfo.InvariantCulture, "{0:D19}", long.MaxValue - number)] = RawDocument.Empty
            .With("StackId", stack.Id)
            .With("EventId", id)
            .With("StackName", stack.Name)
            .With("LogicalResourceId", logicalId)
            .With("PhysicalResourceId", physicalId ?? "")
            .With("ResourceType", type)
            .With("Timestamp", Stack.TimeText(operation))
            .With("ResourceStatus", status)
            .With("ResourceStatusReason", reason)
            .With("ResourceProperties", properties?.ToString())
            .With("ClientRequestToken", stack.Kept.Text("token"));
        if (events.Count > Most)
            events.Remove(events.Keys.Last());
    }
}
