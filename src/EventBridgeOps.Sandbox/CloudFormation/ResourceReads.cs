using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.CloudFormation.Stacks;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation;

/// <summary>The resources of stacks are shown.</summary>
internal static class ResourceReads
{
    private static readonly string[] Shown = ["LogicalResourceId", "PhysicalResourceId", "ResourceType", "ResourceStatus", "ResourceStatusReason"];

    private static readonly RawDocument NotChecked = RawDocument.Empty.With("StackResourceDriftStatus", "NOT_CHECKED");

    public static RawDocument DescribeOne(Operation operation)
    {
        Stack stack = Stack.At(operation);
        string logicalId = operation.Input.Text("LogicalResourceId")
            ?? throw StackErrors.Invalid("1 validation error detected: Value null at 'logicalResourceId' failed to satisfy constraint: Member must not be null");
        RawDocument row = stack.Resources.Find(logicalId) ?? throw StackErrors.Invalid($"Resource {logicalId} does not exist for stack {stack.Name}");
        return RawDocument.Empty.With("StackResourceDetail", One(stack, row)
            .With(row.Only("LastUpdatedTimestamp"))
            .With("Metadata", row.Text("metadata") ?? "{}"));
    }

    public static RawDocument Describe(Operation operation)
    {
        RawDocument input = operation.Input;
        (string? name, string? physicalId, string? logicalId) = (input.Text("StackName"), input.Text("PhysicalResourceId"), input.Text("LogicalResourceId"));
        if (name is null && physicalId is null)
            throw StackErrors.Invalid("Either StackName or PhysicalResourceId must be specified.");
        Stack stack = name is not null
            ? Stack.At(operation)
            : Stack.Every(operation).FirstOrDefault(other => !other.IsDeleted && other.Resources.Values.Any(row => row.Text("PhysicalResourceId") == physicalId && StackResource.Exists(row)))
                ?? throw StackErrors.Invalid($"Stack for {physicalId} does not exist");
        IEnumerable<RawDocument> rows = stack.Resources.Values.Where(row =>
            (logicalId is null || row.Text("LogicalResourceId") == logicalId) && (name is null || physicalId is null || row.Text("PhysicalResourceId") == physicalId));
        return RawDocument.Empty.With("StackResources", rows.Select(row => One(stack, row).With("Timestamp", row.Text("LastUpdatedTimestamp"))));
    }

    public static RawDocument List(Operation operation)
    {
        Stack stack = Stack.At(operation);
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(stack.Resources, row => row.Key, null, operation.Input.Text("NextToken"));
        return RawDocument.Empty
            .With("StackResourceSummaries", page.Items.Select(row => row.Value.Only([.. Shown, "LastUpdatedTimestamp"]).With("DriftInformation", NotChecked)))
            .With("NextToken", page.NextToken);
    }

    private static RawDocument One(Stack stack, RawDocument row) => RawDocument.Empty
        .With("StackId", stack.Id)
        .With("StackName", stack.Name)
        .With(row.Only(Shown))
        .With("DriftInformation", NotChecked);
}
