using System.Globalization;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.CloudFormation.Stacks;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation;

/// <summary>Stacks and their events are shown.</summary>
internal static class StackReads
{
    public static RawDocument Describe(Operation operation)
    {
        if (operation.Input.Text("StackName") is not null)
            return RawDocument.Empty.With("Stacks", [Stack.At(operation).Shown()]);
        Paging.Page<Stack> page = Page(operation, Stack.Every(operation).Where(stack => !stack.IsDeleted));
        return RawDocument.Empty.With("Stacks", page.Items.Select(stack => stack.Shown())).With("NextToken", page.NextToken);
    }

    public static RawDocument List(Operation operation)
    {
        string[] statuses = [.. operation.Input.Texts("StackStatusFilter")];
        Paging.Page<Stack> page = Page(operation, Stack.Every(operation).Where(stack => statuses.Length == 0 || statuses.Contains(stack.Status)));
        return RawDocument.Empty
            .With("StackSummaries", page.Items.Select(stack => stack.Document
                .Only("StackId", "StackName", "CreationTime", "LastUpdatedTime", "DeletionTime", "StackStatus", "StackStatusReason", "DriftInformation", "ParentId", "RootId")
                .With("TemplateDescription", stack.Document.Text("Description"))))
            .With("NextToken", page.NextToken);
    }

    public static RawDocument DescribeEvents(Operation operation)
    {
        string name = Stack.NameOf(operation);
        Stack stack = Stack.Find(operation, name) ?? throw StackErrors.NoStackNamed(name);
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(stack.Events, row => row.Key, null, operation.Input.Text("NextToken"));
        return RawDocument.Empty.With("StackEvents", page.Items.Select(row => row.Value)).With("NextToken", page.NextToken);
    }

    /// <summary>The limits of an account that was not given more: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html.</summary>
    public static RawDocument DescribeLimits(Operation operation) => RawDocument.Empty.With("AccountLimits", new[] { ("StackLimit", 2000), ("StackOutputsLimit", 200) }
        .Select(limit => RawDocument.Empty.With("Name", limit.Item1).With("Value", limit.Item2)));

    public static RawDocument ListExports(Operation operation)
    {
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(StackExports.All(operation), row => row.Key, null, operation.Input.Text("NextToken"));
        return RawDocument.Empty.With("Exports", page.Items.Select(row => row.Value)).With("NextToken", page.NextToken);
    }

    public static RawDocument ListImports(Operation operation)
    {
        string name = operation.Input.Text("ExportName")
            ?? throw StackErrors.Invalid("1 validation error detected: Value null at 'exportName' failed to satisfy constraint: Member must not be null");
        List<string> importers = [.. StackExports.Importers(operation, name)];
        if (importers.Count == 0)
            throw StackErrors.Invalid($"Export '{name}' is not imported by any stack.");
        Paging.Page<string> page = operation.Page(importers, importer => importer, null, operation.Input.Text("NextToken"));
        return RawDocument.Empty.With("Imports", page.Items).With("NextToken", page.NextToken);
    }

    /// <summary>A page of stacks, of which the youngest comes first.</summary>
    private static Paging.Page<Stack> Page(Operation operation, IEnumerable<Stack> stacks) => operation.Page(
        stacks.Select(stack => (Key: Key(stack), Stack: stack)).OrderBy(row => row.Key, StringComparer.Ordinal), row => row.Key, null, operation.Input.Text("NextToken")) is var page
        ? new(page.Items.Select(row => row.Stack).ToList(), page.NextToken)
        : throw new InvalidOperationException();

    private static string Key(Stack stack) => string.Format(
        CultureInfo.InvariantCulture, "{0:D19}|{1}", long.MaxValue - DateTimeOffset.Parse(stack.Document.Text("CreationTime")!, CultureInfo.InvariantCulture).UtcTicks, stack.Id);
}
