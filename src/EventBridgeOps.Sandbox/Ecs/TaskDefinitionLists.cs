using System.Globalization;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>Lists revisions and families of task definitions.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitions.html</remarks>
internal static class TaskDefinitionLists
{
    public static RawDocument Revisions(Operation operation)
    {
        RawDocument input = operation.Input;
        string status = input.Text("status") ?? TaskDefinitions.Active;
        bool isDescending = input.Text("sort") == "DESC";

        // familyPrefix is the full name of a family here.
        IEnumerable<(string Order, string Arn)> found = operation.State["ecsTaskDefinitions"]
            .Where(row => row.Value.Text("status") == status && (input.Text("familyPrefix") is not { } family || row.Value.Text("family") == family))
            .Select(row => (Order: Order(row.Value, isDescending), Arn: row.Value.Text("taskDefinitionArn")!))
            .OrderBy(row => row.Order, StringComparer.Ordinal);
        Paging.Page<(string Order, string Arn)> page = operation.Page(found, row => row.Order, input.Number("maxResults"), input.Text("nextToken"));
        return RawDocument.Empty.With("taskDefinitionArns", page.Items.Select(row => row.Arn)).With("nextToken", page.NextToken);
    }

    /// <summary>By default families with and without ACTIVE revisions: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitionFamilies.html.</summary>
    public static RawDocument Families(Operation operation)
    {
        RawDocument input = operation.Input;
        string prefix = input.Text("familyPrefix") ?? "";
        string? status = input.Text("status");
        HashSet<string> active = [.. operation.State["ecsTaskDefinitions"].Values.Where(row => row.Text("status") == TaskDefinitions.Active).Select(row => row.Text("family")!)];
        IEnumerable<string> found = operation.State["ecsTaskDefinitionRevisions"].Keys.Where(family =>
            family.StartsWith(prefix, StringComparison.Ordinal) && status switch
            {
                "ACTIVE" => active.Contains(family),
                "INACTIVE" => !active.Contains(family),
                _ => true,
            });
        Paging.Page<string> page = operation.Page(found, family => family, input.Number("maxResults"), input.Text("nextToken"));
        return RawDocument.Empty.With("families", page.Items).With("nextToken", page.NextToken);
    }

    /// <summary>A text that orders as the list is sorted; for a descending list each letter is turned around.</summary>
    private static string Order(RawDocument definition, bool isDescending)
    {
        string key = string.Format(CultureInfo.InvariantCulture, "{0}:{1:D10}", definition.Text("family"), definition.Number("revision"));
        return isDescending ? new string([.. key.Select(c => (char)('\x7f' - c))]) + '\x7f' : key;
    }
}
